import type { ApplianceState } from "../../state/appliance-state.ts";
import { isWithin } from "../../zfs/dataset-tree.ts";

interface ExtentRow {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly disk: string | null;
  readonly enabled: boolean;
}

interface MappingRow {
  readonly id: number;
  readonly target: number;
  readonly extent: number;
}

/** The volume behind a disk such as `zvol/tank/a+disk`. */
export function volumeOf(disk: string): string {
  return disk.slice("zvol/".length).replaceAll("+", " ");
}

/** The extents that offer a volume, or one below it. */
export function extentsOn(state: ApplianceState, dataset: string): ExtentRow[] {
  const extents = state.table<ExtentRow>("iscsi.extent").values();
  return extents.filter(({ type, disk }) => type === "DISK" && disk !== null && isWithin(volumeOf(disk), dataset));
}

/** Takes an extent away with its volume, and each target that offers nothing any more. */
export function removeExtent(state: ApplianceState, extent: number): void {
  const mappings = state.table<MappingRow>("iscsi.targetextent");
  const own = mappings.values().filter((mapping) => mapping.extent === extent);
  for (const { id } of own) mappings.delete(id);
  state.table("iscsi.extent").delete(extent);
  for (const { target } of own) {
    if (!mappings.values().some((mapping) => mapping.target === target)) state.table("iscsi.target").delete(target);
  }
}
