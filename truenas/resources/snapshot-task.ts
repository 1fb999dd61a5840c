import { snapshotTask } from "../model/snapshot-task.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `SnapshotTask`. */
export type SnapshotTaskArgs = ArgsOf<typeof snapshotTask.properties>;

/** A periodic snapshot task; its id is `dataset@namingSchema`. */
export class SnapshotTask extends resourceClass(snapshotTask) {}
