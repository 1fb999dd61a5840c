// Resources for the pack to judge, as short as a table of cases needs them.

/** A resource for the pack to judge; the text `unknown` stands for a value that is known only after the update. */
export interface Judgeable {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  /** The appliance, cluster or host that it lies on. */
  readonly on?: string;
  readonly protect?: boolean;
}

type Props = Readonly<Record<string, unknown>>;

/** Decimal terabyte in bytes. */
export const TB = 1e12;
/** A value that is known only after the update. */
export const UNKNOWN = "unknown";

/** The site, nas-centric and steady unless said otherwise. */
export function site(props: Props = {}): Judgeable {
  const networks = {
    management: { vlan: 1, cidr: "10.10.1.0/24" },
    storage: { vlan: 10, cidr: "10.10.10.0/24" },
    lan: { vlan: 20, cidr: "192.168.0.0/24" },
  };
  return {
    type: "homelab:index:Site",
    name: "home",
    props: { name: "home", ownershipModel: "nas-centric", phase: "steady", waivers: [], networks, ...props },
  };
}

/** The same site where compute owns its data. */
export function computeSite(props: Props = {}): Judgeable {
  return site({ ownershipModel: "compute-centric", ...props });
}

/** A TrueNAS resource on an appliance called nas. */
export function truenas(type: string, name: string, props: Props, on = "nas"): Judgeable {
  return { type: `truenas:index:${type}`, name: `${on}/${name}`, props, on, protect: true };
}

/** A mirrored pool of 1 TB. */
export function pool(name: string, props: Props = {}, on = "nas"): Judgeable {
  return truenas("Pool", name, { name, topology: topology("MIRROR"), ...props }, on);
}

/** One vdev of two disks of 1 TB. */
export function topology(type: string): Props {
  return { data: [{ type, disks: ["A", "B"], diskSize: TB }] };
}

/** A dataset of a class, owned by the primary NAS, with a quota. */
export function dataset(path: string, dataClass: string, props: Props = {}, on = "nas"): Judgeable {
  return truenas("Dataset", path, { name: path, quota: 1e9, userProperties: says(dataClass, path), ...props }, on);
}

/** A zvol of a class. */
export function zvol(path: string, dataClass: string, props: Props = {}): Judgeable {
  return truenas("Zvol", path, { name: path, volsize: 1e9, userProperties: says(dataClass, path), ...props });
}

/** What data says of itself on the NAS. */
export function says(dataClass: string, purpose: string, more: Props = {}): Props {
  return { "homelab:class": dataClass, "homelab:owner": "primary-nas", "homelab:purpose": purpose, ...more };
}

/** An hourly snapshot task that keeps a day. */
export function snapshots(path: string, props: Props = {}, on = "nas"): Judgeable {
  const kept = { lifetimeValue: 24, lifetimeUnit: "HOUR", schedule: { minute: "0" }, namingSchema: "h-%Y" };
  return truenas("SnapshotTask", `${path}@hourly`, { dataset: path, ...kept, ...props }, on);
}

/** A replication to another appliance. */
export function replication(source: string, target: string, props: Props = {}): Judgeable {
  const way = { direction: "PUSH", transport: "SSH", auto: true, holdPendingSnapshots: true };
  const ends = { sourceDatasets: [source], targetDataset: target };
  return truenas("ReplicationTask", `copy of ${source}`, { ...way, ...ends, ...props });
}

/** An NFS export to the storage network. */
export function nfs(path: string, props: Props = {}): Judgeable {
  return truenas("NfsShare", path, { path: `/mnt/${path}`, networks: ["10.10.10.0/24"], ...props });
}

/** An SMB share for people. */
export function smb(name: string, path: string, props: Props = {}): Judgeable {
  return truenas("SmbShare", name, {
    name,
    path: `/mnt/${path}`,
    options: { hostsallow: ["192.168.0.0/24"] },
    ...props,
  });
}

/** A Kubernetes object of a cluster called prod. */
export function kubernetes(type: string, name: string, props: Props, annotations: Props = {}): Judgeable {
  const metadata = { name, namespace: "apps", annotations };
  return { type: `kubernetes:${type}`, name, props: { metadata, ...props }, on: "prod" };
}

/** What a Kubernetes object says of itself. */
export function annotated(dataClass: string, more: Props = {}): Props {
  return { "homelab/class": dataClass, "homelab/owner": "primary-nas", "homelab/purpose": "an application", ...more };
}

/** A claim of a class of storage. */
export function claim(name: string, storageClassName: string, annotations: Props = annotated("runtime")): Judgeable {
  return kubernetes("core/v1:PersistentVolumeClaim", name, { spec: { storageClassName } }, annotations);
}

