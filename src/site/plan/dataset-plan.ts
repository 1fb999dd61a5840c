import type { Evidence } from "../evidence.ts";
import type { DataClass, HostState, OwnerRole } from "../vocabulary.ts";

/** What is lost, the smallest misfortune first; each but the first includes the one before it. */
export const LOSSES = ["mistake", "pool", "host", "site"] as const;
/** A deleted or spoilt dataset, a pool, the machine with all its pools, the house. */
export type Loss = (typeof LOSSES)[number];

/** Seconds by what is lost; null where nothing brings the data back. */
export type SecondsByLoss = Readonly<Record<Loss, number | null>>;

/** Where a copy lies, seen from the data. */
export type Place = "same-pool" | "other-pool" | "other-host" | "offsite";

/** A machine that is not there, so that what lies on it waits. */
export interface Waits {
  readonly host: string;
  readonly state: HostState;
}

/** Snapshots that a dataset gets. */
export interface SnapshotPlan {
  readonly tier: string;
  /** The dataset that the task starts from, pool first. */
  readonly task: string;
  /** Longest time between two of them, in seconds. */
  readonly everySeconds: number;
  /** How long each is kept, in seconds. */
  readonly keptSeconds: number;
  readonly namingSchema: string;
}

/** A further copy of a dataset, or its snapshots. */
export interface CopyPlan {
  /** What kind of copy it is; `external` is carried outside this program (ADR-0028). */
  readonly tier: "snapshot" | "replication" | "offsite" | "external";
  /** The site's name for what carries it: a snapshot tier, a replication, an offsite copy. */
  readonly by: string;
  readonly place: Place;
  /** The machine that keeps it; absent when it leaves the house. */
  readonly host?: string;
  /** What it lies on: `appliance/pool`, `host:path`, or `provider:bucket`. */
  readonly medium: string;
  /** The receiving dataset, path or folder, as its medium names it; the data's own for snapshots. */
  readonly at: string;
  /** Longest time between two runs in seconds; null when nobody has said. */
  readonly everySeconds: number | null;
  /** How old the newest state can be at worst, in seconds: waiting for the run, and its transfer. */
  readonly worstAgeSeconds: number | null;
  /** How long a state is kept, in seconds; null when nobody has said. */
  readonly keptSeconds: number | null;
  /** How long it takes to carry what a run finds changed, in seconds. */
  readonly transferSeconds: number;
  /** Set while a machine that it needs is not there; the copy does not count then. */
  readonly waits?: Waits;
}

/** What restore tests have proved so far. */
export interface Tried {
  /** The day on which it is judged, `YYYY-MM-DD`. */
  readonly today: string;
  /** The newest evidence of each restore test, by its name in the site. */
  readonly evidence: Readonly<Record<string, Evidence>>;
}

/** What a gap is about. */
export type GapCode =
  | "snapshots-missing"
  | "copy-missing"
  | "copy-waits"
  | "offsite-missing"
  | "offsite-waits"
  | "excluded-child"
  | "zvol-under-file-backup"
  | "made-volumes-left-out"
  | "nothing-carried"
  | "snapshots-not-replicated"
  | "rpo-not-met"
  | "copy-kept-shorter"
  | "copy-cannot-keep-up"
  | "no-tier"
  | "restore-test-missing"
  | "restore-test-stale"
  | "disposable-is-kept";

/** Something that the plan leaves open. */
export interface Gap {
  readonly code: GapCode;
  /** Whether it leaves an obligation of the data's class unmet. */
  readonly obligation: boolean;
  /** What is the matter, as the rest of a sentence that begins with the dataset. */
  readonly message: string;
  /** What to do about it, as an imperative. */
  readonly remedy: string;
  /** The policies that say the same of what is registered; a waiver of any of them covers it. */
  readonly rules: readonly string[];
  /** The site's waiver of such a policy for this dataset. */
  readonly waiver?: { readonly until: string; readonly reason: string };
}

/** How one dataset or zvol is protected, as far as the site tells. */
export interface DatasetPlan {
  readonly appliance: string;
  /** The whole path, pool first. */
  readonly dataset: string;
  readonly kind: "dataset" | "zvol";
  readonly class: DataClass;
  readonly owner: OwnerRole;
  /** Whether it is kept for another appliance's data, and so protected by being one of its copies. */
  readonly isCopy: boolean;
  /** Most that it holds in bytes, as declared: its quota or size, that of its children, or what lies above. */
  readonly bytes: number;
  /** Most data that a loss costs, in time. */
  readonly rpo: SecondsByLoss;
  /** Expected time until the data is back. */
  readonly rto: SecondsByLoss;
  /** `rpo.host`: the largest loss that a site without an accident of the whole house must expect (ADR-0041). */
  readonly rpoSeconds: number | null;
  /** `rto.host`, for the same reason. */
  readonly rtoSeconds: number | null;
  readonly snapshots: readonly SnapshotPlan[];
  /** Snapshots first, then what lies further away; those that wait included. */
  readonly copies: readonly CopyPlan[];
  /** How many pools and clouds hold it, its own included; what waits does not count. */
  readonly media: number;
  /** How many copies there are, the data itself included; snapshots and what waits do not count. */
  readonly copiesCount: number;
  /** Whether a copy that is there lies outside the house. */
  readonly offsite: boolean;
  /** Three copies on two media, one of them outside the house. */
  readonly threeTwoOne: boolean;
  readonly gaps: readonly Gap[];
}
