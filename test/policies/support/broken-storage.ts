// Storage that breaks every rule about it exactly once; the rest of each object is in order.
import {
  copied,
  dataset,
  externalCopy,
  type Judgeable,
  monitor,
  nfs,
  pool,
  poolInOrder,
  replication,
  restoreTest,
  says,
  scrub,
  smb,
  snapshots,
  TB,
  tankInOrder,
  topology,
  truenas,
  zvol,
} from "./resources.ts";

type Props = Readonly<Record<string, unknown>>;

const described = (path: string, dataClass: string, more: Props) =>
  dataset(path, dataClass, { userProperties: says(dataClass, path, more) });
const promotion = { "homelab:promote-to": "nas/tank/x", "homelab:deadline": "2027-06-30" };

const classification: Judgeable[] = [
  dataset("tank/edited", "runtime"),
  nfs("tank/undeclared"),
  described("tank/passing", "transitional", promotion),
  dataset("tank/passing/state", "runtime"),
  described("tank/homeless", "transitional", { "homelab:deadline": "2027-06-30" }),
  described("tank/endless", "transitional", { "homelab:promote-to": "nas/tank/x" }),
  dataset("tank/twice", "authoritative", { userProperties: says("authoritative", "tank/x") }),
  ...poolInOrder("scratch"),
  dataset("scratch/kept", "authoritative"),
  ...poolInOrder("single", { topology: topology("STRIPE") }),
  dataset("single/kept", "authoritative"),
  dataset("tank/media", "runtime"),
  nfs("tank/media"),
  smb("media", "tank/media", { comment: "Nextcloud" }),
];

const access: Judgeable[] = [
  nfs("tank/x", { networks: ["10.10.10.0/24", "192.168.0.0/24"] }),
  smb("compute", "tank/x", { options: { hostsallow: ["10.10.10.0/24"] } }),
  nfs("tank/x/open", { networks: [] }),
  nfs("tank/x/root", { maprootUser: "root" }),
  dataset("tank/hasty", "authoritative", { sync: "DISABLED" }),
  truenas("NfsConfig", "nfs", { protocols: ["NFSV3"], bindip: ["10.10.10.20"] }),
  smb("guests", "tank/x", { options: { guestok: true } }),
  truenas("SshConnection", "away", { name: "away", host: "10.10.10.21", username: "taker" }),
  truenas("User", "taker", { username: "taker", sshpubkey: "ssh-ed25519 AAAA", sudoCommands: ["ALL"] }, "away"),
  truenas("StaticRoute", "out", { destination: "0.0.0.0/0", gateway: "10.10.10.1" }),
];

/** Two in one folder, with one key. */
const repository = (description: string): Props => {
  const place = { credential: "clear", bucket: "copies", folder: "all" };
  return { description, path: "/mnt/elsewhere", keepLast: 1, ...place };
};

/** A pool without snapshots, one with few copies, and an appliance that nobody hears. */
const protection: Judgeable[] = [
  ...[pool("bare"), scrub("bare"), ...copied("bare", true)],
  dataset("bare/kept", "authoritative"),
  dataset("bare/state", "runtime"),
  ...[pool("solo"), scrub("solo"), snapshots("solo", { recursive: true })],
  described("solo/brain", "authoritative", { "homelab:owner": "ai-compute" }),
  externalCopy("solo/brain"),
  dataset("solo/home", "authoritative"),
  externalCopy("solo/home", { host: "beta" }),
  dataset("solo/state", "runtime"),
  dataset("solo/away", "runtime"),
  externalCopy("solo/away", { host: "grogu" }),
  dataset("tank/kept", "disposable"),
  replication("tank/x", "tank/x/copy", { transport: "LOCAL", retentionPolicy: "SOURCE" }),
  replication("tank/y", "backup/y", { retentionPolicy: "CUSTOM", lifetimeValue: 1, lifetimeUnit: "HOUR" }),
  dataset("tank/y", "runtime"),
  described("tank/often", "runtime", { "homelab:rpo": "5 minutes" }),
  zvol("tank/disk", "runtime"),
  replication("tank/disk", "bulk/disk", { transport: "LOCAL" }),
  dataset("tank/group", "container"),
  replication("tank/group", "backup/group", { retentionPolicy: "SOURCE" }),
  dataset("tank/made", "runtime"),
  replication("tank/made", "backup/made"),
  ...["tank/twice", "scratch/kept", "single/kept", "tank/hasty", "solo/brain"].map((path) => restoreTest(path)),
  ...["bare/kept", "solo/home", "tank/loose"].map((path) => restoreTest(path)),
  restoreTest("tank/elsewhere", { evidence: undefined }),
  pool("silent", {}, "deaf"),
  truenas(
    "ReplicationTask",
    "silent",
    { transport: "SSH", sourceDatasets: ["silent/a"], targetDataset: "b/a", allowFromScratch: true },
    "deaf",
  ),
  truenas("CloudCredential", "clear", { name: "clear", type: "S3", endpoint: "http://s3.example" }),
  ...["one", "another"].map((description) => truenas("CloudBackup", description, repository(description))),
];

const capacity: Judgeable[] = [
  ...poolInOrder("full"),
  dataset("full/large", "runtime", { quota: 1.5 * TB }),
  ...poolInOrder("tight"),
  dataset("tight/large", "runtime", { quota: 0.95 * TB }),
  dataset("tank/endlessly", "runtime", { quota: 0 }),
  dataset("tank/reserved", "runtime", { reservation: 2 * TB }),
  dataset("tank/late", "runtime", { quotaWarning: 99 }),
];

const safety: Judgeable[] = [
  ...poolInOrder("loose", { onDestroy: "destroy" }).map((resource) => ({ ...resource, protect: false })),
  { ...dataset("tank/loose", "authoritative", { onDestroy: "destroy" }), protect: false },
  dataset("tank/told", "runtime", { comments: `AKIA${"ABCDEFGHIJKLMNOP"}` }),
  { ...smb("shared", "tank/x"), name: "nas/one" },
  { ...smb("SHARED", "tank/x"), name: "nas/other" },
  { type: "homelab:storage:TrueNas", name: "overheard", props: { secrets: "argv" } },
];

/** Storage that breaks every rule about it exactly once. */
export const brokenStorage: readonly Judgeable[] = [
  ...tankInOrder(),
  monitor("elsewhere"),
  dataset("tank/x", "authoritative"),
  ...classification,
  ...access,
  ...protection,
  ...capacity,
  ...safety,
];
