import { firesAt } from "../scheduling/cron.ts";
import { lifetimeMs } from "../scheduling/lifetime.ts";
import { inOrder, type ParsedName, parsedNames } from "../scheduling/parsed-names.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { boundTasks, type ReplicationSpec, type SpecialLifetime } from "./task-row.ts";

/** What is sent of one dataset. */
export interface Selection {
  /** Name of the snapshot that both sides have. */
  readonly base: string | undefined;
  /** Names, in the order in which they are sent. */
  readonly snapshots: readonly string[];
}

/** The naming schemas by which a replication knows its snapshots. */
export function schemasOf(state: ApplianceState, spec: ReplicationSpec): readonly string[] {
  const bound = boundTasks(state, spec).map(({ naming_schema }) => naming_schema);
  return [...bound, ...spec.also_include_naming_schema, ...spec.naming_schema];
}

/** True for a snapshot taken at a time at which this replication's are taken. */
export function isWanted(spec: ReplicationSpec, { time }: ParsedName): boolean {
  if (spec.restrict_schedule !== null && !firesAt(spec.restrict_schedule, time)) return false;
  return !spec.only_matching_schedule || spec.schedule === null || firesAt(spec.schedule, time);
}

/** Names of the copies that the target no longer keeps. */
export function expiredCopies(
  spec: ReplicationSpec,
  now: number,
  source: readonly ParsedName[],
  copies: readonly ParsedName[],
): readonly string[] {
  if (spec.retention_policy === "NONE") return [];
  if (spec.retention_policy === "SOURCE") {
    const kept = namesIn(source);
    return copies.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
  }
  return copies.filter(({ time }) => time < now - copyLifetime(spec, time)).map(({ name }) => name);
}

const specials = new WeakMap<readonly SpecialLifetime[], Map<number, number | undefined>>();

/** The longest of the special lifetimes that concern a time; each time is looked at once. */
function specialLifetime(lifetimes: readonly SpecialLifetime[], time: number): number | undefined {
  const known = specials.get(lifetimes) ?? new Map<number, number | undefined>();
  specials.set(lifetimes, known);
  if (!known.has(time)) {
    const fitting = lifetimes.filter(({ schedule }) => firesAt(schedule, time)).map(lifetimeMs);
    known.set(time, fitting.length > 0 ? Math.max(...fitting) : undefined);
  }
  return known.get(time);
}

function copyLifetime({ lifetimes, lifetime_value, lifetime_unit }: ReplicationSpec, time: number): number {
  const special = lifetimes.length > 0 ? specialLifetime(lifetimes, time) : undefined;
  if (special !== undefined) return special;
  if (lifetime_value === null || lifetime_unit === null) return Number.POSITIVE_INFINITY;
  return lifetimeMs({ lifetime_value, lifetime_unit });
}

const nameSets = new WeakMap<readonly ParsedName[], ReadonlySet<string>>();

/** The names of a list that is not going to change. */
export function namesIn(list: readonly ParsedName[]): ReadonlySet<string> {
  const known = nameSets.get(list) ?? new Set(list.map(({ name }) => name));
  nameSets.set(list, known);
  return known;
}

/** The youngest snapshot that both sides have. */
export function commonBase(source: readonly ParsedName[], copies: readonly ParsedName[]): ParsedName | undefined {
  const there = new Set(copies.map(({ name }) => name));
  return source
    .filter(({ name }) => there.has(name))
    .sort(inOrder)
    .at(-1);
}

/** What is to be sent so that the copy has every snapshot that it wants; names are given the oldest first. */
export function select(
  state: ApplianceState,
  spec: ReplicationSpec,
  source: readonly string[],
  copies: readonly string[],
): Selection {
  if (spec.name_regex !== null) return selectByPattern(new RegExp(`^(?:${spec.name_regex})$`), source, copies);
  const schemas = schemasOf(state, spec);
  const ours = parsedNames(source, schemas) ?? [];
  const base = commonBase(ours, parsedNames(copies, schemas) ?? []);
  const newer = ours
    .filter((snapshot) => base === undefined || inOrder(snapshot, base) > 0)
    .filter((snapshot) => isWanted(spec, snapshot))
    .sort(inOrder);
  const youngest = ours.reduce((latest, { time }) => Math.max(latest, time), 0);
  // What the target would not keep is not sent either.
  const useless = new Set(expiredCopies(spec, youngest, newer, newer));
  return { base: base?.name, snapshots: newer.map(({ name }) => name).filter((name) => !useless.has(name)) };
}

function selectByPattern(pattern: RegExp, source: readonly string[], copies: readonly string[]): Selection {
  const at = source.findLastIndex((name) => copies.includes(name));
  const snapshots = source.slice(at + 1).filter((name) => pattern.test(name));
  return { base: source[at], snapshots };
}
