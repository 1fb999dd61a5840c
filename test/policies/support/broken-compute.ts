// Clusters and machines that break every rule about them exactly once; the rest of each object is in order.
import {
  annotated,
  claim,
  claimed,
  cronJob,
  dataset,
  deployment,
  externalCopy,
  type Judgeable,
  machine,
  nfs,
  says,
  smb,
  storageClass,
  storageMachine,
  truenas,
} from "./resources.ts";

type Props = Readonly<Record<string, unknown>>;

const without = (what: string): Props =>
  Object.fromEntries(Object.entries(annotated("disposable")).filter(([key]) => key !== `homelab/${what}`));
const sqlite = (more: Props = {}) => annotated("runtime", { "homelab/engine": "sqlite", ...more });
const backup = [claimed("slow"), { name: "nas", nfs: { server: "nas", path: "/mnt/tank/backups" } }];
const same = annotated("runtime", { "homelab/purpose": "the same data" });
const MOUNTED = ["hard", "nfsvers=4.1"];

/** Objects of a cluster that break every rule about them once. */
const kubernetes: Judgeable[] = [
  ...["class", "owner", "purpose"].map((what) => deployment(`without-${what}`, [], without(what))),
  claim("sole", "longhorn-sqlite", annotated("authoritative", { "homelab/engine": "sqlite" })),
  claim("files", "truenas-nfs-fast", annotated("authoritative")),
  deployment("nextcloud", [claimed("files")]),
  claim("state", "longhorn-sqlite", sqlite()),
  claim("locked", "truenas-nfs-fast", sqlite()),
  claim("spread", "longhorn", annotated("disposable")),
  claim("pooled", "ceph-block", annotated("disposable")),
  claim("slow", "local-path", sqlite({ "homelab/rpo": "1 hour" })),
  cronJob("backup", "0 1 * * *", backup),
  deployment("pinned", [{ name: "data", hostPath: { path: "/srv" } }]),
  deployment("leaky", [{ name: "data", emptyDir: {} }]),
  storageClass("a", "org.democratic-csi.iscsi", { reclaimPolicy: "Delete" }, { "homelab/parent": "nas/tank/x" }),
  storageClass("b", "org.democratic-csi.iscsi", { reclaimPolicy: "Delete" }, { "homelab/parent": "nas/bare/state" }),
  storageClass("soft", "nfs.csi.k8s.io", { mountOptions: MOUNTED.slice(1) }),
  storageClass("old", "nfs.csi.k8s.io", { mountOptions: MOUNTED.slice(0, 1) }),
  deployment("player", [{ name: "media", persistentVolumeClaim: { claimName: "elsewhere" } }]),
  claim("nameless", "", annotated("disposable")),
  claim("one", "truenas-nfs-fast", same),
  claim("two", "truenas-iscsi-fast", same),
  deployment("mirrored", [claimed("one"), claimed("two")]),
];

const highlyAvailable: Judgeable = {
  type: "proxmoxve:index/haresource:Haresource",
  name: "ha",
  props: { resourceId: "vm:300" },
  on: "din",
};

/** A storage machine with everything wrong, and machines that are wrong each in one way. */
const machines: Judgeable[] = [
  storageMachine({
    protection: false,
    memory: { floating: 2048 },
    startup: undefined,
    hostpcis: [{ id: "0000:03:00.0" }],
    networkDevices: [{ vlanId: 10 }],
  }),
  highlyAvailable,
  machine("gpu-one", { vmId: 401, tags: ["gpu"], hostpcis: [{ mapping: "a310" }] }),
  machine("gpu-two", { vmId: 402, tags: ["gpu"], hostpcis: [{ mapping: "a310" }] }),
  machine("exposed", { vmId: 403, networkDevices: [{ vlanId: 1 }] }),
  machine("hoarder", { vmId: 404, disks: [{ interface: "scsi0" }, { interface: "scsi1" }] }),
];

/** Clusters and machines that break every rule about them exactly once. */
export const brokenCompute: readonly Judgeable[] = [...kubernetes, ...machines];

const owned = (path: string, owner: string) =>
  dataset(path, "runtime", { userProperties: says("runtime", path, { "homelab:owner": owner }) });

/** What breaks every rule of the compute-centric model exactly once. */
export const brokenRoles: readonly Judgeable[] = [
  owned("tank/live", "primary-nas"),
  nfs("tank/live"),
  claim("documents", "truenas-nfs-fast", annotated("runtime", { "homelab/owner": "user-compute" })),
  deployment("ollama", [{ name: "photos", nfs: {} }], annotated("disposable", { "homelab/owner": "ai-compute" })),
  machine("jellyfin", { tags: [] }),
  truenas("App", "immich", {}),
  owned("tank/archive", "archive-nas"),
  smb("archive", "tank/archive"),
  externalCopy("tank/archive", { schedule: undefined }),
];
