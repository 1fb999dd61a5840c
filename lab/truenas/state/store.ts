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
import { SealedJson } from "./sealed-json.ts";

type Change = readonly [table: string, key: string, row: unknown];

let changes = 0;

/** How many rows of any table were put or deleted so far; while it stays, nothing has changed anywhere. */
export function changesSoFar(): number {
  return changes;
}

/** Rows by key. A row is replaced, never changed in place, so that every change is seen and recorded. */
export class Table<Row> {
  /** Grows with every change; lets derived values know when they are stale. */
  generation = 0;
  readonly #rows = new Map<string, Row>();
  readonly #record: (key: string, row: Row | null) => void;
  #groups: Groups<Row> | undefined;

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

  /** Keeps the rows sorted into groups from now on; each group in the order in which its rows came. */
  groupBy(groupOf: (row: Row) => string): Groups<Row> {
    this.#groups = new Groups(groupOf, this.values());
    return this.#groups;
  }

  put(key: string | number, row: Row): Row {
    this.#groups?.change(this.#rows.get(String(key)), row);
    this.#rows.set(String(key), row);
    this.generation += 1;
    changes += 1;
    this.#record(String(key), row);
    return row;
  }

  delete(key: string | number): boolean {
    this.#groups?.change(this.#rows.get(String(key)), undefined);
    if (!this.#rows.delete(String(key))) return false;
    this.generation += 1;
    changes += 1;
    this.#record(String(key), null);
    return true;
  }
}

/** Rows sorted into groups. A group is a new list after every change of it, so that what was read of one stays true. */
export class Groups<Row> {
  readonly #groupOf: (row: Row) => string;
  readonly #lists = new Map<string, readonly Row[]>();
  readonly #none: readonly Row[] = [];

  constructor(groupOf: (row: Row) => string, rows: readonly Row[]) {
    this.#groupOf = groupOf;
    for (const row of rows) this.change(undefined, row);
  }

  of(group: string): readonly Row[] {
    return this.#lists.get(group) ?? this.#none;
  }

  /** The groups that have rows. */
  names(): string[] {
    return [...this.#lists.keys()];
  }

  /** Takes note that a row has come, gone, or taken the place of another. */
  change(old: Row | undefined, row: Row | undefined): void {
    const [from, to] = [old && this.#groupOf(old), row && this.#groupOf(row)];
    if (old !== undefined && row !== undefined && from === to && from !== undefined) {
      const inPlace = this.of(from).map((other) => (other === old ? row : other));
      this.#lists.set(from, inPlace);
      return;
    }
    if (from !== undefined)
      this.#keep(
        from,
        this.of(from).filter((other) => other !== old),
      );
    if (row !== undefined && to !== undefined) this.#lists.set(to, [...this.of(to), row]);
  }

  #keep(group: string, rows: readonly Row[]): void {
    if (rows.length > 0) this.#lists.set(group, rows);
    else this.#lists.delete(group);
  }
}

/** Beyond this size the log is folded into the snapshot, so that a long rehearsal does not slow the next start. */
const LOG_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * The tables of one appliance on disk: `state.json` holds a snapshot, `state.log` one line per call that changed
 * something since. A line torn by a killed process is ignored, so a call is kept whole or not at all. Secrets are encrypted in both.
 */
export class Store {
  readonly #snapshotFile: string;
  readonly #json: SealedJson;
  readonly #logFile: string;
  readonly #tables = new Map<string, Table<unknown>>();
  readonly #pending = new Map<string, Change>();
  #log: number;
  #logBytes = 0;
  #loading = true;
  #deferred = false;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.#snapshotFile = join(dir, "state.json");
    this.#logFile = join(dir, "state.log");
    this.#json = new SealedJson(dir);
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
      if (!this.#loading) this.#note([name, key, row]);
    });
    this.#tables.set(name, table as Table<unknown>);
    return table;
  }

  /** Every table that was asked for or found on disk, by name. */
  all(): readonly (readonly [name: string, table: Table<unknown>])[] {
    return [...this.#tables.entries()];
  }

  /** Lets commits wait until `settle`: what happens meanwhile is kept as a whole or not at all. */
  defer(): void {
    this.#deferred = true;
  }

  /** Makes what was deferred durable. */
  settle(): void {
    this.#deferred = false;
    this.commit();
  }

  /** Makes everything since the last commit durable before it returns. */
  commit(): void {
    if (this.#deferred || this.#pending.size === 0) return;
    const line = `${this.#json.stringify([...this.#pending.values()])}\n`;
    this.#pending.clear();
    writeSync(this.#log, line);
    this.#logBytes += line.length;
    if (this.#logBytes > LOG_LIMIT_BYTES) this.#fold();
  }

  /** Folds the log into the snapshot and lets go of the files. */
  close(): void {
    this.settle();
    this.#fold();
    closeSync(this.#log);
  }

  // Of many changes of a row the last one counts; but a row that comes back after it was gone comes last.
  #note(change: Change): void {
    const [table, key] = change;
    const place = `${table} ${key}`;
    const before = this.#pending.get(place);
    if (before !== undefined && before[2] === null) {
      this.#pending.delete(place);
      this.#pending.set(`${place} gone`, before);
    }
    this.#pending.set(place, change);
  }

  #apply([table, key, row]: Change): void {
    if (row === null) this.table(table).delete(key);
    else this.table(table).put(key, row);
  }

  *#recorded(): Generator<Change> {
    if (existsSync(this.#snapshotFile)) {
      const tables = this.#json.parse(readFileSync(this.#snapshotFile, "utf8")) as Record<
        string,
        Record<string, unknown>
      >;
      for (const [table, rows] of Object.entries(tables))
        for (const [key, row] of Object.entries(rows)) yield [table, key, row];
    }
    if (!existsSync(this.#logFile)) return;
    for (const line of readFileSync(this.#logFile, "utf8").split("\n").slice(0, -1))
      yield* this.#json.parse(line) as Change[];
  }

  // The log is emptied only after the snapshot is in place: replaying lines that it already holds changes nothing.
  #fold(): void {
    const tables = Object.fromEntries(
      [...this.#tables].map(([name, table]) => [name, Object.fromEntries(table.entries())]),
    );
    const draft = `${this.#snapshotFile}.new`;
    writeFileSync(draft, this.#json.stringify(tables, 1));
    renameSync(draft, this.#snapshotFile);
    ftruncateSync(this.#log, 0);
    this.#logBytes = 0;
  }
}
