import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { containsSecrets } from "../properties/value.ts";
import { type Deployment, FORMAT_VERSION, type StoredOperation } from "./deployment.ts";
import type { ResourceState } from "./resource-state.ts";
import { passphraseFor, SecretsManager } from "./secrets.ts";
import { hasCiphertext, loadResource, storeResource } from "./stored-resource.ts";

const RESTORE = "put back a copy of it, or move it away to start from nothing";

/** A provider call under way, recorded so that an interruption can be seen. */
export interface PendingOperation {
  readonly type: StoredOperation["type"];
  readonly resource: ResourceState;
}

/** What a state file holds. */
export interface StateContent {
  readonly resources: readonly ResourceState[];
  readonly pending: readonly PendingOperation[];
}

/** One state file: a Pulumi deployment of version 3 that is replaced as a whole, never written in place. */
export class StateFile {
  readonly path: string;
  readonly #givenPassphrase: string | undefined;
  #secrets: SecretsManager | undefined;
  /** Stored text by resource object; resources are replaced, or announced by `forget`, when they change. */
  readonly #texts = new WeakMap<ResourceState, string>();
  #write: Promise<void> | undefined;
  #queued: { readonly content: () => StateContent; readonly done: Promise<void> } | undefined;

  constructor(path: string, passphrase: string | undefined) {
    this.path = path;
    this.#givenPassphrase = passphrase;
  }

  /** The stored deployment as it is on disk; an empty one when there is no file yet. Throws when it cannot be read. */
  async read(): Promise<Deployment> {
    let text: string;
    try {
      text = await readFile(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { manifest: manifest(), resources: [] };
      throw error;
    }
    const { version, deployment } = this.#parsed(text);
    if (version === 3 && deployment !== undefined) return deployment;
    throw new Error(`${this.path} is not a Pulumi deployment of version 3 (version: ${String(version)}); ${RESTORE}`);
  }

  /** The state with its secrets opened. */
  async load(): Promise<StateContent> {
    const deployment = await this.read();
    const salt = deployment.secrets_providers?.state?.salt;
    const resources = deployment.resources ?? [];
    const pending = deployment.pending_operations ?? [];
    if (salt !== undefined) this.#secrets = await SecretsManager.open(salt, await this.#passphrase());
    else if (hasCiphertext([resources, pending])) {
      throw new Error(`${this.path} holds encrypted secrets, but no passphrase salt in secrets_providers; ${RESTORE}`);
    }
    const decrypt = (ciphertext: string) => (this.#secrets as SecretsManager).decrypt(ciphertext);
    return {
      resources: resources.map((stored) => loadResource(stored, decrypt)),
      pending: pending.map(({ type, resource }) => ({ type, resource: loadResource(resource, decrypt) })),
    };
  }

  /** Says that a resource object changed in place since it was last saved. */
  forget(resource: ResourceState): void {
    this.#texts.delete(resource);
  }

  /** Writes what `content` returns at the time of writing; saves that wait at the same time share one write. */
  save(content: () => StateContent): Promise<void> {
    if (this.#queued !== undefined) return this.#queued.done;
    // A write that failed has told its own callers; the next one starts from scratch.
    const done = (this.#write ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#queued = undefined;
        this.#write = this.#replace(content()).finally(() => {
          this.#write = undefined;
        });
        return this.#write;
      });
    this.#queued = { content, done };
    return done;
  }

  async #replace({ resources, pending }: StateContent): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const all = [...resources, ...pending.map(({ resource }) => resource)];
    if (this.#secrets === undefined && all.some((resource) => this.#hasSecrets(resource))) {
      this.#secrets = await SecretsManager.create(await this.#passphrase());
    }
    const texts = resources.map((resource) => this.#text(resource));
    const operations = pending.map(({ type, resource }) => `{"resource":${this.#text(resource)},"type":"${type}"}`);
    const secrets = this.#secrets && { type: "passphrase", state: { salt: this.#secrets.salt } };
    const text = [
      `{"version":3,"deployment":{"manifest":${JSON.stringify(manifest())}`,
      secrets === undefined ? "" : `,"secrets_providers":${JSON.stringify(secrets)}`,
      `,"resources":[\n${texts.join(",\n")}\n]`,
      operations.length === 0 ? "" : `,"pending_operations":[\n${operations.join(",\n")}\n]`,
      `,"metadata":{}}}\n`,
    ].join("");
    const temporary = `${this.path}.writing`;
    const file = await open(temporary, "w", 0o600);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
  }

  #parsed(text: string): { version?: number; deployment?: Deployment } {
    try {
      return Object(JSON.parse(text));
    } catch (error) {
      throw new Error(`${this.path} is not JSON: ${(error as Error).message}; ${RESTORE}`, { cause: error });
    }
  }

  /** Only asked while no secret was seen, and for resources that have not been written in their present form. */
  #hasSecrets(resource: ResourceState): boolean {
    return !this.#texts.has(resource) && (containsSecrets(resource.inputs) || containsSecrets(resource.outputs));
  }

  #text(resource: ResourceState): string {
    const known = this.#texts.get(resource);
    if (known !== undefined) return known;
    const encrypt = (text: string) => (this.#secrets as SecretsManager).encrypt(text);
    const text = JSON.stringify(storeResource(resource, encrypt));
    this.#texts.set(resource, text);
    return text;
  }

  #passphrase(): Promise<string> {
    return passphraseFor(this.path, this.#givenPassphrase);
  }
}

function manifest(): Deployment["manifest"] {
  return {
    time: new Date().toISOString(),
    magic: createHash("sha256").update(FORMAT_VERSION).digest("hex"),
    version: FORMAT_VERSION,
  };
}
