import { generateKeyPairSync } from "node:crypto";
import type { Values } from "../plugin.ts";
import { type Call, foundBy, type Managed, type Tampering, within } from "./managed.ts";

const HOST_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const OTHER_KEY = `${HOST_KEY.slice(0, -4)}BBBB`;
const HOURLY = "hourly-%Y-%m-%d_%H-%M";
const DAILY = "daily-%Y-%m-%d_%H-%M";
const PUBLIC_KEY = `${HOST_KEY} root@din`;

const [KEY, OTHER] = ["one", "other"].map(() => {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  return privateKey.export({ type: "pkcs1", format: "pem" }).toString();
});

const pairs = (at: string) =>
  ["key of", "other key of"].map(
    (name): Call => [
      "keychaincredential.create",
      { name: `${name} ${at}`, type: "SSH_KEY_PAIR", attributes: { public_key: PUBLIC_KEY } },
    ],
  );

const connections = (at: string) =>
  ["way to", "other way to"].map(
    (name): Call => [
      "keychaincredential.create",
      {
        name: `${name} ${at}`,
        type: "SSH_CREDENTIALS",
        attributes: { host: "10.10.10.21", private_key: 1, remote_host_key: HOST_KEY },
      },
    ],
  );

const tasks = (at: string) =>
  [HOURLY, DAILY].map(
    (naming_schema): Call => [
      "pool.snapshottask.create",
      { dataset: "tank", recursive: true, naming_schema: `${at}-${naming_schema}` },
    ],
  );

const nightly = { minute: "5", hour: "3", dom: "1", month: "2", dow: "7", begin: "01:00", end: "20:00" };
const attributes = (change: Values) => within("attributes", change);

/** Somebody changes each part of a schedule. */
function otherTimes(path: string, field: string): Record<string, Tampering> {
  const parts = { minute: "6", hour: "4", dom: "3", month: "5", dow: "2", begin: "00:30", end: "23:00" };
  return Object.fromEntries(
    Object.entries(parts).map(([part, value]) => [`${path}.${part}`, within(field, { [part]: value })]),
  );
}

