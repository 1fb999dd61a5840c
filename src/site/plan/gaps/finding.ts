import type { Site } from "../../site.ts";
import type { Passage } from "../copies.ts";
import type { CopyPlan, Gap, SecondsByLoss, SnapshotPlan, Tried } from "../dataset-plan.ts";
import type { Volume } from "../volumes.ts";

/** What is known about some data when its gaps are looked for. */
export interface Subject {
  readonly volume: Volume;
  readonly site: Site;
  readonly snapshots: readonly SnapshotPlan[];
  /** Snapshot tasks that would cover it, but leave it out, by the dataset that they start from. */
  readonly excludedBy: readonly string[];
  /** Snapshot tasks that cover it, but not the volumes made below. */
  readonly missedBy: readonly string[];
  /** Carriers that come by, what they leave out included. */
  readonly passages: readonly Passage[];
  /** Its snapshots and further copies, those that wait included. */
  readonly copies: readonly CopyPlan[];
  readonly rpo: SecondsByLoss;
  /** What restore tests have proved; undefined where nobody asks how old that is. */
  readonly tried: Tried | undefined;
}

/** A gap, before the site's waivers have been looked at. */
export type Finding = Omit<Gap, "waiver">;

/** Looks for one kind of gap. */
export type Finder = (subject: Subject) => readonly Finding[];
