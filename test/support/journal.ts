import { existsSync, readFileSync } from "node:fs";

/** One line of a journal. */
export interface JournalLine {
  readonly host: string;
  readonly method: string;
  readonly params: readonly unknown[];
  readonly seconds: number;
  readonly result?: unknown;
  readonly error?: string;
  readonly planned?: true;
}

const READS =
  /[.](query|get_instance|getacl|stat|listdir|config|version|details|ping|get_.*)$|^(core[.]ping|system[.])/;

/** Every call that a journal tells of, in order. */
export function readJournal(file: string): JournalLine[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JournalLine);
}

/** The methods of the calls that changed something, in order. */
export function writesIn(journal: readonly JournalLine[]): string[] {
  return journal.filter(({ planned, method }) => !planned && !READS.test(method)).map(({ method }) => method);
}
