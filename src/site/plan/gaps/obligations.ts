import { PROTECTION } from "../../vocabulary.ts";
import type { CopyPlan, GapCode, Place } from "../dataset-plan.ts";
import type { Finder, Finding, Subject } from "./finding.ts";

const PLACES: Readonly<Record<"other-pool" | "other-host", readonly Place[]>> = {
  "other-pool": ["other-pool", "other-host", "offsite"],
  "other-host": ["other-host"],
};
const WAITING_RULE = "copy-lies-on-a-host-that-is-there";

/** A class that asks for snapshots gets some. */
export const snapshotsMissing: Finder = ({ volume, snapshots, excludedBy }) => {
  const { class: dataClass } = volume.spec;
  // Where a task leaves it out, that is what has to be mended.
  if (!PROTECTION[dataClass].snapshots || snapshots.length > 0 || excludedBy.length > 0) return [];
  return [
    {
      code: "snapshots-missing",
      obligation: true,
      rules: [`${dataClass}-data-has-snapshots`],
      message: `is ${dataClass} and has no snapshots`,
      remedy: "add a snapshot tier to it, or to a dataset above with recursive: true",
    },
  ];
};

/** A class that asks for a further copy gets one, on a machine that is there. */
export const copyMissing: Finder = (subject) => {
  const { class: dataClass } = subject.volume.spec;
  const { copy } = PROTECTION[dataClass];
  if (copy === "none") return [];
  const authoritative = copy === "other-host";
  return unmet(subject, PLACES[copy], {
    codes: ["copy-missing", "copy-waits"],
    rules: [authoritative ? "authoritative-data-has-copy-on-another-host" : "runtime-data-has-copy-on-another-pool"],
    message: `is ${dataClass} and has no copy on another ${authoritative ? "host" : "pool"}`,
    remedy: authoritative
      ? "replicate it to another appliance"
      : "replicate it to another pool, or to another appliance",
  });
};

/** A class that asks for a copy outside the house gets one. */
export const offsiteMissing: Finder = (subject) => {
  const { class: dataClass } = subject.volume.spec;
  if (!PROTECTION[dataClass].offsite) return [];
  return unmet(subject, ["offsite"], {
    codes: ["offsite-missing", "offsite-waits"],
    rules: ["authoritative-data-has-offsite-copy"],
    message: `is ${dataClass} and has no copy outside the house`,
    remedy: "add an offsite copy of it",
  });
};

interface Obligation {
  /** What it is called when there is no copy, and when the only one waits. */
  readonly codes: readonly [missing: GapCode, waits: GapCode];
  readonly rules: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

function unmet({ copies }: Subject, places: readonly Place[], { codes, ...missing }: Obligation): Finding[] {
  const wanted = copies.filter(({ place }) => places.includes(place));
  const [waiting] = wanted;
  if (wanted.some(({ waits }) => waits === undefined)) return [];
  if (waiting === undefined) return [{ ...missing, code: codes[0], obligation: true }];
  return [{ code: codes[1], obligation: true, rules: [WAITING_RULE, ...missing.rules], ...saysWaiting(waiting) }];
}

function saysWaiting({ by, place, waits, tier }: CopyPlan): Pick<Finding, "message" | "remedy"> {
  const where = place === "offsite" ? "outside the house" : `of ${tier} ${by}`;
  return {
    message: `has its copy ${where} waiting for ${waits?.host}, which is ${waits?.state}`,
    remedy: `bring ${waits?.host} online, or copy to a machine that is`,
  };
}
