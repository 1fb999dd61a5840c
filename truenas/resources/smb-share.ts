import { smbShare } from "../model/smb-share.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `SmbShare`. */
export type SmbShareArgs = ArgsOf<typeof smbShare.properties>;

/** An SMB share; its id is its name. */
export class SmbShare extends resourceClass(smbShare) {}
