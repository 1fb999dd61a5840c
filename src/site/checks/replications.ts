import { formatPath } from "../problem.ts";
import type { Replication, Site } from "../site.ts";
import { isWithin } from "../walk.ts";
import type { Check } from "./check.ts";
import { repeated } from "./repeated.ts";
import { covers, tasksOf } from "./snapshots.ts";

/** A copy has one kind of target, and ZFS replication goes to a dataset. */
export const replicationTarget: Check = {
  rule: "replication-target",
  find: ({ site, intact }) =>
    replicationsOf(site).flatMap(({ spec: { method, target }, path: top }) => {
      const dataset = target.appliance !== undefined && target.dataset !== undefined;
      const machine = target.host !== undefined && target.path !== undefined;
      const mixed = Object.keys(target).length !== 2;
      if (!mixed && (dataset || (machine && method !== "zfs"))) return [];
      if (!intact(top)) return [];

      const seen = Object.keys(target).join(" and ") || "nothing";
      const allowed = method === "zfs" ? "appliance and dataset" : "appliance and dataset, or host and path";
      return [{ path: [...top, "target"], says: `the target is given by ${seen}`, allowed, remedy: "name one target" }];
    }),
};

/** A copy lies outside the tree that it is a copy of. */
export const replicationLeavesSource: Check = {
  rule: "replication-leaves-source",
  find: ({ site }) =>
    replicationsOf(site).flatMap(({ spec: { source, target }, path: top }) => {
      const { appliance, dataset } = target;
      if (appliance !== source.appliance || dataset === undefined) return [];
      if (!isWithin(dataset, source.dataset) && !isWithin(source.dataset, dataset)) return [];

      const says = `${dataset} and the source ${source.dataset} lie in one tree`;
      const allowed = `a dataset neither above nor below ${source.dataset}`;
      const remedy = "copy to another pool, or better to another host";
      return [{ path: [...top, "target", "dataset"], says, allowed, remedy }];
    }),
};

/** A dataset receives one copy: a second one would roll it back. */
export const oneCopyPerTarget: Check = {
  rule: "one-copy-per-target",
  find: ({ site }) => {
    const targets = replicationsOf(site).flatMap(({ spec: { target }, path }) =>
      target.dataset === undefined ? [] : [{ target, path: [...path, "target", "dataset"] }],
    );
    return repeated(targets, ({ target }) => `${target.appliance}:${target.dataset}`).map(({ first, again }) => ({
      path: again.path,
      says: `${again.target.dataset} is also ${formatPath(first.path)}`,
      allowed: "a target that no other copy has",
      remedy: "give each copy a dataset of its own",
    }));
  },
};

/** ZFS replication carries snapshots, so its source must take some. */
export const replicationHasSnapshots: Check = {
  rule: "replication-has-snapshots",
  find: ({ site, intact, written }) =>
    replicationsOf(site).flatMap(({ spec: { method, source, tier }, path: top }) => {
      const [pool = "", ...rest] = source.dataset.split("/");
      const tasks = tasksOf(site).filter(
        (task) => task.appliance === source.appliance && task.pool === pool && covers(task, rest.join("/")),
      );
      const known = [...new Set(tasks.map((task) => task.spec.tier))];
      const holder = ["appliances", source.appliance, "pools", pool];
      const exists = ["datasets", "zvols"].some((kind) => written.declares(...holder, kind, rest.join("/")));
      if (
        method !== "zfs" ||
        !exists ||
        !intact(holder) ||
        (tier === undefined ? known.length > 0 : known.includes(tier))
      )
        return [];

      const says =
        tier === undefined ? "the source takes no snapshots" : `the source takes no snapshots of tier ${tier}`;
      const allowed = known.length > 0 ? known.join(", ") : "a source with snapshots";
      const path = tier === undefined ? [...top, "source", "dataset"] : [...top, "tier"];
      return [{ path, says, allowed, remedy: `add the tier to the snapshots of ${source.dataset}` }];
    }),
};

function replicationsOf(site: Site): { spec: Replication; path: readonly string[] }[] {
  return Object.entries(site.replications).map(([name, spec]) => ({ spec, path: ["replications", name] }));
}
