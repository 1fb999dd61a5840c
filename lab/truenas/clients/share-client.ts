import type { Clock } from "../clock.ts";
import { ConsumerError, deleteFiles, loadFile, readFiles, saveFile, writeFile } from "../filesystem/data.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { type Access, mountNfs, type NfsConsumer } from "./nfs-client.ts";
import { connectSmb, type SmbConsumer } from "./smb-client.ts";

/** Whoever uses a share, and how. */
export type Consumer = NfsConsumer | SmbConsumer;

/** As whom the appliance took the consumer. */
export interface Effective {
  readonly uid: number;
  readonly gid: number;
}

/** A consumer at a share. Every operation connects anew and throws `ConsumerError` with the errno that it would see. */
export class ShareClient {
  readonly #state: ApplianceState;
  readonly #hostnames: ReadonlyMap<string, string>;
  readonly #consumer: Consumer;
  readonly #clock: Clock;

  constructor(state: ApplianceState, hostnames: ReadonlyMap<string, string>, consumer: Consumer, clock: Clock) {
    this.#state = state;
    this.#hostnames = hostnames;
    this.#consumer = consumer;
    this.#clock = clock;
  }

  /** Writes a new file of that many bytes; returns as whom. */
  write(bytes: number): Effective {
    const access = this.#access("write");
    writeFile(this.#state, access.path, access.identity, bytes);
    this.#state.commit();
    return { uid: access.identity.uid, gid: access.identity.gids[0] ?? access.identity.uid };
  }

  /** Writes a file such as `2026/summer.jpg`, in place of the one that is there; `bytes` is what it takes, by default what it has. */
  save(file: string, content: string, bytes?: number): void {
    const access = this.#access("write");
    const to = { content, at: this.#clock.time, ...(bytes === undefined ? {} : { bytes }) };
    saveFile(this.#state, access.path, access.identity, file, to);
    this.#state.commit();
  }

  /** The content of a file. */
  load(file: string): string {
    const access = this.#access("read");
    return loadFile(this.#state, access.path, access.identity, file);
  }

  /** Deletes files of that many bytes; returns how many there were to delete. */
  remove(bytes: number): number {
    const access = this.#access("write");
    const removed = deleteFiles(this.#state, access.path, access.identity, bytes);
    this.#state.commit();
    return removed;
  }

  /** Reads every file; returns their bytes. */
  read(): number {
    const access = this.#access("read");
    return readFiles(this.#state, access.path, access.identity);
  }

  // A read-only export is a read-only mount; a read-only SMB share just denies.
  #access(purpose: "read" | "write"): Access {
    const consumer = this.#consumer;
    const access =
      consumer.protocol === "nfs"
        ? mountNfs(this.#state, this.#hostnames, consumer)
        : connectSmb(this.#state, consumer);
    if (purpose === "read" || !access.readonly) return access;
    throw new ConsumerError(consumer.protocol === "nfs" ? "EROFS" : "EACCES", `${access.path} is shared read-only`);
  }
}