/** A StorageClass of a provisioner. */
export function storageClass(name: string, provisioner: string, props: Props = {}, annotations: Props = {}): Judgeable {
  return kubernetes("storage.k8s.io/v1:StorageClass", name, { provisioner, ...props }, annotations);
}

/** A persistent volume with a source. */
export function volume(name: string, spec: Props, annotations: Props = annotated("runtime")): Judgeable {
  return kubernetes("core/v1:PersistentVolume", name, { spec }, annotations);
}

/** A deployment with volumes. */
export function deployment(
  name: string,
  volumes: readonly Props[],
  annotations: Props = annotated("runtime"),
): Judgeable {
  const containers = [{ name, image: `registry.example/${name}:1` }];
  return kubernetes("apps/v1:Deployment", name, { spec: { template: { spec: { containers, volumes } } } }, annotations);
}

/** A CronJob with volumes. */
export function cronJob(name: string, schedule: string, volumes: readonly Props[]): Judgeable {
  const jobTemplate = { spec: { template: { spec: { containers: [{ name, image: "busybox" }], volumes } } } };
  return kubernetes("batch/v1:CronJob", name, { spec: { schedule, jobTemplate } }, annotated("disposable"));
}

/** A volume of a pod that is a claim. */
export function claimed(claimName: string, more: Props = {}): Props {
  return { name: claimName, persistentVolumeClaim: { claimName, ...more } };
}

/** A virtual machine on din. */
export function machine(name: string, props: Props = {}): Judgeable {
  const networkDevices = [{ bridge: "vmbr0", vlanId: 30 }];
  const own = { name, vmId: 400, nodeName: "din", networkDevices, tags: ["infrastructure"] };
  return { type: "proxmoxve:index/vmLegacy:VmLegacy", name, props: { ...own, ...props }, on: "din" };
}

/** The storage machine of din, as it should be. */
export function storageMachine(props: Props = {}, protect = true): Judgeable {
  const own = {
    vmId: 300,
    hostpcis: [{ device: "hostpci0", mapping: "din-h330" }],
    networkDevices: [
      { bridge: "vmbr0", vlanId: 10 },
      { bridge: "vmbr0", vlanId: 20 },
    ],
    memory: { dedicated: 65536, floating: 0 },
    startup: { order: 1 },
    protection: true,
    tags: ["infrastructure", "storage"],
  };
  return { ...machine("truenas-primary", { ...own, ...props }), protect };
}

/** A pool in order, all of whose data is in order too. */
export function poolInOrder(name: string, props: Props = {}, on = "nas"): Judgeable[] {
  return [pool(name, props, on), scrub(name, on), snapshots(name, { recursive: true }, on), ...copied(name, true, on)];
}

/** A pool called tank in order, on an appliance that is watched. */
export function tankInOrder(props: Props = {}): Judgeable[] {
  return [...poolInOrder("tank", props), monitor()];
}

/** A weekly scrub. */
export function scrub(name: string, on = "nas"): Judgeable {
  return truenas("ScrubTask", name, { pool: name, threshold: 6, schedule: { minute: "0", hour: "2", dow: "7" } }, on);
}

/** Two copies that others carry: one on another host, one outside the house. */
export function copied(path: string, recursive = false, on = "nas"): Judgeable[] {
  return [externalCopy(path, { recursive, host: "beta" }, on), externalCopy(path, { recursive }, on)];
}

/** A copy that others carry, outside the house unless a host is named. */
export function externalCopy(path: string, props: Props = {}, on = "nas"): Judgeable {
  const own = { dataset: path, recursive: false, method: "rsync", sourceHost: "alpha", schedule: { minute: "0" } };
  const name = `${on}/${path} to ${props["host"] ?? "the cloud"}`;
  return { type: "homelab:protection:ExternalCopy", name, props: { ...own, ...props }, on };
}

/** A quarterly restore test that succeeded lately, seen from any day of these years. */
export function restoreTest(path: string, props: Props = {}, on = "nas"): Judgeable {
  const evidence = { performedAt: "2100-01-01T00:00:00Z", result: "passed", seconds: 1, bytes: 1, files: 1 };
  const own = { appliance: on, dataset: path, tier: "snapshot", everyDays: 90, evidence };
  return { type: "homelab:protection:RestoreTest", name: path.replaceAll("/", "-"), props: { ...own, ...props } };
}

/** A monitor outside that watches everything. */
export function monitor(on = "nas"): Judgeable {
  const watches = ["capacity", "scrub", "smart", "replication"];
  return { type: "homelab:protection:ExternalMonitor", name: `${on}/monitor`, props: { watches }, on };
}
