import type { Member, Surroundings } from "../surroundings.ts";
import type { ReplicationSpec } from "./task-row.ts";

/** A replication that is being carried out. */
export interface Run {
  readonly own: Member;
  readonly surroundings: Surroundings;
  readonly spec: ReplicationSpec & { readonly only_from_scratch?: boolean };
  /** Name of the task in the list of transfers. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Called before each snapshot is sent; whoever looks meanwhile sees the task running. */
  readonly progress?: (sent: number, total: number, snapshot: string) => Promise<void>;
}
