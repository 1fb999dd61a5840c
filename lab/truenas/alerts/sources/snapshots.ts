import type { AlertSource } from "../alert-source.ts";

/** As many as the middleware recommends: of one dataset that SMB shows, and of all together. */
const MOST = { ofOne: 512, ofAll: 10_000 } as const;

/** Snapshots that are too many for those who look at them. */
export const snapshotCounts: AlertSource = {
  name: "SnapshotCount",
  hour: 1,
  reads: ({ snapshots, smbShares }) => [snapshots, smbShares],
  look: ({ state }) => {
    const counts = Map.groupBy(state.snapshots.values(), ({ dataset }) => dataset);
    const total = state.snapshots.size;
    const shared = state.smbShares
      .values()
      .map(({ path }) => path.replace(/^\/mnt\//, ""))
      .map((dataset) => ({ dataset, count: counts.get(dataset)?.length ?? 0 }))
      .filter(({ count }) => count > MOST.ofOne)
      .map(({ dataset, count }) => ({
        klass: "SnapshotCount",
        args: { dataset, count, max: MOST.ofOne },
        key: dataset,
      }));
    const all = { klass: "SnapshotTotalCount", args: { count: total, max: MOST.ofAll }, key: null };
    return total > MOST.ofAll ? [...shared, all] : shared;
  },
};
