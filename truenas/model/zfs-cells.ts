import { INHERIT, isRecord, type Properties, type Property, wireName } from "./property.ts";
import type { Row } from "./resource-type.ts";

/** Properties that TrueNAS keeps as ZFS user properties of its own and shows under short names. */
const KEPT_AS_USER_PROPERTY = new Set([
  "comments",
  "quota_warning",
  "quota_critical",
  "refquota_warning",
  "refquota_critical",
  "managedby",
]);

/** Values that ZFS reports for a dataset, in the words of the program. */
export interface ZfsReading {
  readonly values: Record<string, unknown>;
  /** Visible values that may be the parent's: TrueNAS reports every user property as local. */
  readonly ambiguous: Record<string, unknown>;
}

/** Reads every property of the table from a `pool.dataset.query` row; `parent` tells inherited user properties apart. */
export function readZfsProperties(properties: Properties, row: Row, parent: Row | undefined): ZfsReading {
  const reading: ZfsReading = { values: {}, ambiguous: {} };
  for (const [name, property] of Object.entries(properties)) {
    if (property.providerSide || property.writeOnly) continue;
    if (name === "userProperties") readUserProperties(reading, row, parent);
    else readCell(reading, name, property, row, parent);
  }

  return reading;
}

/** The text of one ZFS property, wherever this generation of the middleware puts it. */
export function rawValue(row: Row, wire: string): string | undefined {
  const cell = cellOf(row, wire);
  const raw = cell?.["rawvalue"] ?? cell?.["value"];

  return raw === undefined || raw === null ? undefined : String(raw);
}

/** A property of which TrueNAS does not say where it was set shows the parent's value when it has none of its own. */
function readCell(reading: ZfsReading, name: string, property: Property, row: Row, parent: Row | undefined): void {
  const wire = wireName(name, property);
  const raw = rawValue(row, wire);
  const absent = property.inheritable ? INHERIT : property.default;
  const value = raw === undefined ? absent : parse(property, raw);
  const local = isLocal(row, wire);

  if (KEPT_AS_USER_PROPERTY.has(wire)) {
    const inherited = raw === undefined || (parent !== undefined && rawValue(parent, wire) === raw);
    reading.values[name] = inherited ? absent : value;
    if (inherited && raw !== undefined) reading.ambiguous[name] = value;
  } else if (value !== undefined) {
    reading.values[name] = property.inheritable && !local ? INHERIT : value;
  }
}

function readUserProperties(reading: ZfsReading, row: Row, parent: Row | undefined): void {
  const own = customProperties(row);
  const inherited = parent ? customProperties(parent) : {};
  const set = Object.entries(own).filter(([key, value]) => inherited[key] !== value);
  reading.values["userProperties"] = Object.fromEntries(set);
  reading.ambiguous["userProperties"] = own;
}

/** The visible user properties that are nobody's but the owner's. */
export function customProperties(row: Row): Record<string, string> {
  const all = isRecord(row["user_properties"]) ? row["user_properties"] : {};
  const found: Record<string, string> = {};
  for (const [key, cell] of Object.entries(all)) {
    if (!key.includes(":") || key.startsWith("org.freenas:") || key.startsWith("org.truenas:")) continue;
    const raw = isRecord(cell) ? (cell["rawvalue"] ?? cell["value"]) : cell;
    if (raw !== undefined && raw !== null) found[key] = String(raw);
  }

  return found;
}

function cellOf(row: Row, wire: string): Readonly<Record<string, unknown>> | undefined {
  const users = row["user_properties"];
  const cell = row[wire] ?? (isRecord(users) ? users[wire] : undefined);

  return isRecord(cell) ? cell : undefined;
}

function isLocal(row: Row, wire: string): boolean {
  const source = cellOf(row, wire)?.["source"];

  return source === "LOCAL" || source === "RECEIVED";
}

function parse(property: Property, raw: string): unknown {
  if (property.kind === "integer") return raw === "none" ? 0 : Number(raw);
  if (property.kind === "enum") return raw.toUpperCase();
  if (property.compare === "size") return humanSize(Number(raw));

  return raw;
}

/** `131072` as `128K`, the way block sizes are written. */
function humanSize(bytes: number): string {
  if (bytes >= 1024 ** 2 && bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2}M`;

  return bytes >= 1024 && bytes % 1024 === 0 ? `${bytes / 1024}K` : String(bytes);
}
