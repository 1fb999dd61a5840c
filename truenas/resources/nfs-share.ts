import { nfsShare } from "../model/nfs-share.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `NfsShare`. */
export type NfsShareArgs = ArgsOf<typeof nfsShare.properties>;

/** An NFS export; its id is the exported directory. */
export class NfsShare extends resourceClass(nfsShare) {}
