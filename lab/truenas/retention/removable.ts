import { type ParsedName, parsedNames } from "../scheduling/parsed-names.ts";
import type { Owner } from "./owner.ts";

/**
 * Names of the dataset's snapshots that may go: somebody owns and none of its owners keeps them. The youngest of a
 * naming schema stays when all of that schema would go.
 */
export function removable(owners: readonly Owner[], dataset: string, names: readonly string[]): string[] {
  const own = owners.filter((owner) => owner.ownsDataset(dataset));
  if (!own.some(({ deletes }) => deletes)) return [];
  const schemas = own.flatMap((owner) => owner.schemas);
  // A name that means two moments makes the whole dataset one that nothing is removed from.
  const snapshots =
    parsedNames(
      names,
      schemas,
      own.some(({ anyName }) => anyName),
    ) ?? [];
  const going = new Set(snapshots.filter((snapshot) => mayGo(own, dataset, snapshot)).map(({ name }) => name));
  if (going.size > 0) for (const name of lastOnes(snapshots, going)) going.delete(name);
  return [...going];
}

function mayGo(owners: readonly Owner[], dataset: string, snapshot: ParsedName): boolean {
  const { schema } = snapshot;
  let deleted = false;
  for (const owner of owners) {
    if (!owner.anyName && (schema === null || !owner.schemas.includes(schema))) continue;
    if (!owner.ownsSnapshot(dataset, snapshot)) continue;
    if (owner.keeps(dataset, snapshot)) return false;
    deleted ||= owner.deletes;
  }
  return deleted;
}

/** The youngest snapshot of each schema of which nothing would be left. */
function lastOnes(snapshots: readonly ParsedName[], going: ReadonlySet<string>): string[] {
  const left = new Set(snapshots.filter(({ name }) => !going.has(name)).map(({ schema }) => schema));
  const youngest = new Map<string, ParsedName>();
  for (const snapshot of snapshots) {
    const { schema, time } = snapshot;
    if (schema === null || left.has(schema)) continue;
    const known = youngest.get(schema);
    if (known === undefined || known.time < time) youngest.set(schema, snapshot);
  }
  return [...youngest.values()].map(({ name }) => name);
}
