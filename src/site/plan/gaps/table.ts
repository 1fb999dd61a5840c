import type { Site } from "../../site.ts";
import { coversResource } from "../../vocabulary.ts";
import type { Gap } from "../dataset-plan.ts";
import { isCopy, type Volume } from "../volumes.ts";
import {
  disposableIsKept,
  excludedChild,
  madeVolumesLeftOut,
  noTier,
  nothingCarried,
  snapshotsNotReplicated,
  zvolUnderFileBackup,
} from "./coverage.ts";
import type { Finder, Finding, Subject } from "./finding.ts";
import { copyMissing, offsiteMissing, snapshotsMissing } from "./obligations.ts";
import { restoreTestMissing, restoreTestStale } from "./restores.ts";
import { copyCannotKeepUp, copyKeptShorter, rpoNotMet } from "./timing.ts";

/** What is looked for in data that has its home here, in the order in which it is told. */
const FINDERS: readonly Finder[] = [
  snapshotsMissing,
  copyMissing,
  offsiteMissing,
  excludedChild,
  zvolUnderFileBackup,
  madeVolumesLeftOut,
  nothingCarried,
  snapshotsNotReplicated,
  rpoNotMet,
  copyKeptShorter,
  copyCannotKeepUp,
  restoreTestMissing,
  restoreTestStale,
  noTier,
  disposableIsKept,
];

/** What the plan leaves open about some data; what is kept as a copy has its obligations where it comes from. */
export function gapsOf(subject: Subject): Gap[] {
  const { volume, site } = subject;
  if (isCopy(volume)) return [];
  return FINDERS.flatMap((find) => find(subject)).map((finding) => withWaiver(finding, volume, site));
}

function withWaiver(finding: Finding, { appliance, path }: Volume, { waivers }: Site): Gap {
  const waiver = waivers.find(
    ({ rule, resource }) => finding.rules.includes(rule) && coversResource(resource, `${appliance}/${path}`),
  );
  return waiver === undefined ? finding : { ...finding, waiver: { until: waiver.until, reason: waiver.reason } };
}