/** What carries snapshots to another appliance. */
export const replications: readonly Managed[] = [
  {
    type: "SshConnection",
    namespace: "keychaincredential",
    ground: pairs,
    stated: (at) => ({
      name: `to grogu ${at}`,
      host: "10.10.10.21",
      port: 2222,
      username: "replicator",
      keyPair: `key of ${at}`,
      remoteHostKey: HOST_KEY,
      connectTimeout: 20,
    }),
    id: ({ name }) => String(name),
    made: {
      name: "to grogu it",
      type: "SSH_CREDENTIALS",
      attributes: {
        host: "10.10.10.21",
        port: 2222,
        username: "replicator",
        private_key: 1,
        remote_host_key: `${HOST_KEY}\n`,
        connect_timeout: 20,
      },
    },
    drift: {
      host: attributes({ host: "10.10.10.22" }),
      port: attributes({ port: 22 }),
      username: attributes({ username: "root" }),
      keyPair: (row) => {
        const old = row["attributes"] as { private_key: number };
        return { attributes: { ...old, private_key: old.private_key + 1 } };
      },
      remoteHostKey: attributes({ remote_host_key: OTHER_KEY }),
      connectTimeout: attributes({ connect_timeout: 10 }),
    },
    changes: {
      host: "grogu.lan",
      port: 22,
      username: "root",
      keyPair: "other key of it",
      remoteHostKey: OTHER_KEY,
      connectTimeout: 5,
    },
    refused: [
      [
        { remoteHostKey: "grogu ssh-ed25519 AAAA" },
        "remoteHostKey",
        'remoteHostKey "grogu ssh-ed25519 AAAA" is no SSH host key; use "type base64" as ssh-keyscan prints it, without the host name',
      ],
      [{ port: 0 }, "port", "port 0 is below the minimum of 1; raise it"],
      [{ host: "a b" }, "host", 'host "a b" has blanks; write it without'],
    ],
    otherwise: { connectTimeout: 7 },
    fixed: foundBy("connection", "name"),
  },
  {
    type: "ReplicationTask",
    namespace: "replication",
    ground: (at) => [...connections(at), ...tasks(at)],
    stated: (at) => ({
      name: `to grogu ${at}`,
      direction: "PUSH",
      transport: "SSH",
      sshConnection: `way to ${at}`,
      sourceDatasets: ["tank/a", "tank/b"],
      targetDataset: "backup/din",
      recursive: true,
      exclude: ["tank/a/sub"],
      properties: false,
      propertiesExclude: ["quota", "mountpoint"],
      propertiesOverride: { readonly: "on" },
      periodicSnapshotTasks: [`tank@${at}-${HOURLY}`, `tank@${at}-${DAILY}`],
      alsoIncludeNamingSchema: ["manual-%Y-%m-%d_%H-%M"],
      auto: true,
      schedule: nightly,
      restrictSchedule: { hour: "*/2" },
      onlyMatchingSchedule: true,
      allowFromScratch: true,
      readonly: "REQUIRE",
      holdPendingSnapshots: true,
      retentionPolicy: "CUSTOM",
      lifetimeValue: 2,
      lifetimeUnit: "WEEK",
      lifetimes: [{ schedule: { minute: "0", hour: "0" }, lifetimeValue: 3, lifetimeUnit: "MONTH" }],
      compression: "LZ4",
      speedLimit: 1_000_000,
      largeBlock: false,
      embed: true,
      compressed: false,
      retries: 3,
      loggingLevel: "DEBUG",
      sudo: true,
      enabled: false,
    }),
    id: ({ name }) => String(name),
    made: {
      name: "to grogu it",
      direction: "PUSH",
      transport: "SSH",
      ssh_credentials: 4,
      source_datasets: ["tank/b", "tank/a"],
      target_dataset: "backup/din",
      recursive: true,
      exclude: ["tank/a/sub"],
      properties: false,
      properties_exclude: ["mountpoint", "quota"],
      properties_override: { readonly: "on" },
      periodic_snapshot_tasks: [3, 2],
      also_include_naming_schema: ["manual-%Y-%m-%d_%H-%M"],
      auto: true,
      schedule: { ...nightly, minute: "05", dow: "sun" },
      restrict_schedule: { hour: "*/2" },
      only_matching_schedule: true,
      allow_from_scratch: true,
      readonly: "REQUIRE",
      hold_pending_snapshots: true,
      retention_policy: "CUSTOM",
      lifetime_value: 2,
      lifetime_unit: "WEEK",
      lifetimes: [{ schedule: { minute: "00", hour: "00" }, lifetime_value: 3, lifetime_unit: "MONTH" }],
      compression: "LZ4",
      speed_limit: 1_000_000,
      large_block: false,
      embed: true,
      compressed: false,
      retries: 3,
      logging_level: "DEBUG",
      sudo: true,
      enabled: false,
    },
    drift: {
      sshConnection: (row) => ({ ssh_credentials: (row["ssh_credentials"] as { id: number }).id + 1 }),
      sourceDatasets: { source_datasets: ["tank/a"] },
      targetDataset: { target_dataset: "backup/other" },
      exclude: { exclude: [] },
      properties: { properties: true },
      propertiesExclude: { properties_exclude: [] },
      'propertiesOverride["readonly"]': { properties_override: { readonly: "off" } },
      periodicSnapshotTasks: (row) => ({
        periodic_snapshot_tasks: (row["periodic_snapshot_tasks"] as { id: number }[]).slice(1).map(({ id }) => id),
      }),
      alsoIncludeNamingSchema: { also_include_naming_schema: [] },
      ...otherTimes("schedule", "schedule"),
      ...otherTimes("restrictSchedule", "restrict_schedule"),
      onlyMatchingSchedule: { only_matching_schedule: false },
      allowFromScratch: { allow_from_scratch: false },
      readonly: { readonly: "SET" },
      holdPendingSnapshots: { hold_pending_snapshots: false },
      lifetimeValue: { lifetime_value: 3 },
      lifetimeUnit: { lifetime_unit: "DAY" },
      lifetimes: { lifetimes: [] },
      compression: { compression: null },
      speedLimit: { speed_limit: null },
      largeBlock: { large_block: true },
      embed: { embed: false },
      compressed: { compressed: true },
      retries: { retries: 5 },
      loggingLevel: { logging_level: null },
      sudo: { sudo: false },
      enabled: { enabled: true },
    },
    changes: {
      sshConnection: "other way to it",
      sourceDatasets: ["tank/a"],
      targetDataset: "backup/din2",
      exclude: [],
      recursive: false,
      properties: true,
      propertiesExclude: [],
      propertiesOverride: {},
      periodicSnapshotTasks: [`tank@it-${DAILY}`],
      alsoIncludeNamingSchema: [],
      onlyMatchingSchedule: false,
      schedule: { hour: "2" },
      restrictSchedule: { hour: "3" },
      allowFromScratch: false,
      readonly: "IGNORE",
      holdPendingSnapshots: false,
      lifetimeValue: 30,
      lifetimeUnit: "DAY",
      lifetimes: [],
      compression: "PIGZ",
      speedLimit: 2_000_000,
      largeBlock: true,
      embed: false,
      compressed: true,
      retries: 1,
      loggingLevel: "ERROR",
      sudo: false,
      enabled: true,
    },
    refused: [
      [
        { periodicSnapshotTasks: [], alsoIncludeNamingSchema: [] },
        "periodicSnapshotTasks",
        "a PUSH needs to know which snapshots to send; state periodicSnapshotTasks, alsoIncludeNamingSchema or nameRegex",
      ],
      [
        { retentionPolicy: "SOURCE", lifetimeUnit: undefined, lifetimes: [] },
        "lifetimeValue",
        "lifetimeValue is for retentionPolicy CUSTOM; leave it out",
      ],
      [
        { exclude: ["tank/c"] },
        "exclude[0]",
        '"tank/c" is below none of the sources (tank/a, tank/b); name datasets below them only',
      ],
      [{ sshConnection: undefined }, "sshConnection", "the other side is reached by an SshConnection; state its name"],
      [{ namingSchema: ["x-%s"] }, "namingSchema", "namingSchema is for PULL; use alsoIncludeNamingSchema"],
    ],
    kept: [
      "sshConnection",
      "periodicSnapshotTasks",
      "schedule",
      "lifetimeValue",
      "lifetimeUnit",
      "onlyMatchingSchedule",
    ],
    otherwise: { retries: 2 },
    fixed: {
      ...foundBy("task", "name"),
      direction: "turns the whole task round: nothing else of it would hold",
      transport: "is what the rest of the task is about",
      auto: "goes with the schedules: without it none may be stated",
    },
  },
  {
    type: "ReplicationTask",
    title: "ReplicationTask that fetches",
    namespace: "replication",
    ground: (at) => connections(`fetch ${at}`),
    stated: (at) => ({
      name: `from grogu ${at}`,
      direction: "PULL",
      transport: "SSH+NETCAT",
      netcatActiveSide: "LOCAL",
      sshConnection: `way to fetch ${at}`,
      sourceDatasets: ["backup/din"],
      targetDataset: "tank/a",
      recursive: true,
      namingSchema: ["x-%s", "manual-%Y-%m-%d_%H-%M"],
      auto: false,
      retentionPolicy: "NONE",
    }),
    id: ({ name }) => String(name),
    made: {
      name: "from grogu it",
      direction: "PULL",
      transport: "SSH+NETCAT",
      netcat_active_side: "LOCAL",
      ssh_credentials: 6,
      source_datasets: ["backup/din"],
      target_dataset: "tank/a",
      recursive: true,
      naming_schema: ["manual-%Y-%m-%d_%H-%M", "x-%s"],
      auto: false,
      retention_policy: "NONE",
    },
    drift: {
      netcatActiveSide: { netcat_active_side: "REMOTE" },
      namingSchema: { naming_schema: ["x-%s"] },
      recursive: { recursive: false },
      retentionPolicy: { retention_policy: "SOURCE" },
    },
    kept: ["sshConnection", "netcatActiveSide", "namingSchema"],
    changes: { netcatActiveSide: "REMOTE", namingSchema: ["x-%s"], retentionPolicy: "SOURCE" },
    otherwise: { retries: 2 },
  },
  {
    type: "ReplicationTask",
    title: "ReplicationTask within the appliance",
    namespace: "replication",
    stated: (at) => ({
      name: `copy ${at}`,
      direction: "PUSH",
      transport: "LOCAL",
      sourceDatasets: ["tank/a"],
      targetDataset: "tank/copy",
      recursive: true,
      nameRegex: "manual-.*",
      replicate: true,
      auto: false,
      retentionPolicy: "SOURCE",
    }),
    id: ({ name }) => String(name),
    made: {
      name: "copy it",
      direction: "PUSH",
      transport: "LOCAL",
      source_datasets: ["tank/a"],
      target_dataset: "tank/copy",
      recursive: true,
      name_regex: "manual-.*",
      replicate: true,
      auto: false,
      retention_policy: "SOURCE",
    },
    drift: { nameRegex: { name_regex: "auto-.*" }, replicate: { replicate: false } },
    kept: ["nameRegex"],
    changes: { nameRegex: ".*", replicate: false },
    otherwise: { retries: 2 },
  },
  {
    type: "SshKeyPair",
    namespace: "keychaincredential",
    stated: (at) => ({ name: `pair ${at}`, privateKey: KEY }),
    id: ({ name }) => String(name),
    made: { name: "pair it", type: "SSH_KEY_PAIR", attributes: { private_key: KEY } },
    drift: { privateKey: { attributes: { private_key: OTHER } } },
    along: { privateKey: ["publicKey"] },
    changes: { privateKey: OTHER },
    refused: [
      [
        { privateKey: "-----BEGIN NONSENSE-----" },
        "privateKey",
        "privateKey cannot be read; use an RSA or ed25519 key without a passphrase, in OpenSSH's or PEM's form",
      ],
    ],
    otherwise: { privateKey: OTHER },
    fixed: foundBy("pair", "name"),
  },
];
