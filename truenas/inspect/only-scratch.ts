import { isRecord } from "../model/property.ts";
import type { Call } from "../model/resource-type.ts";
import { refusalOfWrite } from "./only-reads.ts";

/** What the last part of every scratch dataset begins with; it lies directly below its pool. */
export const SCRATCH_PREFIX = "restore-test-";

type Target = (params: readonly unknown[]) => unknown;

/** The few writes that a restore takes, each with where it writes to. */
const WRITES: Readonly<Record<string, Target>> = {
  "pool.dataset.create": ([data]) => field(data, "name"),
  "pool.dataset.delete": ([id]) => id,
  "pool.snapshot.clone": ([data]) => field(data, "dataset_dst"),
  "zfs.snapshot.clone": ([data]) => field(data, "dataset_dst"),
  "replication.run_onetime": ([data]) =>
    field(data, "direction") === "PULL" ? field(data, "target_dataset") : undefined,
  "cloud_backup.restore": ([, , , destination]) => datasetAt(destination),
};

/** Why a call must not be sent by whoever may change one scratch dataset and nothing else; undefined when it may. */
export function refusalOutside(scratch: string, call: Call): string | undefined {
  const refusal = refusalOfWrite(call);
  if (refusal === undefined) return undefined;
  const target = WRITES[call.method]?.(call.params);
  if (typeof target === "string" && isWithin(target, scratch)) return undefined;

  return `${call.method} does not write to ${scratch} only, and nothing else may be changed here; nothing was sent`;
}

/** True for the path of a scratch dataset: directly below a pool, with a name that nothing else has. */
export function isScratch(path: string): boolean {
  const [pool, name, ...deeper] = path.split("/");

  return Boolean(pool) && deeper.length === 0 && name !== undefined && /^restore-test-[a-z0-9-]+$/.test(name);
}

function field(data: unknown, name: string): unknown {
  return isRecord(data) ? data[name] : undefined;
}

function datasetAt(path: unknown): unknown {
  return typeof path === "string" && path.startsWith("/mnt/") ? path.slice("/mnt/".length) : undefined;
}

/** A path with a step upwards in it is within nothing. */
function isWithin(path: string, top: string): boolean {
  const climbs = path.split("/").some((step) => step === ".." || step === "." || step === "");

  return !climbs && (path === top || path.startsWith(`${top}/`));
}
