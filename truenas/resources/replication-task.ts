import { replicationTask } from "../model/replication-task.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `ReplicationTask`. */
export type ReplicationTaskArgs = ArgsOf<typeof replicationTask.properties>;

/** Snapshots sent to or fetched from another appliance; its id is the name. */
export class ReplicationTask extends resourceClass(replicationTask) {}
