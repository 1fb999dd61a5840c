import type { ApplianceState } from "../state/appliance-state.ts";
import type { Table } from "../state/store.ts";

/** An alert that is up. */
export interface AlertRow {
  readonly uuid: string;
  /** What found it; empty when it was raised by what happened. */
  readonly source: string;
  readonly klass: string;
  readonly args: unknown;
  /** JSON that tells it from others of its class. */
  readonly key: string;
  readonly datetime: number;
  readonly lastOccurrence: number;
  readonly dismissed: boolean;
}

/** What looking found. */
export interface Found {
  readonly klass: string;
  readonly args: unknown;
  /** What tells it from others of its class. @default the arguments */
  readonly key?: unknown;
  /** When it happened. @default when it was found */
  readonly at?: number | undefined;
  /** A mail of its own, to whom it concerns. */
  readonly mail?: { readonly to: readonly string[]; readonly subject: string };
}

/** Every alert that is up, also dismissed ones. */
export const alertsOf = (state: ApplianceState): Table<AlertRow> => state.table("alert");

/** JSON as Python writes it with sorted keys. */
export function keyText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(keyText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}: ${keyText(member)}`).join(", ")}}`;
}
