import { createHash, randomUUID } from "node:crypto";
import { CloudError } from "../cloud-error.ts";
import type { S3 } from "../s3.ts";
import { Known } from "./known.ts";
import { ResticError } from "./restic-error.ts";
import { keyOf, randomKey, seal, unseal } from "./seal.ts";
import type { BackedUpFile, ResticSnapshot } from "./snapshot.ts";
import { type Location, rootOf, Vault } from "./vault.ts";

/** A file that is to be backed up. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
  readonly writtenAt: number;
  readonly content: string;
}

/** What a backup did. */
export interface BackupSummary {
  readonly files_new: number;
  readonly files_unmodified: number;
  readonly data_added: number;
  readonly total_files_processed: number;
  readonly snapshot_id: string;
}

/** Lets others have a turn between two requests; never returns when the program was killed meanwhile. */
export type Breath = () => Promise<void>;

/** A restic repository that was opened with its password. Everything in it is unreadable without. */
export class Repository {
  readonly #vault: Vault;

  private constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** Opens a repository; throws `ResticError` as restic ends when there is none or the password is another. */
  static open(s3: S3, location: Location, password: string): Repository {
    const root = rootOf(location);
    try {
      if (!s3.has(location.bucket, `${root}config`)) throw missing(s3, location, "The specified key does not exist.");
      for (const { name } of s3.list(location.bucket, `${root}keys/`)) {
        const { salt, data } = JSON.parse(s3.get(location.bucket, name)) as { salt: string; data: string };
        const master = unseal(keyOf(password, salt), data);
        if (master !== undefined) return new Repository(new Vault(s3, location, Buffer.from(master, "hex")));
      }
    } catch (error) {
      throw error instanceof CloudError ? missing(s3, location, error.message) : error;
    }
    throw new ResticError("wrong-password", "wrong password or no key found");
  }

  /** Makes a repository where there is none. */
  static init(s3: S3, location: Location, password: string): Repository {
    const root = rootOf(location);
    try {
      if (s3.has(location.bucket, `${root}config`))
        throw new ResticError(
          "other",
          `create repository at ${urlOf(s3, location)} failed: config file already exists`,
        );
      const master = randomKey();
      const { name, body } = keyObject(password, master.toString("hex"));
      s3.put(location.bucket, root + name, body);
      s3.put(location.bucket, `${root}config`, seal(master, JSON.stringify({ version: 2, id: randomUUID() })));
      return new Repository(new Vault(s3, location, master));
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      throw new ResticError("other", `create repository at ${urlOf(s3, location)} failed: ${error.message}`);
    }
  }

