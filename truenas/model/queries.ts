import { ALERT_SERVICES, alertServiceAttributes } from "./alert-service.ts";
import { CLOUD_PROVIDERS, cloudProviderProperties } from "./cloud-credential.ts";
import { CONFIG_NAMESPACES, type Namespace, ROW_NAMESPACES } from "./namespaces.ts";
import { isRecord, wireName } from "./property.ts";
import { replicationProperties } from "./replication-properties.ts";
import type { Call, Row } from "./resource-type.ts";
import { readableColumns } from "./variants.ts";
import { commonZfsProperties, filesystemProperties } from "./zfs-properties.ts";

/** What is used of a task that brings files to a cloud; how its last run ended is for those who look after it. */
const CLOUD_TASK_COLUMNS = [
  ...["id", "description", "path", "credentials.id", "credentials.name", "attributes", "schedule", "pre_script"],
  ...["post_script", "snapshot", "exclude", "enabled", "job.state", "job.error", "job.time_finished"],
];

/** A dataset lists all below it once more under `children`; only what is used is asked for. */
const DATASET_COLUMNS = [
  ...["id", "type", "pool", "mountpoint", "user_properties", "managedby", "usedbydataset", "volsize", "volblocksize"],
  ...Object.entries({ ...commonZfsProperties, ...filesystemProperties })
    .filter(([, property]) => !("providerSide" in property || "writeOnly" in property || property.kind === "map"))
    .map(([name, property]) => wireName(name, property)),
  "snapdev",
];

/** What is used of a user; the rest has hashes of passwords in it. */
const USER_COLUMNS = [
  ...["id", "uid", "username", "full_name", "group", "groups", "home", "shell", "email", "sshpubkey", "locked"],
  ...["sudo_commands", "sudo_commands_nopasswd", "local", "builtin"],
];

/** What programs can state of a replication, which an encryption key is no part of. */
const REPLICATION_COLUMNS = [
  ...["id", "ssh_credentials.name", "periodic_snapshot_tasks"],
  ...Object.entries(replicationProperties)
    .filter(([name, property]) => !("hint" in property) && !["sshConnection", "periodicSnapshotTasks"].includes(name))
    .map(([name, property]) => wireName(name, property)),
];

/** What is read of rows that hold secrets: all the rest. */
const COLUMNS = {
  "cloudsync.credentials": [
    ...["id", "name", "provider.type"],
    ...readableColumns("provider", cloudProviderProperties, CLOUD_PROVIDERS),
  ],
  // The type is beside the attributes in 25.04, and among them from 25.10 on.
  alertservice: [
    ...["id", "name", "level", "enabled", "type", "attributes.type"],
    ...readableColumns("attributes", alertServiceAttributes, ALERT_SERVICES),
  ],
  "iscsi.auth": ["id", "tag", "user", "peeruser", "discovery_auth"],
  api_key: ["id", "name", "username", "expires_at", "revoked"],
  cloud_backup: [...CLOUD_TASK_COLUMNS, "keep_last", "transfer_setting", "absolute_paths", "cache_path", "rate_limit"],
  cloudsync: [
    ...[...CLOUD_TASK_COLUMNS, "direction", "transfer_mode", "encryption", "filename_encryption", "bwlimit"],
    ...["transfers", "create_empty_src_dirs", "follow_symlinks", "include"],
  ],
} as const;

/** How a namespace is read. */
export interface Query extends Call {
  /** True for a reply that may be large: the middleware keeps a bulk's and shows it to everyone who watches its jobs. */
  readonly alone?: boolean;
  /** Rows of the reply, or undefined when it has another form. */
  readonly rowsOf: (reply: unknown) => readonly Row[] | undefined;
}

const list = (reply: unknown) => (Array.isArray(reply) ? reply.filter(isRecord) : undefined);
const one = (reply: unknown) => (isRecord(reply) ? [reply] : undefined);

/** Queries of namespaces that are all read alike. */
function each<N extends string>(namespaces: readonly N[], query: (namespace: N) => Query): Record<N, Query> {
  return Object.fromEntries(namespaces.map((namespace) => [namespace, query(namespace)])) as Record<N, Query>;
}

/** The one call that reads everything of a namespace. */
export const queries: Readonly<Record<Namespace, Query>> = {
  ...each(ROW_NAMESPACES, (namespace) => ({ method: `${namespace}.query`, params: [[], {}], rowsOf: list })),
  ...each(CONFIG_NAMESPACES, (namespace) => ({ method: `${namespace}.config`, params: [], rowsOf: one })),
  "pool.dataset": {
    method: "pool.dataset.query",
    params: [[], { select: DATASET_COLUMNS }],
    rowsOf: list,
    alone: true,
  },
  user: { method: "user.query", params: [[["local", "=", true]], { select: USER_COLUMNS }], rowsOf: list },
  "keychaincredential.pair": {
    method: "keychaincredential.query",
    params: [[["type", "=", "SSH_KEY_PAIR"]], { select: ["id", "name", "type", "attributes.public_key"] }],
    rowsOf: list,
  },
  "keychaincredential.connection": {
    method: "keychaincredential.query",
    params: [[["type", "=", "SSH_CREDENTIALS"]], {}],
    rowsOf: list,
  },
  ...each(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[], (namespace) => ({
    method: `${namespace}.query`,
    params: [[], { select: COLUMNS[namespace] }],
    rowsOf: list,
  })),
  // There is no telling it what to leave out, so nobody who watches jobs is to see its reply.
  mail: { method: "mail.config", params: [], rowsOf: one, alone: true },
  replication: { method: "replication.query", params: [[], { select: REPLICATION_COLUMNS }], rowsOf: list },
  disk: { method: "disk.details", params: [], rowsOf: diskRows },
};

/** Used and unused disks as one list. */
function diskRows(reply: unknown): readonly Row[] | undefined {
  if (!isRecord(reply)) return undefined;
  const used = list(reply["used"]);
  const unused = list(reply["unused"]);

  return used && unused ? [...used.map((disk) => ({ ...disk, used: true })), ...unused] : undefined;
}
