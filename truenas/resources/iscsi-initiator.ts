import { iscsiInitiator } from "../model/iscsi-initiator.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `IscsiInitiator`. */
export type IscsiInitiatorArgs = ArgsOf<typeof iscsiInitiator.properties>;

/** Who may connect to iSCSI targets; its id is its comment. */
export class IscsiInitiator extends resourceClass(iscsiInitiator) {}
