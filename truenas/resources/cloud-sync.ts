import { cloudSync } from "../model/cloud-sync.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `CloudSync`. */
export type CloudSyncArgs = ArgsOf<typeof cloudSync.properties>;

/** Files that are brought to a cloud or back on a schedule; its id is its description. */
export class CloudSync extends resourceClass(cloudSync) {}
