import { isCopy, isReplicated, sourceOf, targetOf } from "../replication/mapping.ts";
import { commonBase, expiredCopies, isWanted, namesIn, schemasOf } from "../replication/selection.ts";
import { snapshotNames } from "../replication/steps.ts";
import type { ReplicationSpec } from "../replication/task-row.ts";
import { type ParsedName, parsedNames } from "../scheduling/parsed-names.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Owner } from "./owner.ts";

/** The two sides as far as their snapshots are known; without one nothing is known of it. */
export interface Known {
  /** Where the task is kept, with the snapshot tasks that it is bound to. */
  readonly own: ApplianceState;
  readonly source: ApplianceState | undefined;
  readonly target: ApplianceState | undefined;
}

function remembered<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, work(key));
    return known.get(key) as T;
  };
}

function reading(spec: ReplicationSpec, own: ApplianceState) {
  const schemas = schemasOf(own, spec);
  const all = spec.name_regex !== null;
  return (side: ApplianceState | undefined, dataset: string): readonly ParsedName[] =>
    side === undefined ? [] : (parsedNames(snapshotNames(side, dataset), schemas, all) ?? []);
}

/** A push that holds what it has not sent yet, and what the next snapshots will be built upon. */
export function pendingPushOwner(spec: ReplicationSpec, { own, source, target }: Known): Owner {
  const read = reading(spec, own);
  const pending = remembered((dataset) => {
    const ours = read(source, dataset);
    const copies = read(target, targetOf(spec, dataset));
    const there = namesIn(copies);
    const base = commonBase(ours, copies)?.name;
    return new Set(ours.flatMap(({ name }) => (there.has(name) && name !== base ? [] : [name])));
  });
  return {
    schemas: schemasOf(own, spec),
    anyName: spec.name_regex !== null,
    deletes: false,
    ownsDataset: (dataset) => isReplicated(spec, dataset),
    ownsSnapshot: (_dataset, snapshot) => isWanted(spec, snapshot),
    keeps: (dataset, { name }) => pending(dataset).has(name),
  };
}

/** A replication's say in how long the target keeps its copies; `spared` is kept in any case. */
export function copyOwner(
  spec: ReplicationSpec,
  { own, source, target }: Known,
  now: number,
  options: { readonly within?: (dataset: string) => boolean; readonly spareBase?: boolean } = {},
): Owner {
  const read = reading(spec, own);
  const expired = remembered((dataset) => {
    const ours = read(source, sourceOf(spec, dataset));
    const copies = read(target, dataset);
    const names = new Set(expiredCopies(spec, now, ours, copies));
    const base = options.spareBase === true ? commonBase(ours, copies)?.name : undefined;
    if (base !== undefined) names.delete(base);
    return names;
  });
  return {
    schemas: schemasOf(own, spec),
    anyName: spec.name_regex !== null,
    deletes: true,
    ownsDataset: (dataset) => (options.within?.(dataset) ?? true) && isCopy(spec, dataset),
    ownsSnapshot: (_dataset, snapshot) => isWanted(spec, snapshot),
    keeps: (dataset, { name }) => !expired(dataset).has(name),
  };
}
