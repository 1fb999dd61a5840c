import type { RestoreTestSpec, Site } from "../../src/site/index.ts";
import type { Inspection } from "../../truenas/inspect.ts";
import type { RestoreBench } from "../../truenas/restore.ts";
import type { DeclaredStack } from "../declared/stack.ts";
import type { FileAt } from "./sample.ts";

/** What a tier works with. */
export interface DrillContext {
  readonly declared: DeclaredStack;
  readonly site: Site;
  readonly spec: RestoreTestSpec;
  /** Where it is restored to. */
  readonly bench: RestoreBench;
  /** The appliance that the data comes from; the bench itself where it is restored there. */
  readonly source: Inspection;
  /** Opens another appliance of the site for looking; it is closed with the rest. */
  readonly look: (appliance: string) => Inspection;
  /** Time zone of the appliances, in which snapshots are named. */
  readonly zone: string;
  /** Says what is being done. */
  readonly tell: (text: string) => void;
  /** Says what somebody has to know afterwards. */
  readonly note: (text: string) => void;
  /** Dataset of the copy's own, below the scratch dataset. */
  readonly target: string;
}

/** A state of the data that can be restored. */
export interface Found {
  /** By the name that its keeper gives it. */
  readonly state: string;
  readonly takenAt: number;
  /** Bytes that the restore takes at most. */
  readonly bytes: number;
  /** Files that are restored, where not all of them are. */
  readonly sample?: readonly FileAt[];
  /** Files that have changed since, so that nothing can be compared. */
  readonly changed: number;
  /** Where the same state lies on the appliance that the data comes from. */
  readonly original: string;
  /** Restores it; resolves with the directory in which it lies. */
  readonly restore: () => Promise<string>;
}

/** One kind of copy: how its newest state is found, and restored. */
export type Tier = (context: DrillContext) => Promise<Found>;
