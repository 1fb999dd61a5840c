import { z } from "zod";
import { poolName } from "./dataset-names.ts";
import { datasets, zvols } from "./datasets.ts";
import { matching } from "./names.ts";
import { scrub } from "./scrubs.ts";
import { size } from "./sizes.ts";
import { choice, flag, named, text } from "./value.ts";

const serial = text(
  matching({
    rule: "serial",
    noun: "a serial number",
    allowed: "the serial number as the appliance shows it",
    remedy: "read it with midclt call disk.query on the appliance",
    pattern: "^[A-Za-z0-9_.:-]{1,64}$",
  }),
);
const disks = z.array(serial).min(1).meta({ description: "Serial numbers of the disks." });
const ownSize = size().exactOptional().meta({ description: "Size of each disk; the pool's `diskSize` when left out." });

const vdev = <const T extends readonly string[]>(types: T) =>
  z.array(z.strictObject({ type: choice(types), disks, diskSize: ownSize }));

const topology = z.strictObject({
  data: vdev(["STRIPE", "MIRROR", "RAIDZ1", "RAIDZ2", "RAIDZ3"]).min(1).meta({ description: "Where the data lies." }),
  log: vdev(["STRIPE", "MIRROR"]).max(1).exactOptional().meta({ description: "Separate intent log." }),
  cache: vdev(["STRIPE"]).max(1).exactOptional().meta({ description: "Read cache." }),
  special: vdev(["STRIPE", "MIRROR"]).exactOptional().meta({ description: "Metadata and small blocks." }),
  dedup: vdev(["STRIPE", "MIRROR"]).exactOptional().meta({ description: "Deduplication tables." }),
  spares: z.strictObject({ disks, diskSize: ownSize }).exactOptional().meta({ description: "Hot spares." }),
});

const create = text(
  matching({
    rule: "create-format",
    noun: "a fingerprint",
    allowed: "the 12 hex digits that confirm exactly these disks",
    remedy: "copy the line from the message that names the disks",
    pattern: "^[0-9a-f]{12}$",
  }),
);

const pool = z
  .strictObject({
    diskSize: size().meta({ description: "Size of each disk as its label states it." }),
    topology,
    create: create.exactOptional().meta({
      description: "Confirms that the pool may be made of exactly these disks; adopted only when left out (ADR-0006).",
    }),
    autotrim: flag().exactOptional().meta({ description: "Whether freed blocks are trimmed." }),
    plannedUsable: size()
      .exactOptional()
      .meta({ description: "Usable space that the site's plan counts on (ADR-0002)." }),
    onDestroy: choice(["refuse", "retain"])
      .default("refuse")
      .meta({ description: "What taking its lines out of the site means; a pool is never destroyed." }),
    scrub: scrub.exactOptional().meta({ description: "Regular verification of every block." }),
    datasets,
    zvols,
  })
  .transform((spec) => ({ ...spec, topology: withDiskSizes(spec.topology, spec.diskSize) }));

type Topology = z.output<typeof topology>;

/** Repeats the pool's disk size at every vdev that has none of its own, so that readers need not look up. */
function withDiskSizes({ data, log, cache, special, dedup, spares }: Topology, diskSize: number) {
  const sized = <T extends { diskSize?: number }>(group: T) => ({ diskSize, ...group });
  const groups = Object.entries({ log, cache, special, dedup }).filter(([, group]) => group !== undefined);

  return {
    data: data.map(sized),
    ...(Object.fromEntries(groups.map(([name, group]) => [name, group?.map(sized)])) as SizedGroups),
    ...(spares ? { spares: sized(spares) } : {}),
  };
}

type Sized<T> = T extends readonly (infer V)[] ? (V & { diskSize: number })[] : never;
type SizedGroups = { [K in "log" | "cache" | "special" | "dedup"]?: Sized<NonNullable<Topology[K]>> };

/** Pools of an appliance, by name. */
export const pools = named(poolName, pool).meta({ description: "Pools, by name." });
