import { dataset } from "./dataset.ts";
import { filesystemAcl } from "./filesystem-acl.ts";
import { nfsShare } from "./nfs-share.ts";
import { pool } from "./pool.ts";
import { type ResourceType, tokenOf } from "./resource-type.ts";
import { scrubTask } from "./scrub-task.ts";
import { service } from "./service.ts";
import { smbShare } from "./smb-share.ts";
import { snapshotTask } from "./snapshot-task.ts";
import { zvol } from "./zvol.ts";

/** Every resource type of the provider; a new one is one more entry here. */
export const resourceTypes: readonly ResourceType[] = [
  pool,
  dataset,
  zvol,
  filesystemAcl,
  nfsShare,
  smbShare,
  snapshotTask,
  scrubTask,
  service,
];

const byToken = new Map(resourceTypes.map((type) => [tokenOf(type), type]));

/** The entry of a type token such as `truenas:index:Dataset`, or undefined for a type that does not exist. */
export function resourceType(token: string): ResourceType | undefined {
  return byToken.get(token);
}
