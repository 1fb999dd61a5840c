import { cloudBackup } from "../model/cloud-backup.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `CloudBackup`. */
export type CloudBackupArgs = ArgsOf<typeof cloudBackup.properties>;

/** A restic repository in a cloud, written on a schedule; its id is its description. */
export class CloudBackup extends resourceClass(cloudBackup) {}
