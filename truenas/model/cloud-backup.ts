import { adopt } from "./adopt.ts";
import {
  type Attributes,
  checkVolume,
  cloudTask,
  cloudTaskProperties,
  PATH_LIMIT,
  providerTypeOf,
  taskPayload,
} from "./cloud-task.ts";
import type { Properties, Values } from "./property.ts";
import { Refused } from "./refused.ts";
import { defineType, type PlanContext, type Problem } from "./resource-type.ts";

const properties = {
  ...cloudTaskProperties,
  path: {
    kind: "string",
    doc: "What is backed up: a directory below /mnt, or a volume as /dev/zvol/pool/path.",
    required: true,
    rule: "backupPath",
    compare: "trimmed",
    maxLength: PATH_LIMIT,
  },
  password: {
    kind: "string",
    doc: "Password of the repository. Without it nobody can read the repository ever again, so keep it elsewhere too.",
    required: true,
    secret: true,
    writeOnly: true,
    maxLength: 1024,
  },
  keepLast: {
    kind: "integer",
    doc: "How many snapshots of the repository stay, whichever task made them.",
    required: true,
    min: 1,
    unit: "snapshots",
  },
  transferSetting: {
    kind: "enum",
    doc: "How much is packed and read at once. Default DEFAULT.",
    values: ["DEFAULT", "PERFORMANCE", "FAST_STORAGE"],
    default: "DEFAULT",
  },
  absolutePaths: {
    kind: "boolean",
    doc: "Keeps whole paths in the repository. Default false. A change makes a new task.",
    default: false,
    replaces: true,
  },
  cachePath: {
    kind: "string",
    doc: "Directory in a pool for restic's cache, which makes runs faster; from 25.10 on. Default none.",
    default: null,
    rule: "mountPath",
    compare: "trimmed",
  },
  rateLimit: {
    kind: "integer",
    doc: "Most that is sent or fetched in a second, in KiB; from 25.10 on. Default no limit.",
    default: null,
    min: 1,
    unit: "KiB/s",
  },
  adopt: adopt("a task of this description"),
} as const satisfies Properties;

const ATTRIBUTES: Attributes = { bucket: "bucket", folder: "folder" };
/** Providers that TrueNAS can give a restic repository at. */
const RESTIC_PROVIDERS = ["S3", "STORJ_IX"];

/** A restic repository in a cloud, written on a schedule. */
export const cloudBackup = defineType({
  name: "CloudBackup",
  doc: "A directory or volume that is backed up into a restic repository in a bucket, encrypted, on a schedule. Making or changing it looks into the repository, or makes it. Taking it out of the program leaves the repository in the bucket.",
  properties,
  ...cloudTask("cloud_backup", properties, ATTRIBUTES, payload),
  unread: () => ["password"],
  check,
});

function payload(values: Values, context: PlanContext): Values {
  const provider = providerTypeOf(values["credential"], context.rows);
  if (provider !== undefined && !RESTIC_PROVIDERS.includes(provider))
    throw new Refused(
      `cloud credential "${values["credential"]}" is of type ${provider}, and TrueNAS keeps restic repositories with ${RESTIC_PROVIDERS.join(" and ")} only; reach Backblaze B2 with a credential of type S3 and its S3 endpoint`,
    );

  return forDialect(taskPayload(properties, ATTRIBUTES, values, context), context);
}

const SINCE_2510 = { cache_path: "cachePath", rate_limit: "rateLimit" };

function forDialect(wire: Values, { dialect }: PlanContext): Values {
  if (dialect !== "25.04") return wire;
  const stated = Object.entries(SINCE_2510).filter(([field]) => wire[field] !== undefined && wire[field] !== null);
  if (stated.length > 0) {
    const names = stated.map(([, name]) => name).join(" and ");
    throw new Refused(`TrueNAS 25.04 has no ${names} of cloud backups; remove it or upgrade to 25.10`);
  }

  return Object.fromEntries(Object.entries(wire).filter(([field]) => !(field in SINCE_2510)));
}

function check(inputs: Values): readonly Problem[] {
  const both = inputs["snapshot"] === true && inputs["absolutePaths"] === true;
  const empty = inputs["password"] === "";

  return [
    ...checkVolume(inputs),
    ...(both
      ? [{ property: "snapshot", reason: "snapshot cannot be used with absolutePaths; leave one of them out" }]
      : []),
    ...(empty ? [{ property: "password", reason: "password is empty; a repository needs one" }] : []),
  ];
}
