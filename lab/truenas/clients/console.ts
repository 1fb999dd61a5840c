import type { Clock } from "../clock.ts";
import { type Configuration, exportConfiguration } from "../configuration/configuration.ts";
import type { CronRun } from "../cron/cron-run.ts";
import { type FileEntry, fileAt, filesBelow, removeAt, writeAt } from "../filesystem/files.ts";
import type { SmartTest } from "../methods/disk.ts";
import type { ApplianceState } from "../state/appliance-state.ts";

/** Root at the appliance's own console: sees and changes every file, whatever is shared to whom. */
export class Console {
  readonly #state: ApplianceState;
  readonly #clock: Clock;

  constructor(state: ApplianceState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  /** Writes a file at a path such as `/mnt/tank/photos/a.jpg`; `bytes` is what it takes, by default what it has. */
  write(path: string, content: string, bytes?: number): void {
    writeAt(this.#state, path, { content, at: this.#clock.time, ...(bytes === undefined ? {} : { bytes }) });
    this.#state.commit();
  }

  /** The content of a file, also of one below `.zfs/snapshot/NAME`; undefined when there is none. */
  read(path: string): string | undefined {
    return fileAt(this.#state, path)?.content;
  }

  /** Every file below a directory with its size and checksum, also in datasets mounted below it, in order of path. */
  list(directory: string): readonly FileEntry[] {
    return filesBelow(this.#state, directory);
  }

  /** The checksum of every file below a directory, by path: what `sha256sum` over the tree says. */
  checksums(directory: string): Readonly<Record<string, string>> {
    return Object.fromEntries(this.list(directory).map(({ path, sha256 }) => [path, sha256]));
  }

  /** Deletes a file; false when there was none. */
  remove(path: string): boolean {
    const removed = removeAt(this.#state, path);
    this.#state.commit();
    return removed;
  }

  /** Every run of a cron job that is remembered, oldest first. */
  cronRuns(): readonly CronRun[] {
    return this.#state.table<CronRun>("cronRuns").values();
  }

  /** The last self-test of each disk that had one. */
  smartTests(): readonly SmartTest[] {
    return this.#state.table<SmartTest>("smartTests").values();
  }

  /** The appliance's own configuration: its database and secret seed. */
  configuration(): Required<Configuration> {
    return exportConfiguration(this.#state);
  }
}
