import { randomUUID } from "node:crypto";
import { CloudError } from "../cloud-error.ts";
import type { S3 } from "../s3.ts";
import { ResticError } from "./restic-error.ts";
import { nameOf, seal, unseal } from "./seal.ts";

/** Where a repository lies. */
export interface Location {
  readonly bucket: string;
  /** Without a slash at either end; empty for the bucket's root. */
  readonly folder: string;
}

interface Lock {
  readonly hostname: string;
  readonly time: number;
  readonly exclusive: boolean;
}

/** The part of an object's key below the repository's folder. */
export function rootOf({ folder }: Location): string {
  return folder === "" ? "" : `${folder}/`;
}

/** The objects of a repository that was opened: sealed on the way in, unsealed on the way out. */
export class Vault {
  readonly #s3: S3;
  readonly #location: Location;
  readonly #key: Buffer;

  constructor(s3: S3, location: Location, key: Buffer) {
    this.#s3 = s3;
    this.#location = location;
    this.#key = key;
  }

  /** The key of everything in the repository, in hex. */
  get masterKey(): string {
    return this.#key.toString("hex");
  }

  /** Last parts of the names that begin with a prefix such as `snapshots/`. */
  list(prefix: string): string[] {
    const root = rootOf(this.#location);
    const found = this.#reaching(() => this.#s3.list(this.#location.bucket, root + prefix));
    return found.map(({ name }) => name.slice(name.lastIndexOf("/") + 1));
  }

  open(name: string): string {
    const text = this.#reaching(() => this.#s3.get(this.#location.bucket, rootOf(this.#location) + name));
    const opened = unseal(this.#key, text);
    if (opened === undefined) throw new ResticError("other", `ciphertext verification failed for ${name}`);
    return opened;
  }

  /** The text as it is put away. */
  seal(text: string): string {
    return seal(this.#key, text);
  }

  put(name: string, sealed: string, bytes?: number): void {
    this.#reaching(() => this.#s3.put(this.#location.bucket, rootOf(this.#location) + name, sealed, bytes));
  }

  delete(name: string): void {
    this.#reaching(() => this.#s3.delete(this.#location.bucket, rootOf(this.#location) + name));
  }

  /** The name under which a content is kept; the same content has the same name. */
  blobOf(content: string): string {
    return nameOf(this.#key, content);
  }

  /** Locks the repository, for itself alone or beside others; throws when somebody else's lock forbids it. */
  lock(wanted: Lock): string {
    const found = this.list("locks/").map((id) => JSON.parse(this.open(`locks/${id}`)) as Lock);
    const other = found.find(({ exclusive }) => exclusive || wanted.exclusive);
    if (other !== undefined)
      throw new ResticError(
        "locked",
        `unable to create lock in backend: repository is already locked by ${other.hostname}`,
      );
    const name = `locks/${randomUUID()}`;
    this.put(name, this.seal(JSON.stringify(wanted)));
    return name;
  }

  /** Removes the locks that a program of this host left behind when it was killed. */
  unlock(hostname: string): void {
    for (const id of this.list("locks/"))
      if ((JSON.parse(this.open(`locks/${id}`)) as Lock).hostname === hostname) this.delete(`locks/${id}`);
  }

  #reaching<T>(request: () => T): T {
    try {
      return request();
    } catch (error) {
      throw error instanceof CloudError ? new ResticError("other", error.message) : error;
    }
  }
}
