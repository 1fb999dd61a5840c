import { nfsConfig } from "../model/nfs-config.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `NfsConfig`. */
export type NfsConfigArgs = ArgsOf<typeof nfsConfig.properties>;

/** Settings of the NFS service; its id is `nfs`. */
export class NfsConfig extends resourceClass(nfsConfig) {}
