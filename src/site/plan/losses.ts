import type { Site } from "../site.ts";
import { type CopyPlan, LOSSES, type Loss, type Place, type SecondsByLoss } from "./dataset-plan.ts";
import { betweenMachines, WITHIN_APPLIANCE, wideArea } from "./speeds.ts";
import { bytesOf, type Volume } from "./volumes.ts";

/** Places that outlive a loss. */
const SURVIVING: Readonly<Record<Loss, readonly Place[]>> = {
  mistake: ["same-pool", "other-pool", "other-host", "offsite"],
  pool: ["other-pool", "other-host", "offsite"],
  host: ["other-host", "offsite"],
  site: ["offsite"],
};

const MINUTE = 60;
/** To find the snapshot and to roll back to it, or to copy out of it. */
const ROLL_BACK = 5 * MINUTE;
/** To install an appliance from its installer and its saved configuration, on a machine that is at hand. */
const INSTALL = 60 * MINUTE;
/** D4: pool creation. */
const CREATE_POOL = 30 * MINUTE;
/** D4: configuration, by one `up`. */
const CONFIGURE = 15 * MINUTE;
/** D4: testing, before anybody is let back in. */
const CHECK = 60 * MINUTE;

/** What has to be done before and after data is brought back, in seconds; hardware is taken to be at hand. */
export const WORK: Readonly<Record<Loss, number>> = {
  mistake: ROLL_BACK,
  pool: CREATE_POOL + CONFIGURE + CHECK,
  host: INSTALL + CREATE_POOL + CONFIGURE + CHECK,
  site: INSTALL + CREATE_POOL + CONFIGURE + CHECK,
};

/** The copy from which data comes back after a loss: the newest that outlives it and is there. */
export function sourceAfter(loss: Loss, copies: readonly CopyPlan[]): CopyPlan | undefined {
  const left = copies
    .filter(({ place, waits }) => waits === undefined && SURVIVING[loss].includes(place))
    .filter((copy) => copy.worstAgeSeconds !== null && (loss !== "mistake" || hasHistory(copy)));
  return left.sort((one, other) => (one.worstAgeSeconds ?? 0) - (other.worstAgeSeconds ?? 0))[0];
}

/** Most data that each loss costs, in time. */
export function rpoOf(copies: readonly CopyPlan[]): SecondsByLoss {
  return byLoss((loss) => sourceAfter(loss, copies)?.worstAgeSeconds ?? null);
}

/** Expected time until the data is back after each loss, from the copy that loses least. */
export function rtoOf(volume: Volume, copies: readonly CopyPlan[], site: Site): SecondsByLoss {
  const bytes = bytesOf(volume, site);
  return byLoss((loss) => {
    const source = sourceAfter(loss, copies);
    if (source === undefined) return null;
    const carried = source.tier === "snapshot" ? 0 : bytes / speedFrom(source, volume, site);
    return Math.ceil(WORK[loss] + carried);
  });
}

/** Bytes per second from where a copy lies back to the data's home. */
export function speedFrom(
  { place, medium, host }: CopyPlan,
  { appliance }: Pick<Volume, "appliance">,
  site: Site,
): number {
  if (place === "offsite") return wideArea(site).down;
  if (place !== "other-host") return WITHIN_APPLIANCE;
  const [keeper = ""] = medium.split("/");
  const there = site.appliances[keeper]?.addresses ?? site.hosts[host ?? ""]?.addresses ?? {};
  return betweenMachines(site.appliances[appliance]?.addresses ?? {}, there, site);
}

/** A mirror repeats a mistake; what keeps states of the past does not. */
function hasHistory({ tier, keptSeconds }: CopyPlan): boolean {
  return tier !== "external" || keptSeconds !== null;
}

function byLoss(each: (loss: Loss) => number | null): SecondsByLoss {
  return Object.fromEntries(LOSSES.map((loss) => [loss, each(loss)])) as Record<Loss, number | null>;
}
