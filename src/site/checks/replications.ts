import { boundTasks, carriedTasks } from "../carried.ts";
import { hoursOf } from "../lifetimes.ts";
import { formatPath } from "../problem.ts";
import { canMeet } from "../schedules.ts";
import type { Replication, Site } from "../site.ts";
import { isWithin } from "../walk.ts";
import type { Check } from "./check.ts";
import { pairsOf, repeated } from "./repeated.ts";
import { wrongExcludes } from "./snapshots.ts";

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

/** What a replication leaves out lies below its source. */
export const replicationExcludes: Check = {
  rule: "replication-excludes",
  find: ({ site, written }) =>
    replicationsOf(site).flatMap(({ spec, path }) => {
      const { appliance, dataset } = spec.source;
      const [pool = "", ...below] = dataset.split("/");
      return wrongExcludes({ appliance, pool, name: below.join("/"), spec, path }, "replication", written);
    }),
};

/** ZFS replication carries snapshots, so its source must take some, and of everything that goes along. */
export const replicationHasSnapshots: Check = {
  rule: "replication-has-snapshots",
  find: ({ site, intact, written }) =>
    replicationsOf(site).flatMap(({ spec, path: top }) => {
      const { method, source, tier, recursive } = spec;
      const [pool = "", ...rest] = source.dataset.split("/");
      const holder = ["appliances", source.appliance, "pools", pool];
      const exists = ["datasets", "zvols"].some((kind) => written.declares(...holder, kind, rest.join("/")));
      if (method !== "zfs" || !exists || !intact(holder) || boundTasks(site, spec).length > 0) return [];

      const known = boundTasks(site, { source, recursive: false });
      const flat = recursive && known.some((task) => tier === undefined || task.spec.tier === tier);
      const says = `the source takes no ${flat ? "recursive " : ""}snapshots${tier === undefined ? "" : ` of tier ${tier}`}`;
      const tiers = [...new Set(known.map((task) => task.spec.tier))].join(", ") || "a source with snapshots";
      const allowed = flat ? "a task with recursive: true, since everything below goes along" : tiers;
      const path = tier === undefined ? [...top, "source", "dataset"] : [...top, "tier"];
      const remedy = flat
        ? "make the task recursive, or copy the dataset alone"
        : `add the tier to the snapshots of ${source.dataset}`;
      return [{ path, says, allowed, remedy }];
    }),
};

/**
 * The receiving appliance finds out by the time in a snapshot's name how long it is kept; snapshots of two tiers that
 * are kept for different times must not be taken at one time.
 */
export const lifetimesCanBeToldApart: Check = {
  rule: "lifetimes-can-be-told-apart",
  find: ({ site }) =>
    replicationsOf(site)
      .filter(({ spec }) => spec.method === "zfs")
      .flatMap(({ spec, path }) =>
        pairsOf(carriedTasks(site, spec))
          .filter(([one, other]) => one.tier !== other.tier && hoursOf(one.kept) !== hoursOf(other.kept))
          .filter(([one, other]) => canMeet(one.schedule, other.schedule))
          .map(([one, other]) => ({
            path: [...path, "source", "dataset"],
            says: `snapshots of tiers ${one.tier} and ${other.tier} may be of one time, and are kept for different times`,
            allowed: "tiers whose schedules never meet",
            remedy: `take those of ${other.tier} at another minute`,
          })),
      ),
};

function replicationsOf(site: Site): { spec: Replication; path: readonly string[] }[] {
  return Object.entries(site.replications).map(([name, spec]) => ({ spec, path: ["replications", name] }));
}
