import { smbConfig } from "../model/smb-config.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `SmbConfig`. */
export type SmbConfigArgs = ArgsOf<typeof smbConfig.properties>;

/** Settings of the SMB service; its id is `smb`. */
export class SmbConfig extends resourceClass(smbConfig) {}
