import { randomUUID } from "node:crypto";
import { block, choice, flag, formed, list, text, whole } from "../rules.ts";
import type { WireMap } from "../values.ts";
import type { Datacenter } from "./datacenter.ts";
import { type ObjectType, objectType } from "./object-type.ts";
import { PRIVILEGES } from "./privileges.ts";

const USER = /^[^\s@!:]+@[a-z][a-z0-9._-]*$/i;
const userId = formed(USER, "a name and a realm, such as pulumi@pve", { required: true, replaces: true });

const role: ObjectType = {
  kind: "role",
  inputs: {
    roleId: text({ required: true, replaces: true }),
    privileges: list(choice(PRIVILEGES), { required: true }),
  },
  idOf: ({ roleId }) => String(roleId),
};

const user: ObjectType = {
  kind: "user",
  inputs: {
    userId,
    acls: list(block({ path: text({ required: true }), propagate: flag(), roleId: text({ required: true }) })),
    comment: text(),
    email: text(),
    enabled: flag({ default: true }),
    expirationDate: text(),
    firstName: text(),
    groups: list(),
    keys: text(),
    lastName: text(),
    password: text(),
  },
  idOf: ({ userId: id }) => String(id),
};

const token: ObjectType = {
  kind: "token",
  inputs: {
    userId,
    tokenName: formed(/^[a-z][a-z0-9._-]+$/i, "a letter, then letters, digits and . _ -", {
      required: true,
      replaces: true,
    }),
    comment: text(),
    expirationDate: text(),
    privilegesSeparation: flag({ default: true }),
  },
  idOf: (inputs) => `${inputs["userId"]}!${inputs["tokenName"]}`,
  refuses: ({ userId: id }, datacenter) => (datacenter.get("user", String(id)) ? undefined : `no such user ('${id}')`),
  computed: ["value"],
  secretOutputs: ["value"],
  outputs: (inputs) => ({ value: `${inputs["userId"]}!${inputs["tokenName"]}=${randomUUID()}` }),
};

const acl: ObjectType = {
  kind: "acl",
  inputs: {
    path: formed(/^\//, "a path that starts with /", { required: true, replaces: true }),
    roleId: text({ required: true, replaces: true }),
    userId: formed(USER, "a name and a realm", { replaces: true }),
    groupId: text({ replaces: true }),
    tokenId: text({ replaces: true }),
    propagate: flag({ default: true }),
  },
  idOf: ({ path, userId: id, groupId, tokenId, roleId }) => `${path}?${groupId ?? id ?? tokenId}?${roleId}`,
  check({ userId: id, groupId, tokenId }) {
    const named = [id, groupId, tokenId].filter((who) => who !== undefined);
    return named.length === 1
      ? []
      : [{ property: "userId", reason: "or groupId or tokenId must be given, and only one" }];
  },
  refuses: refusesAcl,
};

function refusesAcl({ roleId, userId: id, tokenId }: WireMap, datacenter: Datacenter): string | undefined {
  const builtIn = String(roleId).startsWith("PVE") || roleId === "Administrator" || roleId === "NoAccess";
  if (!builtIn && !datacenter.get("role", String(roleId))) return `role '${roleId}' does not exist`;
  if (id !== undefined && !datacenter.get("user", String(id))) return `no such user ('${id}')`;
  return tokenId === undefined || datacenter.get("token", String(tokenId)) ? undefined : `no such token '${tokenId}'`;
}

const job: ObjectType = {
  kind: "job",
  inputs: {
    resourceId: text({ required: true, replaces: true }),
    schedule: text({ required: true }),
    storage: text({ required: true }),
    all: flag(),
    bwlimit: whole(),
    compress: choice(["0", "1", "gzip", "lzo", "zstd"]),
    enabled: flag(),
    excludePaths: list(),
    excludes: list(),
    fleecing: block({ enabled: flag(), storage: text() }),
    ionice: whole(0, 8),
    lockwait: whole(),
    mailnotification: choice(["always", "failure"]),
    mailtos: list(),
    maxfiles: whole(),
    mode: choice(["snapshot", "suspend", "stop"]),
    node: text(),
    notesTemplate: text(),
    pbsChangeDetectionMode: choice(["legacy", "data", "metadata"]),
    performance: block({ maxWorkers: whole(), pbsEntriesMax: whole() }),
    pigz: whole(),
    pool: text(),
    protected: flag(),
    pruneBackups: { type: "map" },
    remove: flag(),
    repeatMissed: flag(),
    script: text({ unsupported: true }),
    starttime: text(),
    stdexcludes: flag(),
    stopwait: whole(),
    tmpdir: text({ unsupported: true }),
    vmids: list(),
    zstd: whole(),
  },
  idOf: ({ resourceId }) => String(resourceId),
  check({ all, pool, vmids }) {
    const said = [all === true, pool !== undefined, vmids !== undefined].filter(Boolean);
    return said.length === 1
      ? []
      : [{ property: "vmids", reason: "or pool or all must say what to back up, and only one" }];
  },
  refuses({ storage }, datacenter) {
    const known = datacenter.get("storage", String(storage));
    if (!known) return `storage '${storage}' does not exist`;
    const fits = ((known["contents"] as string[] | undefined) ?? []).includes("backup");
    return fits ? undefined : `storage '${storage}' does not support backups`;
  },
};

const metrics: ObjectType = {
  kind: "metrics server",
  inputs: {
    name: text({ required: true, replaces: true }),
    type: choice(["graphite", "influxdb", "opentelemetry"], { required: true, replaces: true }),
    server: text({ required: true }),
    port: whole(1, 65536, { required: true }),
    disable: flag(),
    graphitePath: text(),
    graphiteProto: choice(["udp", "tcp"]),
    influxApiPathPrefix: text(),
    influxBucket: text(),
    influxDbProto: choice(["udp", "http", "https"]),
    influxMaxBodySize: whole(),
    influxOrganization: text(),
    influxToken: text(),
    influxTokenWo: text(),
    influxTokenWoVersion: whole(),
    influxVerify: flag(),
    mtu: whole(512, 65536),
    opentelemetryCompression: choice(["none", "gzip"]),
    opentelemetryHeaders: text(),
    opentelemetryMaxBodySize: whole(),
    opentelemetryPath: text(),
    opentelemetryProto: choice(["http", "https"]),
    opentelemetryResourceAttributes: text(),
    opentelemetryTimeout: whole(1, 10),
    opentelemetryVerifySsl: flag(),
    timeout: whole(),
  },
  idOf: ({ name }) => String(name),
};

/** Who may do what, what is backed up and where measurements go. */
export const ADMINISTRATION_TYPES = {
  "proxmoxve:index/roleLegacy:RoleLegacy": objectType(role),
  "proxmoxve:index/userLegacy:UserLegacy": objectType(user),
  "proxmoxve:user/token:Token": objectType(token),
  "proxmoxve:index/acl:Acl": objectType(acl),
  "proxmoxve:backup/job:Job": objectType(job),
  "proxmoxve:metrics/server:Server": objectType(metrics),
};
