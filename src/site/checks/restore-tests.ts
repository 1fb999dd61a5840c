import { restorableCopies } from "../restored-copies.ts";
import type { RestoreTestSpec, Site } from "../site.ts";
import { covers, tasksOf } from "../snapshot-tasks.ts";
import type { Written } from "../written.ts";
import type { Check } from "./check.ts";

const NOUN = { replication: "replication with method zfs", offsite: "copy offsite with method restic" } as const;

/** What is to be restored has a copy of the tier that it is restored from, and it is clear which. */
export const restoreTestHasCopy: Check = {
  rule: "restore-test-has-copy",
  find: ({ site, intact, written }) =>
    testsOf(site).flatMap(({ spec, path }) => {
      if (!isDeclared(spec, written, "datasets") || !intact(holderOf(spec)) || !intact(path)) return [];
      if (spec.tier === "snapshot") return withoutSnapshots(site, spec) ? [noSnapshots(spec, path)] : [];
      if (!intact([spec.tier === "replication" ? "replications" : "offsites"])) return [];

      const known = restorableCopies(site, spec).map(({ name }) => name);
      if (spec.copy === undefined ? known.length === 1 : known.includes(spec.copy)) return [];
      const noun = NOUN[spec.tier];
      const allowed = known.length > 0 ? known.join(", ") : `data that a ${noun} carries`;
      if (spec.copy !== undefined) {
        const says = `no ${noun} called "${spec.copy}" carries ${spec.source.dataset}`;
        return [{ path: [...path, "copy"], says, allowed, remedy: "name one that carries it" }];
      }
      if (known.length > 1) {
        const says = `${known.length} copies carry ${spec.source.dataset}`;
        return [{ path: [...path, "copy"], says, allowed, remedy: "say in copy which one is restored" }];
      }
      const says = `no ${noun} carries ${spec.source.dataset}`;
      return [{ path: [...path, "tier"], says, allowed, remedy: "declare the copy, or test another tier" }];
    }),
};

/** Only a replica can be restored beside the copy; what else is restored lies on the appliance that the data comes from. */
export const restoreTestFitsTier: Check = {
  rule: "restore-test-fits-tier",
  find: ({ site }) =>
    testsOf(site).flatMap(({ spec: { tier, into, copy }, path }) => [
      ...(into === "copy" && tier !== "replication"
        ? [{ path: [...path, "into"], says: `a restore from tier ${tier} goes to the source`, ...ONLY_REPLICAS }]
        : []),
      ...(copy !== undefined && tier === "snapshot"
        ? [{ path: [...path, "copy"], says: "a restore from tier snapshot comes from no copy", ...NO_COPY }]
        : []),
    ]),
};

const ONLY_REPLICAS = { allowed: "source, or tier replication", remedy: "take the line out, or test the replica" };
const NO_COPY = { allowed: "no copy, or another tier", remedy: "take the line out, or test the copy" };

/** Files are compared, so what is restored holds files. */
export const restoreTestHasFiles: Check = {
  rule: "restore-test-has-files",
  find: ({ site, written }) =>
    testsOf(site).flatMap(({ spec, path }) => {
      const [pool = "", ...rest] = spec.source.dataset.split("/");
      const below = rest.join("/");
      const volume = site.appliances[spec.source.appliance]?.pools[pool]?.zvols[below] !== undefined;
      if (!volume || !isDeclared(spec, written, "zvols")) return [];

      const says = `${spec.source.dataset} is a volume, whose files only its consumer sees`;
      const allowed = "a dataset";
      return [{ path: [...path, "source", "dataset"], says, allowed, remedy: "test a dataset of the same copy" }];
    }),
};

function testsOf(site: Site): { spec: RestoreTestSpec; path: readonly string[] }[] {
  return Object.entries(site.restoreTests).map(([name, spec]) => ({ spec, path: ["restoreTests", name] }));
}

function holderOf({ source }: RestoreTestSpec): readonly string[] {
  return ["appliances", source.appliance, "pools", source.dataset.split("/")[0] ?? ""];
}

function isDeclared(spec: RestoreTestSpec, written: Written, kind: "datasets" | "zvols"): boolean {
  const below = spec.source.dataset.split("/").slice(1).join("/");

  return written.declares(...holderOf(spec), kind, below);
}

function withoutSnapshots(site: Site, { source }: RestoreTestSpec): boolean {
  const [pool, ...rest] = source.dataset.split("/");

  return !tasksOf(site).some(
    (task) => task.appliance === source.appliance && task.pool === pool && covers(task, rest.join("/")),
  );
}

function noSnapshots({ source }: RestoreTestSpec, path: readonly string[]) {
  return {
    path: [...path, "tier"],
    says: `${source.dataset} takes no snapshots`,
    allowed: "data that takes snapshots",
    remedy: `add snapshots to ${source.dataset}, or test another tier`,
  };
}
