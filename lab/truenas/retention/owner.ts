import type { ParsedName } from "../scheduling/parsed-names.ts";

/** Somebody with a say in how long snapshots are kept. */
export interface Owner {
  /** The naming schemas by which it knows its snapshots. */
  readonly schemas: readonly string[];
  /** True when it also knows snapshots that no schema made. */
  readonly anyName: boolean;
  /** True when snapshots that it owns and does not keep may go; false for one that only keeps. */
  readonly deletes: boolean;
  ownsDataset(dataset: string): boolean;
  ownsSnapshot(dataset: string, snapshot: ParsedName): boolean;
  /** True when the snapshot must stay. */
  keeps(dataset: string, snapshot: ParsedName): boolean;
}
