import { smbShareAcl } from "../model/smb-share-acl.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `SmbShareAcl`. */
export type SmbShareAclArgs = ArgsOf<typeof smbShareAcl.properties>;

/** Who may use an SMB share; its id is the share's name. */
export class SmbShareAcl extends resourceClass(smbShareAcl) {}
