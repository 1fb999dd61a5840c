import type { Site } from "../site.ts";
import { carriersOf } from "./carriers.ts";
import { carriedCopies, type Landscape, passagesOf, snapshotCopies } from "./copies.ts";
import type { CopyPlan, DatasetPlan, Place, Tried } from "./dataset-plan.ts";
import { gapsOf } from "./gaps/table.ts";
import { rpoOf, rtoOf } from "./losses.ts";
import { SnapshotTasks } from "./snapshots.ts";
import { bytesOf, isCopy, type Volume, volumesOf } from "./volumes.ts";

const DISTANCE: readonly Place[] = ["same-pool", "other-pool", "other-host", "offsite"];

/**
 * How every dataset and zvol of a site is protected, and what is left open; worked out from the site alone. Whether
 * restore tests are stale is judged only where it is told what they have proved.
 */
export function protectionPlan(site: Site, tried?: Tried): DatasetPlan[] {
  const landscape = { site, carriers: carriersOf(site) };
  const tasks = new SnapshotTasks(site);
  return volumesOf(site).map((volume) => planOf(volume, tasks, landscape, tried));
}

function planOf(volume: Volume, tasks: SnapshotTasks, landscape: Landscape, tried: Tried | undefined): DatasetPlan {
  const { site } = landscape;
  const { appliance, path, kind, spec } = volume;
  const snapshots = tasks.over(volume);
  const copies = [
    ...snapshotCopies(volume, snapshots, site),
    ...carriedCopies(volume, snapshots, landscape).sort(
      (one, other) => DISTANCE.indexOf(one.place) - DISTANCE.indexOf(other.place),
    ),
  ];
  const rpo = rpoOf(copies);
  const rto = rtoOf(volume, copies, site);
  const gaps = gapsOf({
    volume,
    site,
    snapshots,
    excludedBy: tasks.excluding(volume),
    missedBy: tasks.missingMade(volume),
    passages: passagesOf(volume, landscape),
    copies,
    rpo,
    tried,
  });
  return {
    appliance,
    dataset: path,
    kind,
    class: spec.class,
    owner: spec.owner,
    isCopy: isCopy(volume),
    bytes: bytesOf(volume, site),
    rpo,
    rto,
    rpoSeconds: rpo.host,
    rtoSeconds: rto.host,
    snapshots,
    copies,
    ...threeTwoOne(volume, copies),
    gaps,
  };
}

/** Three copies, two media, one outside the house: what is there counts, and a snapshot is no copy of its own. */
function threeTwoOne({ appliance, pool }: Volume, copies: readonly CopyPlan[]) {
  const there = copies.filter(({ tier, waits }) => tier !== "snapshot" && waits === undefined);
  const media = new Set([`${appliance}/${pool}`, ...there.map(({ medium }) => medium)]).size;
  const copiesCount = 1 + there.length;
  const offsite = there.some(({ place }) => place === "offsite");
  return { media, copiesCount, offsite, threeTwoOne: copiesCount >= 3 && media >= 2 && offsite };
}
