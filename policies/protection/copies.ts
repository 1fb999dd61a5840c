import { isBlocks, isWithin, lineage, madeBelow, pathOf, poolOf } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { flagAt, textAt, textsAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { CLOUD_BACKUP, CLOUD_SYNC, EXTERNAL_COPY, POOL, REPLICATION_TASK } from "../tokens.ts";

/** A copy of some data that a stack declares. */
export interface Copy {
  /** Where it lies, seen from the data. */
  readonly place: "same-pool" | "other-pool" | "other-host" | "offsite";
  /** What makes it. */
  readonly carrier: Judged;
  /** Why it does not count: the host that keeps it is not there. */
  readonly absent: { readonly host: string; readonly state: string } | undefined;
}

/** The copies of a dataset or zvol, those on absent hosts included. */
export function copiesOf(data: Judged, stack: Stack): Copy[] {
  const blocks = isBlocks(data, stack);
  return carriersOver(data, stack)
    .filter(({ files }) => !(files && blocks))
    .map(({ task }) => copyBy(task, data, stack));
}

/** Copies in whose path a volume lies, but which see files only, and so pass it by. */
export function copiesBlindTo(data: Judged, stack: Stack): Copy[] {
  if (!isBlocks(data, stack)) return [];
  return carriersOver(data, stack)
    .filter(({ files }) => files)
    .map(({ task }) => copyBy(task, data, stack));
}

function carriersOver(data: Judged, stack: Stack): Carrier[] {
  const carriers = stack.once(carriersBySource);
  const path = pathOf(data);
  const made = madeBelow(data, stack) !== undefined;

  return lineage(path)
    .flatMap((above) => carriers.get(sourceKey(data.home, above)) ?? [])
    .filter((carrier) => carrier.covers(path) && (!made || carrier.recursive));
}

/** The copies that are where they can be read. */
export function copiesThere(data: Judged, stack: Stack): Copy[] {
  return copiesOf(data, stack).filter((copy) => copy.absent === undefined);
}

/** The pool on this or another appliance that receives a replication. */
export function targetPool(task: Judged, stack: Stack): Judged | undefined {
  const name = poolOf(textAt(task.props, "targetDataset") ?? "");
  const local = textAt(task.props, "transport") === "LOCAL";
  return stack.of(POOL).find((pool) => textAt(pool.props, "name") === name && (pool.home === task.home) === local);
}

const CARRIERS = [REPLICATION_TASK, CLOUD_BACKUP, CLOUD_SYNC, EXTERNAL_COPY];

interface Carrier {
  readonly task: Judged;
  /** Whether it reaches what is made below its source. */
  readonly recursive: boolean;
  /** Whether it copies files, rather than what ZFS holds. */
  readonly files: boolean;
  covers(path: string): boolean;
}

function sourceKey(home: string, path: string): string {
  return `${home} ${path}`;
}

function carriersBySource(stack: Stack): ReadonlyMap<string, readonly Carrier[]> {
  const bySource = new Map<string, Carrier[]>();
  for (const task of stack.known(CARRIERS, (carrier) => sourcesOf(carrier).length > 0)) {
    for (const [source, carrier] of sourcesOf(task)) {
      const key = sourceKey(task.home, source);
      bySource.set(key, [...(bySource.get(key) ?? []), carrier]);
    }
  }
  return bySource;
}

/** The data that a task carries away, each with how far below it reaches. */
function sourcesOf(task: Judged): [string, Carrier][] {
  const { props, type } = task;
  if (props["enabled"] === false) return [];
  if (type === REPLICATION_TASK) {
    const recursive = flagAt(props, "recursive");
    const excluded = textsAt(props, "exclude");
    const reaches = (source: string) => (path: string) =>
      path === source || (recursive && !excluded.some((left) => isWithin(path, left)));
    return textsAt(props, "sourceDatasets").map((source) => [
      source,
      { task, recursive, files: false, covers: reaches(source) },
    ]);
  }
  if (type === EXTERNAL_COPY) {
    const source = textAt(props, "dataset") ?? "";
    const recursive = flagAt(props, "recursive");
    return [[source, { task, recursive, files: true, covers: (path) => path === source || recursive }]];
  }
  if (type === CLOUD_SYNC && textAt(props, "direction") === "PULL") return [];
  const path = textAt(props, "path") ?? "";
  const device = path.startsWith("/dev/zvol/");
  const source = path.replace(/^\/(mnt|dev\/zvol)\//, "");
  return [[source, { task, recursive: true, files: !device, covers: () => true }]];
}

function copyBy(task: Judged, data: Judged, stack: Stack): Copy {
  if (task.type === EXTERNAL_COPY) return externalCopy(task, stack);
  if (task.type !== REPLICATION_TASK) return { place: "offsite", carrier: task, absent: task.waits };
  const target = targetPool(task, stack);
  const absent = task.waits ?? target?.waits;
  if (textAt(task.props, "transport") !== "LOCAL") return { place: "other-host", carrier: task, absent };
  const samePool = poolOf(textAt(task.props, "targetDataset") ?? "") === poolOf(pathOf(data));
  return { place: samePool ? "same-pool" : "other-pool", carrier: task, absent };
}

function externalCopy(task: Judged, stack: Stack): Copy {
  const host = textAt(task.props, "host");
  if (host === undefined) return { place: "offsite", carrier: task, absent: undefined };
  const state = stack.site?.hosts[host]?.state ?? "online";
  const there = state === "online" || state === "maintenance";
  const place = textAt(task.props, "sourceHost") === host ? "other-pool" : "other-host";
  return { place, carrier: task, absent: task.waits ?? (there ? undefined : { host, state }) };
}
