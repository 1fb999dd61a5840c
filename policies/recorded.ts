import { awaitedType, type Judged, waitingFor } from "./judged.ts";
import { at, entriesAt, listAt, type Props, textAt } from "./reading.ts";
import { APPLIANCE } from "./tokens.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
/** Stands in for a value that only the owner's passphrase opens. */
const HIDDEN = "[secret]";

/** The resources of a recorded state, as `pulumi stack export` and the lab write it. Throws when it is none. */
export function recorded(state: unknown): Judged[] {
  if (at(state, "deployment") === undefined) {
    throw new Error("the file holds no recorded state; write one by: pulumi stack export --file FILE");
  }
  const resources = listAt(state, "deployment", "resources").filter((resource) => at(resource, "delete") !== true);
  const byUrn = new Map(resources.map((resource) => [textAt(resource, "urn") ?? "", resource]));

  return resources.map((resource) => judgedAs(resource, byUrn));
}

function judgedAs(resource: unknown, byUrn: ReadonlyMap<string, unknown>): Judged {
  const urn = textAt(resource, "urn") ?? "";
  const type = textAt(resource, "type") ?? "";
  const marked = new Set<string>();
  const written = Object.fromEntries([...entriesAt(resource, "inputs"), ...entriesAt(resource, "outputs")]);
  const props = unwrapped(written, "", marked) as Props;

  return {
    type: awaitedType(type, props),
    name: nameIn(urn),
    urn,
    props,
    home: homeOf(resource, byUrn),
    protect: at(resource, "protect") === true,
    waits: waitingFor(type, props),
    isMarked: (path) =>
      [...marked].some(
        (secret) => path === secret || (/^[.[]/.test(path.slice(secret.length)) && path.startsWith(secret)),
      ),
  };
}

/** The value without the state's wrappers; paths of secrets are noted. */
function unwrapped(value: unknown, path: string, marked: Set<string>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (at(value, SIGNATURE) === SECRET) {
    marked.add(path);
    return HIDDEN;
  }
  if (Array.isArray(value)) return value.map((item, index) => unwrapped(item, `${path}[${index}]`, marked));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, unwrapped(inner, path ? `${path}.${key}` : key, marked)]),
  );
}

function homeOf(resource: unknown, byUrn: ReadonlyMap<string, unknown>): string {
  const provider = textAt(resource, "provider");
  if (provider) return nameIn(provider.slice(0, provider.lastIndexOf("::")));
  for (let around = parentOf(resource, byUrn); around !== undefined; around = parentOf(around, byUrn)) {
    if (textAt(around, "type") === APPLIANCE) return nameIn(textAt(around, "urn") ?? "");
  }
  return nameIn(textAt(resource, "parent") ?? "");
}

function parentOf(resource: unknown, byUrn: ReadonlyMap<string, unknown>): unknown {
  return byUrn.get(textAt(resource, "parent") ?? "");
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
