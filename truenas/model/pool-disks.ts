import { declaredTopology, type Seen, type SeenVdev, topologyFields } from "./pool-topology.ts";
import { isRecord } from "./property.ts";
import { Refused } from "./refused.ts";
import type { Effect, Row } from "./resource-type.ts";

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

/** What `pool.create` with this argument does to the disks that it names: they are in use from then on. */
export function disksTaken(argument: unknown): Effect | undefined {
  if (!isRecord(argument) || !isRecord(argument["topology"])) return undefined;
  const taken = new Set(
    Object.values(argument["topology"])
      .flatMap((vdevs) => (Array.isArray(vdevs) ? vdevs : []))
      .flatMap((vdev) => (isRecord(vdev) ? vdev["disks"] : vdev)),
  );
  const change = (disk: Row) =>
    taken.has(disk["name"]) ? { ...disk, used: true, imported_zpool: argument["name"] } : disk;

  return { namespace: "disk", change };
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
