import { iscsiGlobal } from "../model/iscsi-global.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `IscsiGlobal`. */
export type IscsiGlobalArgs = ArgsOf<typeof iscsiGlobal.properties>;

/** Settings of the iSCSI service; its id is `iscsi.global`. */
export class IscsiGlobal extends resourceClass(iscsiGlobal) {}