  /** Lets a further password open the repository, as `restic key add` does. */
  addPassword(password: string): void {
    const { name, body } = keyObject(password, this.#vault.masterKey);
    this.#vault.put(name, body);
  }

  /** The snapshots, oldest first. */
  snapshots(): ResticSnapshot[] {
    const found = this.#vault
      .list("snapshots/")
      .map((id) =>
        knownSnapshots.of(id, () => ({ ...JSON.parse(this.#vault.open(`snapshots/${id}`)), id }) as ResticSnapshot),
      );
    return found.sort((a, b) => a.time - b.time);
  }

  /** The snapshot whose id begins so, or the newest for `latest`. */
  snapshot(id: string): ResticSnapshot {
    const all = this.snapshots();
    const found = id === "latest" ? all.slice(-1) : all.filter((snapshot) => snapshot.id.startsWith(id));
    if (found.length === 1 && found[0] !== undefined) return found[0];
    const reason = found.length === 0 ? "no matching ID found for prefix" : "multiple IDs with prefix";
    throw new ResticError("no-snapshot", `failed to find snapshot: ${reason} "${id}"`);
  }

  /** The files of a snapshot. */
  files({ tree }: ResticSnapshot): BackedUpFile[] {
    return JSON.parse(this.#vault.open(`data/${tree.slice(0, 2)}/${tree}`)) as BackedUpFile[];
  }

  /** The content of a file of a snapshot. */
  content({ blob }: BackedUpFile): string {
    return this.#vault.open(`data/${blob.slice(0, 2)}/${blob}`);
  }

  /** Uploads what is not there yet, then the snapshot; an interrupted one leaves a lock and data without a snapshot. */
  async backup(
    snapshot: Omit<ResticSnapshot, "id" | "tree">,
    sources: readonly SourceFile[],
    breath: Breath,
  ): Promise<BackupSummary> {
    const lock = this.#vault.lock({ hostname: snapshot.hostname, time: snapshot.time, exclusive: false });
    const present = new Set(this.#vault.list("data/"));
    let added = 0;
    let fresh = 0;
    const files: BackedUpFile[] = [];
    const keep = (content: string, blob: string, bytes?: number) => {
      const fresh = !present.has(blob);
      present.add(blob);
      if (fresh) this.#vault.put(`data/${blob.slice(0, 2)}/${blob}`, this.#vault.seal(content), bytes);
      return fresh;
    };
    for (const { path, bytes, writtenAt, content } of sources) {
      const blob = this.#vault.blobOf(content);
      if (!present.has(blob)) await breath();
      files.push({ path, bytes, writtenAt, blob });
      if (!keep(content, blob, bytes)) continue;
      added += bytes;
      fresh += 1;
    }
    await breath();
    const listing = JSON.stringify(files);
    const tree = this.#vault.blobOf(listing);
    keep(listing, tree);
    // No two runs end in the same instant, even where the clock stands still.
    const last = this.snapshots().at(-1)?.time ?? 0;
    const time = Math.max(snapshot.time, last + 1);
    const text = this.#vault.seal(JSON.stringify({ ...snapshot, time, tree }));
    const id = createHash("sha256").update(text).digest("hex");
    this.#vault.put(`snapshots/${id}`, text);
    this.#vault.delete(lock);
    return {
      files_new: fresh,
      files_unmodified: files.length - fresh,
      data_added: added,
      total_files_processed: files.length,
      snapshot_id: id,
    };
  }

  /** Forgets all but the newest snapshots of the whole repository, whoever made them, and the data that only they had. */
  forget(keepLast: number, hostname: string, time: number): void {
    const all = this.snapshots();
    this.remove(all.slice(0, Math.max(0, all.length - keepLast)), hostname, time);
  }

  /** Deletes snapshots and the data that only they had. */
  remove(snapshots: readonly ResticSnapshot[], hostname: string, time: number): void {
    const lock = this.#vault.lock({ hostname, time, exclusive: true });
    for (const { id } of snapshots) this.#vault.delete(`snapshots/${id}`);
    if (snapshots.length > 0) this.#prune();
    this.#vault.delete(lock);
  }

  /** Removes locks that a program of this host left behind when it was killed. */
  unlock(hostname: string): void {
    this.#vault.unlock(hostname);
  }

  #prune(): void {
    const used = new Set<string>();
    for (const snapshot of this.snapshots()) {
      used.add(snapshot.tree);
      for (const blob of knownTrees.of(snapshot.tree, () => this.files(snapshot).map(({ blob }) => blob)))
        used.add(blob);
    }
    for (const blob of this.#vault.list("data/"))
      if (!used.has(blob)) this.#vault.delete(`data/${blob.slice(0, 2)}/${blob}`);
  }
}

const knownSnapshots = new Known<ResticSnapshot>();
/** The blobs that trees list. */
const knownTrees = new Known<readonly string[]>();

function keyObject(password: string, master: string): { readonly name: string; readonly body: string } {
  const salt = randomUUID();
  const body = JSON.stringify({ salt, data: seal(keyOf(password, salt), master) });
  return { name: `keys/${createHash("sha256").update(body).digest("hex")}`, body };
}

function urlOf(s3: S3, { bucket, folder }: Location): string {
  return `s3:${s3.endpoint}/${bucket}/${folder}`;
}

function missing(s3: S3, location: Location, reason: string): ResticError {
  return new ResticError(
    "no-repository",
    `repository does not exist: unable to open config file: Stat: ${reason}\nIs there a repository at the following location?\n${urlOf(s3, location)}`,
  );
}
