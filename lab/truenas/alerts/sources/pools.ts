import { poolEntry } from "../../zfs/pool-entry.ts";
import { rawSpace } from "../../zfs/space.ts";
import type { Found } from "../alert-row.ts";
import type { AlertSource } from "../alert-source.ts";

const MINUTE_MS = 60_000;
const PAUSE_MS = 8 * 60 * MINUTE_MS;

const STEPS = [
  [95, "ZpoolCapacityCritical"],
  [90, "ZpoolCapacityWarning"],
  [85, "ZpoolCapacityNotice"],
] as const;

/**
 * How full pools are. One percent below a step the middleware gives up saying anything, of any pool, and takes back what
 * it said before; it means to leave things as they were, so that they do not flap.
 */
export const poolCapacity: AlertSource = {
  name: "ZpoolCapacity",
  every: () => 5 * MINUTE_MS,
  reads: ({ pools, datasets, snapshots, poolConditions }) => [pools, datasets, snapshots, poolConditions],
  look: ({ state }) => {
    const found: Found[] = [];
    for (const pool of state.pools.values()) {
      const { size, allocated } = rawSpace(state, pool);
      const capacity = Math.floor((allocated * 100) / Math.max(1, size));
      for (const [step, klass] of STEPS) {
        if (capacity === step - 1) return undefined;
        if (capacity < step) continue;
        found.push({ klass, args: { volume: pool.name, capacity }, key: [pool.name] });
        break;
      }
    }
    return found;
  },
};

function sickDisks(nodes: readonly Record<string, unknown>[]): string[] {
  return nodes.flatMap((node) => {
    const below = sickDisks(node["children"] as Record<string, unknown>[]);
    if (node["type"] !== "DISK" || node["status"] === "ONLINE") return below;
    const gone = node["unavail_disk"] as { readonly serial: string; readonly model?: string } | null;
    const name = gone === null ? node["guid"] : `${gone.model ?? "Simulated disk"} ${gone.serial}`;
    return [`Disk ${name} is ${node["status"]}`, ...below];
  });
}

/** Pools that are not healthy, with the disks to blame. */
export const poolStatus: AlertSource = {
  name: "VolumeStatus",
  reads: ({ pools, poolConditions }) => [pools, poolConditions],
  look: ({ state }) =>
    state.pools
      .values()
      .map((pool) => poolEntry(state, pool))
      .filter(({ healthy }) => healthy === false)
      .map((pool) => {
        const topology = Object.values(pool["topology"] as Record<string, Record<string, unknown>[]>);
        const sick = topology.flatMap(sickDisks);
        const devices = `<br>The following devices are not healthy:<ul><li>${sick.join("</li><li>")}</li></ul>`;
        return {
          klass: "VolumeStatus",
          args: {
            ...{ volume: pool.name, state: pool["status"], status: pool["status_detail"] },
            devices: sick.length === 0 ? "" : devices,
          },
        };
      }),
};

/** Scrubs that somebody has paused and forgotten. */
export const scrubPaused: AlertSource = {
  name: "ScrubPaused",
  reads: ({ pools, poolConditions }) => [pools, poolConditions],
  turns: ({ state, clock }) => {
    const ends = state.poolConditions
      .values()
      .flatMap(({ pausedAt }) => (pausedAt === undefined ? [] : [pausedAt + PAUSE_MS]));
    const ahead = ends.filter((end) => end > clock.time);
    return ahead.length === 0 ? undefined : Math.min(...ahead);
  },
  look: ({ state, clock }) =>
    state.poolConditions
      .entries()
      .filter(([, { pausedAt }]) => pausedAt !== undefined && pausedAt < clock.time - PAUSE_MS)
      .map(([pool]) => ({ klass: "ScrubPaused", args: pool })),
};
