import { keyOf, nameOf, seal, unseal } from "../../cloud/restic/seal.ts";
import type { S3 } from "../../cloud/s3.ts";
import { CallError } from "../../middleware/errors.ts";
import type { SyncTask } from "./sync-rows.ts";
import { textOf } from "./task.ts";

/** A file in the cloud, by the path that it has for people. */
export interface RemoteFile {
  readonly path: string;
  readonly content: string;
  readonly bytes: number;
  readonly writtenAt: number;
}

type Crypt = Pick<SyncTask, "encryption" | "filename_encryption" | "encryption_password" | "encryption_salt">;

/** What rclone adds to names where it encrypts contents only. */
const SUFFIX = ".bin";

/** The task's folder as rclone sees it: encrypted on the way out, decrypted on the way in. */
export class RemoteFolder {
  readonly #s3: S3;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #crypt: Crypt;
  readonly #key: Buffer | undefined;

  constructor(s3: S3, attributes: unknown, crypt: Crypt) {
    const folder = textOf(attributes, "folder").replace(/^\/+|\/+$/g, "");
    this.#s3 = s3;
    this.#bucket = textOf(attributes, "bucket");
    this.#prefix = folder === "" ? "" : `${folder}/`;
    this.#crypt = crypt;
    this.#key = crypt.encryption ? keyOf(crypt.encryption_password, crypt.encryption_salt) : undefined;
  }

  /** Every file, in order of path; throws when one cannot be decrypted. */
  files(): RemoteFile[] {
    const found = this.#s3.list(this.#bucket, this.#prefix).map(({ name }) => this.#read(name));
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Writes a file. */
  write({ path, content, bytes, writtenAt }: RemoteFile): void {
    const body = this.#key === undefined ? content : seal(this.#key, JSON.stringify({ path, content }));
    this.#s3.put(this.#bucket, this.#prefix + this.#nameOf(path), body, bytes, writtenAt);
  }

  /** Deletes a file. */
  delete(path: string): void {
    this.#s3.delete(this.#bucket, this.#prefix + this.#nameOf(path));
  }

  #nameOf(path: string): string {
    if (this.#key === undefined) return path;
    return this.#crypt.filename_encryption ? nameOf(this.#key, path) : path + SUFFIX;
  }

  #read(object: string): RemoteFile {
    const { body, bytes, writtenAt = 0 } = this.#s3.stat(this.#bucket, object);
    const name = object.slice(this.#prefix.length);
    if (this.#key === undefined) return { path: name, content: body, bytes, writtenAt };
    const text = unseal(this.#key, body);
    if (text === undefined)
      throw new CallError(`ERROR : ${name}: Failed to copy: failed to authenticate decrypted block - bad password?\n`);
    const { path, content } = JSON.parse(text) as { path: string; content: string };
    return { path, content, bytes, writtenAt };
  }
}
