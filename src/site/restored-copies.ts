import type { DatasetRef, RestoreTestSpec, Site } from "./site.ts";
import { isWithin } from "./walk.ts";

/** A copy that a restore can come from. */
export interface RestorableCopy {
  /** Its name among the replications or the offsite copies of the site. */
  readonly name: string;
  /** The dataset that it is a copy of; what is restored may lie below. */
  readonly source: DatasetRef;
}

/**
 * The copies that a restore test can restore from, besides snapshots: those of its tier that carry the data and that an
 * appliance itself can give back. One that something outside this program carries is not among them.
 */
export function restorableCopies(site: Site, { source, tier }: Pick<RestoreTestSpec, "source" | "tier">) {
  if (tier === "snapshot") return [];
  const copies: readonly RestorableCopy[] =
    tier === "replication"
      ? Object.entries(site.replications)
          .filter(([, { method, target }]) => method === "zfs" && target.dataset !== undefined)
          .filter(([, copy]) => copy.recursive || copy.source.dataset === source.dataset)
          .map(([name, copy]) => ({ name, source: copy.source }))
      : Object.entries(site.offsites)
          .filter(([, { method }]) => method === "restic")
          .map(([name, copy]) => ({ name, source: copy.source }));

  return copies.filter(
    (copy) => copy.source.appliance === source.appliance && isWithin(source.dataset, copy.source.dataset),
  );
}
