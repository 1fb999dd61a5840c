import type { Site } from "../site.ts";
import type { CopyPlan, DatasetPlan, Loss } from "./dataset-plan.ts";
import { sourceAfter, speedFrom, WORK } from "./losses.ts";

/** What one loss takes from several datasets at once, and how they come back together. */
export interface Recovery {
  /** Time until all that has a copy is back: work once, then what shares a way in turn. */
  readonly seconds: number;
  /** Data that comes back, the one that loses least first. */
  readonly back: readonly { readonly plan: DatasetPlan; readonly from: CopyPlan; readonly transferSeconds: number }[];
  /** Data that nothing brings back, though its class asks that it survives. */
  readonly lost: readonly DatasetPlan[];
}

/** How the data that one loss takes comes back, and how long all of it takes; containers and copies are left out. */
export function recoveryFrom(loss: Loss, plans: readonly DatasetPlan[], site: Site): Recovery {
  const data = plans.filter((plan) => !plan.isCopy && plan.class !== "container" && plan.class !== "disposable");
  const back = data.flatMap((plan) => {
    const from = sourceAfter(loss, plan.copies);
    if (from === undefined) return [];
    return [{ plan, from, transferSeconds: from.tier === "snapshot" ? 0 : plan.bytes / speedFrom(from, plan, site) }];
  });
  const ways = Map.groupBy(back, ({ from }) => (from.place === "offsite" ? "offsite" : from.medium));
  const longest = [...ways.values()].map((shared) =>
    shared.reduce((sum, { transferSeconds }) => sum + transferSeconds, 0),
  );

  return {
    seconds: Math.ceil(WORK[loss] + Math.max(0, ...longest)),
    back: back.sort((one, other) => (one.from.worstAgeSeconds ?? 0) - (other.from.worstAgeSeconds ?? 0)),
    lost: data.filter((plan) => sourceAfter(loss, plan.copies) === undefined),
  };
}
