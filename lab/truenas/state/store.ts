import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

type Change = readonly [table: string, key: string, row: unknown];

/** Rows by key. A row is replaced, never changed in place, so that every change is seen and recorded. */
export class Table<Row> {
  /** Grows with every change; lets derived values know when they are stale. */
  generation = 0;
  readonly #rows = new Map<string, Row>();
  readonly #record: (key: string, row: Row | null) => void;

  constructor(record: (key: string, row: Row | null) => void) {
    this.#record = record;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(key: string | number): Row | undefined {
    return this.#rows.get(String(key));
  }

  has(key: string | number): boolean {
    return this.#rows.has(String(key));
  }

  keys(): string[] {
    return [...this.#rows.keys()];
  }

  values(): Row[] {
    return [...this.#rows.values()];
  }

  entries(): [string, Row][] {
    return [...this.#rows.entries()];
  }

  put(key: string | number, row: Row): Row {
    this.#rows.set(String(key), row);
    this.generation += 1;
    this.#record(String(key), row);
    return row;
  }

  delete(key: string | number): boolean {
    if (!this.#rows.delete(String(key))) return false;
    this.generation += 1;
    this.#record(String(key), null);
    return true;
  }
}

/** Beyond this size the log is folded into the snapshot, so that a long rehearsal does not slow the next start. */
const LOG_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * The tables of one appliance on disk: `state.json` holds a snapshot, `state.log` one line per call that changed
 * something since. A line torn by a killed process is ignored, so a call is kept whole or not at all.
 */
export class Store {
  readonly #snapshotFile: string;
  readonly #logFile: string;
  readonly #tables = new Map<string, Table<unknown>>();
  #pending: Change[] = [];
  #log: number;
  #logBytes = 0;
  #loading = true;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.#snapshotFile = join(dir, "state.json");
    this.#logFile = join(dir, "state.log");
    for (const change of this.#recorded()) this.#apply(change);
    this.#loading = false;
    this.#log = openSync(this.#logFile, "a");
    this.#fold();
  }

  /** The table of that name, created empty when the appliance has none yet. */
  table<Row>(name: string): Table<Row> {
    const known = this.#tables.get(name);
    if (known !== undefined) return known as Table<Row>;
    const table = new Table<Row>((key, row) => {
      if (!this.#loading) this.#pending.push([name, key, row]);
    });
    this.#tables.set(name, table as Table<unknown>);
    return table;
  }

  /** Makes everything since the last commit durable before it returns. */
  commit(): void {
    if (this.#pending.length === 0) return;
    const line = `${JSON.stringify(this.#pending)}\n`;
    this.#pending = [];
    writeSync(this.#log, line);
    this.#logBytes += line.length;
    if (this.#logBytes > LOG_LIMIT_BYTES) this.#fold();
  }

  /** Folds the log into the snapshot and lets go of the files. */
  close(): void {
    this.commit();
    this.#fold();
    closeSync(this.#log);
  }

  #apply([table, key, row]: Change): void {
    if (row === null) this.table(table).delete(key);
    else this.table(table).put(key, row);
  }

  *#recorded(): Generator<Change> {
    if (existsSync(this.#snapshotFile)) {
      const tables = JSON.parse(readFileSync(this.#snapshotFile, "utf8")) as Record<string, Record<string, unknown>>;
      for (const [table, rows] of Object.entries(tables))
        for (const [key, row] of Object.entries(rows)) yield [table, key, row];
    }
    if (!existsSync(this.#logFile)) return;
    for (const line of readFileSync(this.#logFile, "utf8").split("\n").slice(0, -1))
      yield* JSON.parse(line) as Change[];
  }

  // The log is emptied only after the snapshot is in place: replaying lines that it already holds changes nothing.
  #fold(): void {
    const tables = Object.fromEntries(
      [...this.#tables].map(([name, table]) => [name, Object.fromEntries(table.entries())]),
    );
    const draft = `${this.#snapshotFile}.new`;
    writeFileSync(draft, JSON.stringify(tables, null, 1));
    renameSync(draft, this.#snapshotFile);
    ftruncateSync(this.#log, 0);
    this.#logBytes = 0;
  }
}
