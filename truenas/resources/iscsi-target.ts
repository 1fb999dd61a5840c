import { iscsiTarget } from "../model/iscsi-target.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `IscsiTarget`. */
export type IscsiTargetArgs = ArgsOf<typeof iscsiTarget.properties>;

/** An iSCSI target; its id is its name. */
export class IscsiTarget extends resourceClass(iscsiTarget) {}
