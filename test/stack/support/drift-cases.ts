import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import type { Values, Written } from "./storage.ts";

type Deed = (appliance: SimulatedTrueNas, object: { readonly id: string; readonly rowId: unknown }) => unknown;

/** One managed property, on an object of its own. */
export interface DriftCase {
  readonly type: string;
  /** Where the property stands, as a difference names it. */
  readonly path: string;
  /** What a difference shows, where it names the whole of which the property is a part. */
  readonly shows: string;
  /** What follows the property although the program does not state it. */
  readonly along: readonly string[];
  readonly resource: Written;
  /** Somebody changes the property; `rowId` is the object's number in the middleware, where it has one. */
  readonly deed: (appliance: SimulatedTrueNas, rowId: unknown) => unknown;
}

const GIB = 1024 ** 3;
const TASK = "hourly-%Y-%m-%d_%H-%M";
const TANK = ["Pool tank"];

interface Kind {
  readonly type: string;
  /** Everything that the object states; `at` tells the objects of a type apart. */
  readonly stated: (at: string) => Values;
  readonly id: (props: Values) => string;
  readonly deed: (change: Values) => Deed;
}

interface Odd {
  /** What is stated besides, or instead; undefined is not stated. */
  readonly stated?: Values;
  readonly deed: Deed | Values;
  readonly shows?: string;
  readonly along?: readonly string[];
}

/** Cases of one kind of object: path → what somebody changes, in the middleware's words. */
function cases(kind: Kind, table: Readonly<Record<string, Values | Odd>>): DriftCase[] {
  return Object.entries(table).map(([path, entry]) => {
    const odd: Odd = isOdd(entry) ? entry : { deed: entry };
    const at = path.replace(/\W+/g, "-").toLowerCase().replace(/-$/, "");
    const props = stated({ ...kind.stated(at), ...odd.stated });
    const deed = typeof odd.deed === "function" ? odd.deed : kind.deed(odd.deed);

    return {
      type: kind.type,
      path,
      shows: odd.shows ?? path,
      along: odd.along ?? [],
      resource: { type: kind.type, name: `${path} of ${kind.id(props)}`, props, after: TANK },
      deed: (appliance, rowId) => deed(appliance, { id: kind.id(props), rowId }),
    };
  });
}

function isOdd(entry: Values | Odd): entry is Odd {
  return "deed" in entry;
}

