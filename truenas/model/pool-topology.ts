import { isRecord, type Properties } from "./property.ts";
import type { Row } from "./resource-type.ts";

const disks = {
  kind: "list",
  doc: "Serial numbers of its disks.",
  items: { kind: "string", doc: "Serial number of a disk." },
  required: true,
  minItems: 1,
  unique: true,
  compare: "set",
} as const;
const diskSize = {
  kind: "integer",
  doc: "Size of each disk in bytes as the manufacturer counts; checked within 5 % before the pool is created.",
  min: 1,
  unit: "bytes",
  providerSide: true,
} as const;

const vdevs = <const T extends readonly string[]>(doc: string, typeName: string, types: T) =>
  ({
    kind: "list",
    doc,
    items: {
      kind: "object",
      doc: "One virtual device.",
      typeName,
      fields: {
        type: { kind: "enum", doc: "Redundancy of the vdev.", values: types, required: true },
        disks,
        diskSize,
      },
    },
  }) as const;

/** Classes of virtual devices that a pool may have, in the order of messages. */
export const topologyFields = {
  data: {
    ...vdevs("Vdevs that hold the data; all of one type.", "DataVdev", [
      "RAIDZ1",
      "RAIDZ2",
      "RAIDZ3",
      "MIRROR",
      "STRIPE",
    ]),
    required: true,
    minItems: 1,
  },
  log: vdevs("Separate intent log; at most one vdev.", "LogVdev", ["MIRROR", "STRIPE"]),
  cache: vdevs("Read cache; at most one vdev.", "CacheVdev", ["STRIPE"]),
  special: vdevs("Metadata and small blocks.", "SpecialVdev", ["MIRROR", "STRIPE"]),
  dedup: vdevs("Deduplication tables.", "DedupVdev", ["MIRROR", "STRIPE"]),
  spares: {
    kind: "object",
    doc: "Hot spares.",
    typeName: "Spares",
    fields: { disks, diskSize },
  },
} as const satisfies Properties;

/** One vdev by its disks; a disk that the appliance cannot see is null. */
export interface SeenVdev {
  readonly type: string;
  readonly disks: readonly (string | null)[];
  readonly diskSize?: number;
}

/** Vdevs by class; spares are one vdev of type SPARE. */
export type Seen = Readonly<Record<string, readonly SeenVdev[]>>;

/** Fewest disks that each vdev type needs. */
export const FEWEST_DISKS: Readonly<Record<string, number>> = { STRIPE: 1, MIRROR: 2, RAIDZ1: 3, RAIDZ2: 4, RAIDZ3: 5 };

/** The topology that a program states, as vdevs by class. */
export function declaredTopology(topology: unknown): Seen {
  if (!isRecord(topology)) return {};
  const seen: Record<string, readonly SeenVdev[]> = {};
  for (const name of Object.keys(topologyFields)) {
    const value = topology[name];
    const list = Array.isArray(value) ? value : isRecord(value) ? [{ ...value, type: "SPARE" }] : [];
    const found = list.filter(isRecord).map(toVdev);
    if (found.length > 0) seen[name] = joinStripes(found);
  }

  return seen;
}

/** The topology that a `pool.query` row shows, with kernel names turned into serial numbers. */
export function seenTopology(row: Row, diskRows: readonly Row[]): Seen {
  const serials = new Map(diskRows.map((disk) => [disk["name"], disk["serial"]]));
  const topology = isRecord(row["topology"]) ? row["topology"] : {};
  const seen: Record<string, readonly SeenVdev[]> = {};
  for (const name of Object.keys(topologyFields)) {
    const nodes = topology[name === "spares" ? "spare" : name];
    const found = (Array.isArray(nodes) ? nodes : []).filter(isRecord).map((node) => vdevOf(node, serials, name));
    if (found.length > 0) seen[name] = joinStripes(found);
  }

  return seen;
}

/** Every disk of a topology that has a known serial number. */
export function serialsOf(topology: Seen): readonly string[] {
  return Object.values(topology)
    .flat()
    .flatMap((vdev) => vdev.disks)
    .filter((serial) => serial !== null);
}

/** True when both have the same vdevs over the same disks; a disk that cannot be seen may be any declared one. */
export function sameTopology(declared: Seen, seen: Seen): boolean {
  return Object.keys(topologyFields).every((name) => {
    const left = [...(declared[name] ?? [])];
    const right = seen[name] ?? [];
    if (left.length !== right.length) return false;
    return right.every((vdev) => {
      const match = left.findIndex((candidate) => covers(candidate, vdev));
      if (match >= 0) left.splice(match, 1);
      return match >= 0;
    });
  });
}

/** The topology in the form a program states it; a disk that cannot be seen is called `unknown`. */
export function topologyValue(seen: Seen): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, list] of Object.entries(seen)) {
    const plain = list.map((vdev) => ({ type: vdev.type, disks: vdev.disks.map((serial) => serial ?? "unknown") }));
    value[name] = name === "spares" ? { disks: plain.flatMap((vdev) => vdev.disks) } : plain;
  }

  return value;
}

function toVdev(value: Readonly<Record<string, unknown>>): SeenVdev {
  const list = Array.isArray(value["disks"]) ? value["disks"].map(String) : [];
  const size = value["diskSize"];

  return { type: String(value["type"]), disks: list, ...(typeof size === "number" ? { diskSize: size } : {}) };
}

function vdevOf(node: Row, serials: ReadonlyMap<unknown, unknown>, name: string): SeenVdev {
  const children = Array.isArray(node["children"]) ? node["children"].filter(isRecord) : [];
  const leaves = node["type"] === "DISK" || children.length === 0 ? [node] : children;
  const type = name === "spares" ? "SPARE" : node["type"] === "DISK" ? "STRIPE" : String(node["type"]);

  return { type, disks: leaves.map((leaf) => serialOf(leaf, serials)) };
}

/** A member that is being replaced or stood in for by a spare counts as its first disk. */
function serialOf(leaf: Row, serials: ReadonlyMap<unknown, unknown>): string | null {
  const children = Array.isArray(leaf["children"]) ? leaf["children"].filter(isRecord) : [];
  const first = children[0];
  if (first) return serialOf(first, serials);
  const gone = leaf["unavail_disk"];
  const serial = serials.get(leaf["disk"]) ?? (isRecord(gone) ? gone["serial"] : undefined);

  return typeof serial === "string" ? serial : null;
}

/** ZFS shows a stripe of several disks as single disks, so stripes of one class are one vdev here. */
function joinStripes(vdevs: readonly SeenVdev[]): readonly SeenVdev[] {
  const stripes = vdevs.filter((vdev) => vdev.type === "STRIPE" || vdev.type === "SPARE");
  const first = stripes[0];
  if (!first) return vdevs;
  const joined = { ...first, disks: stripes.flatMap((vdev) => vdev.disks) };

  return [joined, ...vdevs.filter((vdev) => !stripes.includes(vdev))];
}

function covers(declared: SeenVdev, seen: SeenVdev): boolean {
  const known = seen.disks.filter((serial) => serial !== null);

  return (
    declared.type === seen.type &&
    declared.disks.length === seen.disks.length &&
    known.every((serial) => declared.disks.includes(serial))
  );
}
