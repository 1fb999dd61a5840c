import { iscsiPortal } from "../model/iscsi-portal.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `IscsiPortal`. */
export type IscsiPortalArgs = ArgsOf<typeof iscsiPortal.properties>;

/** Where iSCSI targets are reached; its id is its comment. */
export class IscsiPortal extends resourceClass(iscsiPortal) {}
