import { iscsiTargetExtent } from "../model/iscsi-target-extent.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `IscsiTargetExtent`. */
export type IscsiTargetExtentArgs = ArgsOf<typeof iscsiTargetExtent.properties>;

/** An extent that a target offers; its id is `target/extent`. */
export class IscsiTargetExtent extends resourceClass(iscsiTargetExtent) {}
