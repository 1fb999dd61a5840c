import type { Namespace } from "./namespaces.ts";
import { Refused } from "./refused.ts";
import type { Row } from "./resource-type.ts";

type Rows = (namespace: Namespace) => readonly Row[] | undefined;

/** What programs call an object by its name and the middleware by the number of its row. */
export interface Reference {
  readonly namespace: Namespace;
  /** Field of the row that has the name. */
  readonly field: string;
  /** Field of the row that has the number. @default "id" */
  readonly number?: string;
  /** In messages, e.g. `group`. */
  readonly noun: string;
}

/** The number of the row of that name; a placeholder while previewing. Throws when there is none, or several. */
export function rowIdOf({ namespace, field, number = "id", noun }: Reference, name: unknown, rows: Rows): unknown {
  const known = rows(namespace);
  if (!known) return `<row of ${noun} ${name}>`;
  const found = known.filter((row) => row[field] === name);
  const [row, second] = found;
  if (row && !second) return row[number];
  if (second)
    throw new Refused(
      `${found.length} objects of ${namespace} are called "${name}"; remove all but one in TrueNAS, and run again`,
    );
  const names = known.map((other) => String(other[field])).join(", ") || "none";
  throw new Refused(
    `${noun} "${name}" is not on this appliance (it has: ${names}); create it first, or use one of these`,
  );
}

/** The name of the row with that number; the number itself where there is no such row. */
export function nameOf({ namespace, field, number = "id", noun }: Reference, rowId: unknown, rows: Rows): string {
  const row = rows(namespace)?.find((candidate) => candidate[number] === rowId);

  return row ? String(row[field]) : `${noun} of row ${rowId}`;
}
