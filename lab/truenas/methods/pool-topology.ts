import { ValidationErrors } from "../middleware/errors.ts";
import type { Of } from "../middleware/kinds.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DiskRow, PoolRow, TopologyClass, VdevRow } from "../state/rows.ts";
import { MINIMUM_DISKS } from "../zfs/pool-geometry.ts";
import { poolUsing } from "../zfs/pool-members.ts";
import { humanSize } from "../zfs/sizes.ts";
import type { poolCreate } from "./pool-models.ts";

/** The topology that a caller asks for, in kernel names. */
export type RequestedTopology = Of<typeof poolCreate>["topology"];

type RequestedVdev = { readonly type: VdevRow["type"]; readonly disks: readonly string[] };

function checkTypes(name: string, vdevs: readonly RequestedVdev[], errors: ValidationErrors, prefix: string): void {
  let last: string | undefined;
  for (const [index, { type, disks }] of vdevs.entries()) {
    const minimum = MINIMUM_DISKS[type];
    if (disks.length < minimum)
      errors.add(
        `${prefix}.topology.${name}.${index}.disks`,
        `You need at least ${minimum} disk(s) for this vdev type.`,
      );
    if (last !== undefined && last !== type)
      errors.add(
        `${prefix}.topology.${name}.${index}.type`,
        `You are not allowed to create a pool with different ${name} vdev types (${last} and ${type}).`,
      );
    last = type;
  }
}

const requestedDisks = (topology: RequestedTopology): string[] => [
  ...(["data", "cache", "log", "special", "dedup"] as const).flatMap((name) =>
    topology[name].flatMap((vdev) => vdev.disks),
  ),
  ...topology.spares,
];

function checkDisks(
  state: ApplianceState,
  names: readonly string[],
  duplicates: boolean,
  prefix: string,
): Map<string, DiskRow> {
  const errors = new ValidationErrors();
  const byName = new Map(state.disks.values().map((disk) => [disk.name, disk]));
  const missing = names.filter((name) => !byName.has(name));
  if (missing.length > 0)
    errors.add(`${prefix}.topology`, `The following disks were not found in system: ${missing.join(",")}.`);
  const found = names.flatMap((name) => byName.get(name) ?? []);
  const used = found.filter((disk) => poolUsing(state, disk.serial) !== undefined);
  if (used.length > 0)
    errors.add(
      `${prefix}.topology`,
      `The following disks are already in use: ${used.map((disk) => disk.name).join(",")}.`,
    );
  const unnamed = found.filter((disk) => disk.serial === "");
  if (unnamed.length > 0 && !duplicates)
    errors.add(
      `${prefix}.topology`,
      `Disks have duplicate serial numbers: None (${unnamed.map((disk) => disk.name).join(", ")}).`,
    );
  errors.check();
  return byName;
}

function checkSpares(
  topology: RequestedTopology,
  byName: Map<string, DiskRow>,
  present: readonly number[],
  prefix: string,
): void {
  const errors = new ValidationErrors();
  const size = (name: string) => byName.get(name)?.size ?? 0;
  const smallest = Math.min(...present, ...topology.data.flatMap((vdev) => vdev.disks.map(size)));
  for (const spare of topology.spares) {
    if (size(spare) < smallest)
      errors.add(
        `${prefix}.topology`,
        `Spare ${spare} (${humanSize(size(spare))}) is smaller than the smallest data disk (${humanSize(smallest)})`,
      );
  }
  errors.check();
}

/** The vdevs to build from a requested topology, or every reason why it cannot be built. */
export function plannedTopology(
  state: ApplianceState,
  topology: RequestedTopology,
  options: {
    readonly prefix: "pool_create" | "pool_update";
    readonly duplicates: boolean;
    readonly existing?: PoolRow;
  },
): Record<TopologyClass, VdevRow[]> {
  const { prefix, existing } = options;
  const errors = new ValidationErrors();
  for (const name of ["data", "special", "dedup"] as const) {
    const old =
      existing?.topology[name].map(({ type, disks }) => ({ type, disks: disks.map(({ serial }) => serial) })) ?? [];
    checkTypes(name, [...topology[name], ...old], errors, prefix);
  }
  for (const name of ["cache", "log"] as const) {
    if (topology[name].length > 1)
      errors.add(`${prefix}.topology.${name}`, `Only one row for the virtual device of type ${name} is allowed.`);
  }
  errors.check();
  const byName = checkDisks(state, requestedDisks(topology), options.duplicates, prefix);
  const present = existing?.topology.data.flatMap((vdev) =>
    vdev.disks.map(({ serial }) => state.disks.get(serial)?.size ?? 0),
  );
  checkSpares(topology, byName, present ?? [], prefix);
  const built = ({ disks, ...vdev }: RequestedVdev): VdevRow => ({
    ...vdev,
    guid: state.guid(),
    disks: disks.map((name) => ({ serial: byName.get(name)?.serial ?? name, guid: state.guid() })),
  });
  return {
    data: topology.data.map(built),
    log: topology.log.map(built),
    cache: topology.cache.map(built),
    spare: topology.spares.length === 0 ? [] : [built({ type: "STRIPE", disks: topology.spares })],
    special: topology.special.map(built),
    dedup: topology.dedup.map(built),
  };
}