function stated(props: Values): Values {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

const onDataset =
  (change: Values): Deed =>
  (appliance, { id }) =>
    appliance.call("pool.dataset.update", id, change);
const onRow =
  (namespace: string) =>
  (change: Values): Deed =>
  (appliance, { rowId }) =>
    appliance.call(`${namespace}.update`, rowId, change);
const tag = (key: string, value: string) => ({ user_properties_update: [{ key, value }] });

const dataset: Kind = {
  type: "Dataset",
  id: ({ name }) => String(name),
  deed: onDataset,
  stated: (at) => ({
    name: `tank/${at}`,
    comments: "Bücher",
    compression: "ZSTD",
    sync: "ALWAYS",
    readonly: "OFF",
    deduplication: "OFF",
    checksum: "SHA512",
    copies: 2,
    reservation: GIB,
    refreservation: GIB,
    userProperties: { "homelab:class": "authoritative", "homelab:owner": "primary-nas" },
    recordsize: "1M",
    atime: "OFF",
    exec: "OFF",
    snapdir: "VISIBLE",
    aclmode: "PASSTHROUGH",
    acltype: "NFSV4",
    casesensitivity: "INSENSITIVE",
    quota: 5 * GIB,
    refquota: 4 * GIB,
    quotaWarning: 70,
    quotaCritical: 90,
    refquotaWarning: 71,
    refquotaCritical: 91,
  }),
};

const zvol: Kind = {
  type: "Zvol",
  id: ({ name }) => String(name),
  deed: onDataset,
  stated: (at) => ({
    name: `tank/vol-${at}`,
    volsize: 2 * GIB,
    volblocksize: "16K",
    sparse: true,
    snapdev: "VISIBLE",
    comments: "disk",
    compression: "LZ4",
    sync: "ALWAYS",
    readonly: "ON",
    deduplication: "OFF",
    checksum: "SHA256",
    copies: 1,
    reservation: GIB,
    userProperties: { "homelab:class": "runtime" },
  }),
};

const nfs: Kind = {
  type: "NfsShare",
  id: ({ path }) => String(path),
  deed: onRow("sharing.nfs"),
  stated: (at) => ({
    path: `/mnt/plain/nfs-${at}`,
    networks: ["10.10.10.0/24", "10.0.1.0/24"],
    hosts: ["10.0.9.9"],
    ro: true,
    mapallUser: "apps",
    mapallGroup: "apps",
    security: ["SYS"],
    enabled: false,
    comment: "for compute",
  }),
};
const rootOnly = { mapallUser: undefined, mapallGroup: undefined, maprootUser: "root", maprootGroup: "root" };

const smb: Kind = {
  type: "SmbShare",
  id: ({ name }) => String(name),
  deed: onRow("sharing.smb"),
  stated: (at) => ({
    name: `share ${at}`,
    path: "/mnt/plain/shared",
    purpose: "LEGACY_SHARE",
    options: { recyclebin: true, hostsallow: ["10.0.0.1"], shadowcopy: false },
    enabled: false,
    comment: "family",
    readonly: true,
    browsable: false,
    accessBasedShareEnumeration: true,
    audit: { enable: true, watchList: ["builtin_users"], ignoreList: ["builtin_guests"] },
  }),
};
const audit = (change: Values) => ({
  audit: { enable: true, watch_list: ["builtin_users"], ignore_list: ["builtin_guests"], ...change },
});

/** Every option with the purpose that has it, what is stated, and what somebody makes of it. */
const OPTIONS: Readonly<Record<string, readonly [purpose: string, stated: unknown, drifted: unknown]>> = {
  aaplNameMangling: ["DEFAULT_SHARE", true, false],
  hostsallow: ["MULTIPROTOCOL_SHARE", ["10.0.0.1"], ["10.0.0.1", "10.0.0.2"]],
  hostsdeny: ["DEFAULT_SHARE", ["10.0.0.1"], []],
  recyclebin: ["LEGACY_SHARE", true, false],
  pathSuffix: ["LEGACY_SHARE", "%U", null],
  guestok: ["LEGACY_SHARE", false, true],
  streams: ["LEGACY_SHARE", false, true],
  durablehandle: ["LEGACY_SHARE", false, true],
  shadowcopy: ["LEGACY_SHARE", false, true],
  fsrvp: ["LEGACY_SHARE", true, false],
  home: ["LEGACY_SHARE", false, true],
  acl: ["LEGACY_SHARE", true, false],
  afp: ["LEGACY_SHARE", true, false],
  timemachine: ["LEGACY_SHARE", true, false],
  timemachineQuota: ["TIMEMACHINE_SHARE", 5 * GIB, 6 * GIB],
  vuid: ["TIMEMACHINE_SHARE", "0cb0a6b8-9c2c-4f5c-8c8b-0d7f8c8f9a01", "0cb0a6b8-9c2c-4f5c-8c8b-0d7f8c8f9a02"],
  auxsmbconf: ["LEGACY_SHARE", "veto files = /x/", ""],
  autoSnapshot: ["TIMEMACHINE_SHARE", true, false],
  autoDatasetCreation: ["TIMEMACHINE_SHARE", true, false],
  datasetNamingSchema: ["PRIVATE_DATASETS_SHARE", "%U", "%D"],
  gracePeriod: ["TIME_LOCKED_SHARE", 600, 1200],
  autoQuota: ["PRIVATE_DATASETS_SHARE", 5, 6],
  remotePath: ["EXTERNAL_SHARE", ["there\\share"], ["elsewhere\\share"]],
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const smbOptions = Object.entries(OPTIONS).map(([option, [purpose, value, drifted]]): [string, Odd] => {
  const path = purpose === "EXTERNAL_SHARE" ? { path: "EXTERNAL" } : {};
  const change = { purpose, options: { [snake(option)]: drifted }, ...path };

  return [
    `options.${option}`,
    { stated: { purpose, options: { [option]: value }, ...path }, deed: change, shows: "options" },
  ];
});

const snapshots: Kind = {
  type: "SnapshotTask",
  id: ({ dataset: path, namingSchema }) => `${path}@${namingSchema}`,
  deed: onRow("pool.snapshottask"),
  stated: (at) => ({
    dataset: `plain/task-${at}`,
    namingSchema: TASK,
    recursive: true,
    exclude: [`plain/task-${at}/below`],
    lifetimeValue: 24,
    lifetimeUnit: "HOUR",
    allowEmpty: false,
    enabled: false,
    schedule: { minute: "0", hour: "*/2", dom: "1", month: "2", dow: "mon", begin: "08:00", end: "20:00" },
  }),
};
const window = (change: Values) => ({
  schedule: { minute: "0", hour: "*/2", dom: "1", month: "2", dow: "1", begin: "08:00", end: "20:00", ...change },
});

const scrubs: Kind = {
  type: "ScrubTask",
  id: ({ pool }) => String(pool),
  deed: onRow("pool.scrub"),
  stated: (at) => ({
    pool: `p-${at}`,
    threshold: 6,
    schedule: { minute: "0", hour: "2", dom: "1", month: "3", dow: "7" },
    enabled: false,
    description: "weekly",
  }),
};
const scrub = (change: Values) => ({
  schedule: { minute: "0", hour: "2", dom: "1", month: "3", dow: "7", ...change },
});

const acl: Kind = {
  type: "FilesystemAcl",
  id: ({ path }) => String(path),
  deed:
    (change) =>
    (appliance, { id }) =>
      appliance.call("filesystem.chown", { path: id, ...change }),
  stated: (at) => ({ path: `/mnt/plain/acl-${at}`, user: "apps", group: "apps", mode: "770" }),
};
const grants = (perms: string) => [
  { tag: "owner@", type: "ALLOW", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
  { tag: "group@", type: "ALLOW", perms: { BASIC: perms }, flags: { BASIC: "INHERIT" } },
];

/** Every property that can change behind the provider's back and be changed back. */
export const driftCases: readonly DriftCase[] = [
  ...cases(
    {
      type: "Pool",
      id: ({ name }) => String(name),
      stated: () => ({ name: "tank", topology: { data: [{ type: "STRIPE", disks: ["S1"] }] }, autotrim: "ON" }),
      deed: onRow("pool"),
    },
    { autotrim: { autotrim: "OFF" } },
  ).map((one) => ({ ...one, resource: { ...one.resource, name: "tank", after: [] } })),
  ...cases(dataset, {
    comments: { comments: "other" },
    compression: { compression: "INHERIT" },
    sync: { sync: "STANDARD" },
    readonly: { readonly: "INHERIT" },
    deduplication: { deduplication: "ON" },
    checksum: { checksum: "ON" },
    copies: { copies: 1 },
    reservation: { reservation: 0 },
    refreservation: { refreservation: 2 * GIB },
    'userProperties["homelab:class"]': tag("homelab:class", "disposable"),
    'userProperties["homelab:owner"]': { user_properties_update: [{ key: "homelab:owner", remove: true }] },
    recordsize: { recordsize: "128K" },
    atime: { atime: "ON" },
    exec: { exec: "ON" },
    snapdir: { snapdir: "HIDDEN" },
    aclmode: { aclmode: "RESTRICTED" },
    acltype: {
      stated: { acltype: "POSIX", aclmode: undefined },
      deed: { acltype: "NFSV4", aclmode: "PASSTHROUGH" },
      along: ["aclmode"],
    },
    quota: { quota: 6 * GIB },
    refquota: { refquota: 0 },
    quotaWarning: { quota_warning: 50 },
    quotaCritical: { quota_critical: "INHERIT" },
    refquotaWarning: { refquota_warning: 51 },
    refquotaCritical: { refquota_critical: 52 },
  }),
  ...cases(zvol, {
    sparse: { deed: { refreservation: 2 * GIB }, along: ["refreservation"] },
    snapdev: { snapdev: "HIDDEN" },
    comments: { comments: "" },
    compression: { compression: "OFF" },
    sync: { sync: "INHERIT" },
    readonly: { readonly: "OFF" },
    deduplication: { deduplication: "INHERIT" },
    checksum: { checksum: "ON" },
    copies: { copies: 2 },
    reservation: { reservation: 0 },
    refreservation: { stated: { refreservation: GIB }, deed: { refreservation: 0 } },
    'userProperties["homelab:class"]': tag("homelab:class", "x"),
  }),
  ...cases(
    { ...zvol, stated: (at) => ({ ...zvol.stated(`thick-${at}`), sparse: false }) },
    {
      sparse: { deed: { refreservation: 0 }, along: ["refreservation"] },
    },
  ),
  ...cases(nfs, {
    networks: { networks: ["10.10.10.0/24"] },
    hosts: { hosts: [] },
    ro: { ro: false },
    mapallUser: { mapall_user: "root" },
    mapallGroup: { mapall_group: "root" },
    maprootUser: { stated: rootOnly, deed: { maproot_user: "apps" } },
    maprootGroup: { stated: rootOnly, deed: { maproot_group: "apps" } },
    security: { security: [] },
    enabled: { enabled: true },
    comment: { comment: "" },
  }),
  ...cases(smb, {
    path: { path: "/mnt/plain/other" },
    purpose: {
      stated: { options: undefined },
      deed: { purpose: "MULTIPROTOCOL_SHARE", options: {} },
      along: ["options"],
    },
    enabled: { enabled: true },
    comment: { comment: "" },
    readonly: { readonly: false },
    browsable: { browsable: true },
    accessBasedShareEnumeration: { access_based_share_enumeration: false },
    "audit.enable": audit({ enable: false }),
    "audit.watchList": audit({ watch_list: ["builtin_administrators"] }),
    "audit.ignoreList": audit({ ignore_list: [] }),
    ...Object.fromEntries(smbOptions),
  }),
  ...cases(snapshots, {
    recursive: { stated: { exclude: undefined }, deed: { recursive: false } },
    exclude: { exclude: [] },
    lifetimeValue: { lifetime_value: 12 },
    lifetimeUnit: { lifetime_unit: "DAY" },
    allowEmpty: { allow_empty: true },
    enabled: { enabled: true },
    "schedule.minute": window({ minute: "30" }),
    "schedule.hour": window({ hour: "*" }),
    "schedule.dom": window({ dom: "*" }),
    "schedule.month": window({ month: "3" }),
    "schedule.dow": window({ dow: "*" }),
    "schedule.begin": window({ begin: "09:00" }),
    "schedule.end": window({ end: "21:00" }),
  }),
  ...cases(scrubs, {
    threshold: { threshold: 35 },
    enabled: { enabled: true },
    description: { description: "" },
    "schedule.minute": scrub({ minute: "30" }),
    "schedule.hour": scrub({ hour: "3" }),
    "schedule.dom": scrub({ dom: "*" }),
    "schedule.month": scrub({ month: "*" }),
    "schedule.dow": scrub({ dow: "1" }),
  }),
  ...cases(acl, {
    user: { uid: 0 },
    group: { gid: 0 },
    uid: { stated: { user: undefined, uid: 568 }, deed: { uid: 0 } },
    gid: { stated: { group: undefined, gid: 568 }, deed: { gid: 0 } },
    mode: { deed: (appliance, { id }) => appliance.call("filesystem.setperm", { path: id, mode: "777" }) },
    dacl: {
      stated: { mode: undefined, acltype: "NFS4", dacl: grants("MODIFY") },
      deed: (appliance, { id }) => appliance.call("filesystem.setacl", { path: id, dacl: grants("READ") }),
    },
  }),
  ...cases(
    {
      type: "Service",
      id: ({ service }) => String(service),
      stated: (at) => ({ service: at === "enable" ? "nfs" : "cifs", enable: true, running: true }),
      deed: () => () => undefined,
    },
    {
      enable: { deed: (appliance, { id }) => appliance.call("service.update", id, { enable: false }) },
      running: { deed: (appliance, { id }) => appliance.call("service.control", "STOP", id) },
    },
  ),
];

/** Properties of the schema that nobody can change behind the provider's back, and why. */
export const NOT_DRIFTING: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Pool: {
    name: "is how the pool is found: another name is another pool",
    topology: "cannot be changed back: its drift is a test of its own",
    create: "is a confirmation to the provider",
  },
  Dataset: {
    name: "is how the dataset is found: another name is another dataset",
    casesensitivity: "is fixed once made",
    shareType: "is not kept by TrueNAS",
    onDestroy: "is an instruction to the provider",
    adopt: "is an instruction to the provider",
  },
  Zvol: {
    name: "is how the volume is found: another name is another volume",
    volsize: "cannot be changed back: its drift is a test of its own",
    volblocksize: "is fixed once made",
    onDestroy: "is an instruction to the provider",
    adopt: "is an instruction to the provider",
  },
  FilesystemAcl: {
    path: "is how the directory is found",
    acltype: "follows the dataset: it changes with the list",
    recursive: "is an instruction to the provider",
  },
  NfsShare: { path: "is how the share is found", adopt: "is an instruction to the provider" },
  SmbShare: { name: "is how the share is found", adopt: "is an instruction to the provider" },
  SnapshotTask: {
    dataset: "is how the task is found",
    namingSchema: "is how the task is found",
    adopt: "is an instruction to the provider",
  },
  ScrubTask: { pool: "is how the task is found", adopt: "is an instruction to the provider" },
  Service: { service: "is how the service is found" },
};
