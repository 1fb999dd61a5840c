import { iscsiAuth } from "../model/iscsi-auth.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `IscsiAuth`. */
export type IscsiAuthArgs = ArgsOf<typeof iscsiAuth.properties>;

/** Credentials of iSCSI initiators; their id is tag:user. */
export class IscsiAuth extends resourceClass(iscsiAuth) {}
