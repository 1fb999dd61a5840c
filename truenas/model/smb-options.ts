import type { Properties } from "./property.ts";

const flag = <const D extends boolean>(doc: string, fallback: D) =>
  ({ kind: "boolean", doc, default: fallback }) as const;
const hosts = (doc: string) =>
  ({
    kind: "list",
    doc,
    items: { kind: "string", doc: "A host name, address or network." },
    compare: "set",
    default: [],
  }) as const;

/** Every option of every share purpose; which purpose takes which is in `OPTIONS_OF_PURPOSE`. */
export const smbOptions = {
  aaplNameMangling: flag("Stores characters that NTFS forbids the way macOS does.", false),
  hostsallow: hosts("Hosts that may connect; empty is everybody."),
  hostsdeny: hosts("Hosts that may not connect."),
  recyclebin: flag("Keeps deleted files in a recycle bin.", false),
  pathSuffix: { kind: "string", doc: "Suffix of the path per user.", default: null },
  guestok: flag("Lets anybody in without a password.", false),
  streams: flag("Alternate data streams.", true),
  durablehandle: flag("Durable handles; off where files are shared by other protocols.", true),
  shadowcopy: flag("Shows snapshots as previous versions.", true),
  fsrvp: flag("File server remote VSS protocol.", false),
  home: flag("Home directories.", false),
  acl: flag("Access control lists.", true),
  afp: flag("Compatibility with data written over AFP.", false),
  timemachine: flag("Time Machine target.", false),
  timemachineQuota: {
    kind: "integer",
    doc: "Bytes per Time Machine client; 0 is none.",
    default: 0,
    min: 0,
    unit: "bytes",
  },
  vuid: { kind: "string", doc: "Identity of a Time Machine volume; TrueNAS makes one up." },
  auxsmbconf: { kind: "string", doc: "Further Samba parameters.", default: "" },
  autoSnapshot: flag("Snapshot after each Time Machine session.", false),
  autoDatasetCreation: flag("A dataset for each user.", false),
  datasetNamingSchema: { kind: "string", doc: "Name of each user's dataset.", default: null },
  gracePeriod: {
    kind: "integer",
    doc: "Seconds until a file is locked.",
    default: 900,
    min: 60,
    max: 15552000,
    unit: "seconds",
  },
  autoQuota: { kind: "integer", doc: "Quota of each user's dataset in GiB; 0 is none.", default: 0, min: 0 },
  remotePath: hosts("Server and share that clients are sent to."),
} as const satisfies Properties;

const HOSTS = ["hostsallow", "hostsdeny"] as const;

/** Options that each purpose accepts; TrueNAS refuses any other. */
export const OPTIONS_OF_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  DEFAULT_SHARE: ["aaplNameMangling", ...HOSTS],
  MULTIPROTOCOL_SHARE: ["aaplNameMangling", ...HOSTS],
  LEGACY_SHARE: [
    "recyclebin",
    "pathSuffix",
    ...HOSTS,
    "guestok",
    "streams",
    "durablehandle",
    "shadowcopy",
    "fsrvp",
    "home",
    "acl",
    "afp",
    "timemachine",
    "timemachineQuota",
    "aaplNameMangling",
    "vuid",
    "auxsmbconf",
  ],
  TIMEMACHINE_SHARE: [
    "timemachineQuota",
    "autoSnapshot",
    "autoDatasetCreation",
    "datasetNamingSchema",
    "vuid",
    ...HOSTS,
  ],
  TIME_LOCKED_SHARE: ["gracePeriod", "aaplNameMangling", ...HOSTS],
  PRIVATE_DATASETS_SHARE: ["datasetNamingSchema", "autoQuota", "aaplNameMangling", ...HOSTS],
  EXTERNAL_SHARE: ["remotePath"],
};
