import { any, bool, defaulted, literal, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, list, model } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { DiskRow } from "../state/rows.ts";
import { exportedPoolOn } from "../zfs/exported-pools.ts";
import { poolUsing } from "../zfs/pool-members.ts";

/** The last self-test of a disk. */
export interface SmartTest {
  readonly serial: string;
  readonly type: string;
  /** Milliseconds since the epoch, by the appliance's clock. */
  readonly at: number;
}

function diskEntry(disk: DiskRow): Record<string, unknown> {
  return {
    identifier: `{serial}${disk.serial}`,
    name: disk.name,
    subsystem: "scsi",
    number: 2048 + 16 * (disk.name.charCodeAt(disk.name.length - 1) - 97),
    serial: disk.serial,
    lunid: null,
    size: disk.size,
    description: "",
    transfermode: "Auto",
    hddstandby: "ALWAYS ON",
    advpowermgmt: "DISABLED",
    expiretime: null,
    model: disk.model,
    rotationrate: disk.type === "HDD" ? 7200 : null,
    type: disk.type,
    zfs_guid: null,
    bus: "SCSI",
    devname: disk.name,
    enclosure: null,
    pool: null,
  };
}

function queried({ state }: Context, extra: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return state.disks.values().map((disk) => {
    const member = poolUsing(state, disk.serial);
    const withGuid = { ...diskEntry(disk), zfs_guid: member?.guid ?? null };
    return extra["pools"] === true ? { ...withGuid, pool: member?.pool ?? null } : withGuid;
  });
}

function details({ state }: Context): { readonly used: unknown[]; readonly unused: unknown[] } {
  const disks = state.disks.values().map((disk) => ({
    ...diskEntry(disk),
    imported_zpool: poolUsing(state, disk.serial)?.pool ?? null,
    exported_zpool: exportedPoolOn(state, disk.serial)?.name ?? null,
    duplicate_serial: [],
    partitions: [],
  }));
  return {
    used: disks.filter((disk) => disk.imported_zpool !== null),
    unused: disks.filter((disk) => disk.imported_zpool === null),
  };
}

const detailOptions = defaulted(
  model("DiskDetails", {
    join_partitions: defaulted(bool, false),
    type: defaulted(literal("USED", "UNUSED", "BOTH"), "BOTH"),
  }),
  { join_partitions: false, type: "BOTH" },
);

/** `disk.*`: finding disks by serial. */
export const diskMethods: Methods = {
  "disk.query": method({ filters: queryFilters, options: queryOptions }, (context, { filters, options }) =>
    filterList(queried(context, options.extra), filters, options),
  ),
  "disk.details": method({ data: detailOptions }, (context, { data }) => {
    const all = details(context);
    return data.type === "BOTH" ? all : data.type === "USED" ? all.used : all.unused;
  }),
  "disk.get_unused": method(
    { join_partitions: defaulted(bool, false), options: defaulted(dictionary(any), {}) },
    (context) => details(context).unused,
  ),
};

const SMART_TESTS = ["LONG", "SHORT", "CONVEYANCE", "OFFLINE"] as const;

/** What 25.10 keeps of SMART: a method for cron jobs, which starts tests and does not wait for them. */
export const smartTestMethods: Methods = {
  "disk.smart_test": method(
    { type: literal(...SMART_TESTS), disks: list(str()) },
    ({ state, clock }, { type, disks }) => {
      const wanted = state.disks
        .values()
        .filter(({ serial }) => disks.includes("*") || disks.includes(`{serial}${serial}`));
      for (const { serial } of wanted)
        state.table<SmartTest>("smartTests").put(serial, { serial, type, at: clock.time });
      return null;
    },
    { writes: true },
  ),
};
