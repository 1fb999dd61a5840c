import type { Site } from "../site.ts";
import { type Carrier, type Reach, reachOf, type Spot } from "./carriers.ts";
import type { CopyPlan, SnapshotPlan, Waits } from "./dataset-plan.ts";
import { longestGap, longestLag } from "./firings.ts";
import { type Destination, destinationOf } from "./places.ts";
import { changedBytes } from "./speeds.ts";
import { applianceWaits, bytesOf, type Volume } from "./volumes.ts";

/** What copies are worked out from. */
export interface Landscape {
  readonly site: Site;
  readonly carriers: readonly Carrier[];
}

/** A carrier that comes by some data, and what it does with it. */
export interface Passage {
  readonly carrier: Carrier;
  readonly reach: Exclude<Reach, "elsewhere">;
}

const DAY = 86_400;
/** Syncthing without a schedule: it looks at everything again once an hour, should it have missed a change. */
const RESCAN = 3600;

/** The snapshots of some data, told as the copies that they are. */
export function snapshotCopies(volume: Volume, snapshots: readonly SnapshotPlan[], site: Site): CopyPlan[] {
  const { appliance, pool, path } = volume;
  const waits = applianceWaits(appliance, site);
  return snapshots.map(({ tier, everySeconds, keptSeconds }) => ({
    tier: "snapshot",
    by: tier,
    place: "same-pool",
    host: site.appliances[appliance]?.host ?? "",
    medium: `${appliance}/${pool}`,
    at: path,
    everySeconds,
    worstAgeSeconds: everySeconds,
    keptSeconds,
    transferSeconds: 0,
    ...(waits === undefined ? {} : { waits }),
  }));
}

/** The carriers that come by some data at its home, what they leave out included. */
export function passagesOf(volume: Volume, { carriers }: Landscape): Passage[] {
  return carriers.flatMap((carrier) => {
    const reach = reachOf(carrier, volume, volume);
    return reach === "elsewhere" ? [] : [{ carrier, reach }];
  });
}

/** The further copies of some data, those that are made from another copy included. */
export function carriedCopies(volume: Volume, snapshots: readonly SnapshotPlan[], landscape: Landscape): CopyPlan[] {
  return onwards({ spot: volume, snapshots, age: 0, seen: [] }, volume, landscape);
}

/** Where data has come to so far. */
interface Leg {
  readonly spot: Spot;
  /** The snapshots that can be carried on from there. */
  readonly snapshots: readonly SnapshotPlan[];
  /** How old the newest state there can be; null when nobody has said. */
  readonly age: number | null;
  readonly waits?: Waits;
  readonly seen: readonly Carrier[];
}

function onwards(leg: Leg, volume: Volume, landscape: Landscape): CopyPlan[] {
  return landscape.carriers.flatMap((carrier) => {
    if (leg.seen.includes(carrier) || reachOf(carrier, leg.spot, volume) !== "carries") return [];
    const taken = leg.snapshots.filter(({ tier }) => carrier.snapshots === undefined || tier === carrier.snapshots);
    if (!carrier.files && taken.length === 0) return [];

    const copy = copyBy(carrier, taken, leg, volume, landscape.site);
    const next = "dataset" in carrier.to ? { appliance: carrier.to.appliance, path: copy.at } : undefined;
    if (next === undefined) return [copy];
    const { waits, worstAgeSeconds: age } = copy;
    const further = { spot: next, snapshots: taken, age, seen: [...leg.seen, carrier], ...(waits ? { waits } : {}) };
    return [copy, ...onwards(further, volume, landscape)];
  });
}

function copyBy(carrier: Carrier, taken: readonly SnapshotPlan[], leg: Leg, volume: Volume, site: Site): CopyPlan {
  const { there, waits: destination, ...where }: Destination = destinationOf(carrier, leg.spot.path, volume, site);
  const { every, lag } = rhythmOf(carrier, taken, site);
  const transfer = Math.ceil(changedBytes(bytesOf(volume, site), every ?? DAY, site) / there);
  const waits = leg.waits ?? destination;
  return {
    tier: carrier.tier,
    by: carrier.name,
    ...where,
    everySeconds: every,
    worstAgeSeconds: lag === null || leg.age === null ? null : leg.age + lag + transfer,
    keptSeconds: keptBy(carrier, taken, every),
    transferSeconds: transfer,
    ...(waits === undefined ? {} : { waits }),
  };
}

/** How far apart its runs are, and how old what it takes along can have become by the next one. */
function rhythmOf({ files, schedule, method }: Carrier, taken: readonly SnapshotPlan[], site: Site) {
  if (files) {
    const every = schedule === undefined ? (method === "syncthing" ? RESCAN : null) : longestGap(schedule);
    return { every, lag: every };
  }
  const often = Math.min(...taken.map(({ everySeconds }) => everySeconds));
  if (schedule === undefined) return { every: often, lag: often };
  const lags = taken.flatMap(({ tier }) => {
    const spec = site.snapshotTiers[tier];
    return spec === undefined ? [] : [longestLag(spec.schedule, schedule)];
  });
  return { every: longestGap(schedule), lag: Math.min(...lags) };
}

function keptBy({ files, keep, kept }: Carrier, taken: readonly SnapshotPlan[], every: number | null): number | null {
  if (files) return keep === undefined || every === null ? null : keep * every;
  return Math.max(...taken.map(({ tier, keptSeconds }) => kept[tier] ?? keptSeconds));
}
