import { hoursOf } from "../../lifetimes.ts";
import { formatDuration } from "../durations.ts";
import { isCopy } from "../volumes.ts";
import type { Finder } from "./finding.ts";

/** What is declared to be the most that may be lost holds when the machine is lost. */
export const rpoNotMet: Finder = ({ volume, rpo }) => {
  const { spec } = volume;
  if (spec.rpo === undefined || isCopy(volume)) return [];
  const declared = hoursOf(spec.rpo) * 3600;
  if (rpo.host !== null && rpo.host <= declared) return [];
  const lost = rpo.host === null ? "everything" : formatDuration(rpo.host);
  return [
    {
      code: "rpo-not-met",
      obligation: false,
      rules: ["copies-meet-rpo"],
      message: `can lose ${lost} with its machine, and declares ${formatDuration(declared)}`,
      remedy: "copy it more often, or declare the loss that is acceptable",
    },
  ];
};

/** A mistake found late is undone from the copy, if it still has the snapshot. */
export const copyKeptShorter: Finder = ({ copies, snapshots }) => {
  const longest = Math.max(0, ...snapshots.map(({ keptSeconds }) => keptSeconds));
  return copies.flatMap(({ tier, by, keptSeconds }) => {
    if (tier !== "replication" || keptSeconds === null || keptSeconds >= longest) return [];
    return [
      {
        code: "copy-kept-shorter",
        obligation: false,
        rules: ["copies-are-kept-as-long"],
        message: `is kept for ${formatDuration(keptSeconds)} by ${by}, and for ${formatDuration(longest)} by its snapshots`,
        remedy: `raise the lifetime of ${by}`,
      },
    ];
  });
};

/** A run that takes longer than the time to the next one falls behind for good. */
export const copyCannotKeepUp: Finder = ({ copies }) =>
  copies.flatMap(({ by, everySeconds, transferSeconds }) => {
    if (everySeconds === null || transferSeconds <= everySeconds) return [];
    return [
      {
        code: "copy-cannot-keep-up",
        obligation: false,
        rules: [],
        message: `changes more than ${by} can carry: ${formatDuration(transferSeconds)} of transfer every ${formatDuration(everySeconds)}`,
        remedy: "run it less often, exclude what need not go, or find a faster line",
      },
    ];
  });
