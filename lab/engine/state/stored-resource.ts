import { MARK, RESOURCE_MARK, SECRET_MARK } from "../properties/marks.ts";
import {
  isMap,
  OutputValue,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
} from "../properties/value.ts";
import type { StoredResource } from "./deployment.ts";
import { blankState, type ResourceState } from "./resource-state.ts";

/** Ciphertexts by the secret they belong to: an unchanged secret keeps its text from save to save. */
const ciphertexts = new WeakMap<Secret, string>();

/** One resource in the form of the state file; `encrypt` is called once for every new secret. */
export function storeResource(state: ResourceState, encrypt: (text: string) => string): StoredResource {
  const lists = (list: readonly string[]) => (list.length > 0 ? [...list] : undefined);
  const map = (properties: PropertyMap) => storeMap(properties, encrypt);
  const timeouts = Object.keys(state.customTimeouts).length > 0 ? { ...state.customTimeouts } : undefined;
  return withoutEmpty({
    ...state.carried,
    urn: state.urn,
    custom: state.custom,
    delete: state.delete || undefined,
    id: state.id || undefined,
    type: state.type,
    inputs: map(state.inputs),
    outputs: map(state.outputs),
    parent: state.parent || undefined,
    protect: state.protect || undefined,
    external: state.external || undefined,
    dependencies: lists(state.dependencies),
    initErrors: lists(state.initErrors),
    provider: state.provider || undefined,
    propertyDependencies: Object.keys(state.propertyDependencies).length > 0 ? state.propertyDependencies : undefined,
    pendingReplacement: state.pendingReplacement || undefined,
    additionalSecretOutputs: lists(state.additionalSecretOutputs),
    aliases: lists(state.aliases),
    customTimeouts: timeouts,
    importID: state.importId || undefined,
    retainOnDelete: state.retainOnDelete || undefined,
    deletedWith: state.deletedWith || undefined,
    created: state.created,
    modified: state.modified,
    ignoreChanges: lists(state.ignoreChanges),
    replaceOnChanges: lists(state.replaceOnChanges),
  });
}

function withoutEmpty(stored: { [K in keyof StoredResource]: StoredResource[K] | undefined }): StoredResource {
  const entries = Object.entries(stored).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as StoredResource;
}

function storeMap(map: PropertyMap, encrypt: (text: string) => string): Record<string, unknown> | undefined {
  const entries = Object.entries(map).filter(([, value]) => !(value instanceof Unknown));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([key, value]) => [key, storeValue(value, encrypt)]));
}

function storeValue(value: PropertyValue, encrypt: (text: string) => string): unknown {
  if (value instanceof Secret) {
    const ciphertext = ciphertexts.get(value) ?? encrypt(JSON.stringify(storeValue(value.value, encrypt)));
    ciphertexts.set(value, ciphertext);
    return { [MARK]: SECRET_MARK, ciphertext };
  }
  if (value instanceof ResourceReference) {
    const id = value.id === undefined || value.id instanceof Unknown ? {} : { id: storeValue(value.id, encrypt) };
    return { [MARK]: RESOURCE_MARK, urn: value.urn, ...id, packageVersion: value.packageVersion };
  }
  if (value instanceof OutputValue || value instanceof Unknown) return null;
  if (Array.isArray(value)) return value.map((item) => storeValue(item, encrypt));
  return isMap(value) ? (storeMap(value, encrypt) ?? {}) : value;
}

const KNOWN: ReadonlySet<string> = new Set([
  ...["urn", "custom", "delete", "id", "type", "inputs", "outputs", "parent", "protect", "external", "dependencies"],
  ...["initErrors", "provider", "propertyDependencies", "pendingReplacement", "additionalSecretOutputs", "aliases"],
  ...["customTimeouts", "importID", "retainOnDelete", "deletedWith", "created", "modified", "ignoreChanges"],
  "replaceOnChanges",
]);

/** One resource of a state file, its secrets opened by `decrypt`. */
export function loadResource(stored: StoredResource, decrypt: (ciphertext: string) => string): ResourceState {
  const carried = Object.entries(stored).filter(([key]) => !KNOWN.has(key));
  return {
    ...blankState(stored),
    id: stored.id ?? "",
    inputs: loadMap(stored.inputs ?? {}, decrypt),
    outputs: loadMap(stored.outputs ?? {}, decrypt),
    parent: stored.parent ?? "",
    protect: stored.protect ?? false,
    retainOnDelete: stored.retainOnDelete ?? false,
    external: stored.external ?? false,
    dependencies: stored.dependencies ?? [],
    propertyDependencies: stored.propertyDependencies ?? {},
    provider: stored.provider ?? "",
    additionalSecretOutputs: stored.additionalSecretOutputs ?? [],
    aliases: stored.aliases ?? [],
    customTimeouts: stored.customTimeouts ?? {},
    importId: stored.importID ?? "",
    deletedWith: stored.deletedWith ?? "",
    ignoreChanges: stored.ignoreChanges ?? [],
    replaceOnChanges: stored.replaceOnChanges ?? [],
    initErrors: stored.initErrors ?? [],
    delete: stored.delete ?? false,
    pendingReplacement: stored.pendingReplacement ?? false,
    ...(stored.created === undefined ? {} : { created: stored.created }),
    ...(stored.modified === undefined ? {} : { modified: stored.modified }),
    ...(carried.length === 0 ? {} : { carried: Object.fromEntries(carried) }),
  };
}

function loadMap(map: object, decrypt: (ciphertext: string) => string): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, loadValue(value, decrypt)]));
}

function loadValue(value: unknown, decrypt: (ciphertext: string) => string): PropertyValue {
  if (Array.isArray(value)) return value.map((item) => loadValue(item, decrypt));
  if (typeof value !== "object" || value === null) return value as PropertyValue;
  const map = value as Record<string, unknown>;
  if (map[MARK] === SECRET_MARK) return loadSecret(map, decrypt);
  if (map[MARK] === RESOURCE_MARK) {
    const id = map["id"] === undefined ? undefined : loadValue(map["id"], decrypt);
    return new ResourceReference(String(map["urn"]), id, String(map["packageVersion"] ?? ""));
  }
  return loadMap(map, decrypt);
}

function loadSecret(map: Record<string, unknown>, decrypt: (ciphertext: string) => string): Secret {
  const { plaintext, ciphertext } = map;
  if (typeof plaintext === "string") return new Secret(loadValue(JSON.parse(plaintext), decrypt));
  const text = String(ciphertext);
  const secret = new Secret(loadValue(JSON.parse(decrypt(text)), decrypt));
  ciphertexts.set(secret, text);
  return secret;
}

/** True when any value in a stored resource is an encrypted secret. */
export function hasCiphertext(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if ((value as Record<string, unknown>)[MARK] === SECRET_MARK) return "ciphertext" in value;
  return Object.values(value).some(hasCiphertext);
}
