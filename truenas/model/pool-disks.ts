import { declaredTopology, type Seen, type SeenVdev, topologyFields } from "./pool-topology.ts";
import { Refused } from "./refused.ts";
import type { Row } from "./resource-type.ts";

const TOLERANCE = 0.05;

/**
 * The `topology` argument of `pool.create`: serial numbers become the kernel names of this moment. Every disk must
 * exist, be unused and have the stated size, or all problems are refused at once. Without disk rows (a preview) the
 * kernel name is shown as the serial number in angle brackets.
 */
export function poolTopologyPayload(topology: unknown, diskRows: readonly Row[] | undefined): Record<string, unknown> {
  const declared = declaredTopology(topology);
  if (diskRows) refuseUnfit(declared, diskRows);
  const names = new Map((diskRows ?? []).map((disk) => [disk["serial"], String(disk["name"])]));
  const payload: Record<string, unknown> = {};
  for (const name of Object.keys(topologyFields)) {
    const vdevs = (declared[name] ?? []).map((vdev) => ({
      type: vdev.type,
      disks: vdev.disks.map((serial) => names.get(serial) ?? `<${serial}>`),
    }));
    if (vdevs.length > 0) payload[name] = name === "spares" ? vdevs.flatMap((vdev) => vdev.disks) : vdevs;
  }

  return payload;
}

function refuseUnfit(declared: Seen, diskRows: readonly Row[]): void {
  const problems = Object.values(declared)
    .flat()
    .flatMap((vdev) => vdev.disks.flatMap((serial) => diskProblems(String(serial), vdev, diskRows)));
  if (problems.length > 0) {
    throw new Refused(
      `the pool's disks are not as stated: ${problems.join("; ")}. Correct the topology or the disks; nothing was changed`,
    );
  }
}

function diskProblems(serial: string, vdev: SeenVdev, diskRows: readonly Row[]): readonly string[] {
  const found = diskRows.filter((disk) => disk["serial"] === serial);
  const disk = found[0];
  if (!disk) return [`no disk has serial ${serial}`];
  if (found.length > 1) return [`${found.length} disks have serial ${serial}`];

  return [...useProblems(serial, disk), ...sizeProblems(serial, vdev, disk)];
}

function useProblems(serial: string, disk: Row): readonly string[] {
  const owner = disk["imported_zpool"] ?? disk["pool"];
  if (owner) return [`disk ${serial} (${disk["name"]}) is in use by pool ${owner}`];
  if (disk["exported_zpool"])
    return [`disk ${serial} (${disk["name"]}) holds the exported pool ${disk["exported_zpool"]}`];

  return disk["used"] === true ? [`disk ${serial} (${disk["name"]}) is in use`] : [];
}

function sizeProblems(serial: string, vdev: SeenVdev, disk: Row): readonly string[] {
  const size = disk["size"];
  const stated = vdev.diskSize;
  if (stated === undefined || typeof size !== "number") return [];
  if (size >= stated * (1 - TOLERANCE) && size <= stated * (1 + TOLERANCE)) return [];

  return [`disk ${serial} (${disk["name"]}) has ${size} bytes where ${stated} are stated`];
}
