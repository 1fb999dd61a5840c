import { iscsiExtent } from "../model/iscsi-extent.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `IscsiExtent`. */
export type IscsiExtentArgs = ArgsOf<typeof iscsiExtent.properties>;

/** A volume that iSCSI offers as a disk; its id is its name. */
export class IscsiExtent extends resourceClass(iscsiExtent) {}
