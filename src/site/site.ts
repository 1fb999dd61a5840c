import type { z } from "zod";
import type { siteSchema } from "./schema.ts";

/** The same value, with nothing in it that can be assigned to. */
type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** A checked site: sizes in bytes, defaults filled in, deep-frozen. */
export type Site = DeepReadonly<z.output<typeof siteSchema>>;

/** Anything that a map of the site holds. */
type Entry<T> = T extends Readonly<Record<string, infer E>> ? E : never;

/** A VLAN. */
export type Network = Entry<Site["networks"]>;
/** A machine. */
export type Host = Entry<Site["hosts"]>;
/** A rhythm of snapshots. */
export type SnapshotTier = Entry<Site["snapshotTiers"]>;
/** A TrueNAS appliance. */
export type Appliance = Entry<Site["appliances"]>;
/** A pool. */
export type PoolSpec = Entry<Appliance["pools"]>;
/** Disks of a pool and how they are combined; every vdev carries its disks' size in bytes. */
export type Topology = PoolSpec["topology"];
/** When a pool is verified. */
export type Scrub = NonNullable<PoolSpec["scrub"]>;
/** A dataset. */
export type DatasetSpec = Entry<PoolSpec["datasets"]>;
/** A zvol. */
export type ZvolSpec = Entry<PoolSpec["zvols"]>;
/** Snapshots that a dataset asks for. */
export type SnapshotSpec = DatasetSpec["snapshots"][number];
/** Owner and permissions of a mount point. */
export type Permissions = NonNullable<DatasetSpec["permissions"]>;
/** Ways to a dataset. */
export type Access = DatasetSpec["access"];
/** An NFS export. */
export type NfsAccess = NonNullable<Access["nfs"]>;
/** An SMB share. */
export type SmbAccess = NonNullable<Access["smb"]>;
/** A dataset anywhere in the site. */
export type DatasetRef = NonNullable<DatasetSpec["promoteTo"]>;
/** A copy inside the house. */
export type Replication = Entry<Site["replications"]>;
/** A copy outside the house. */
export type Offsite = Entry<Site["offsites"]>;
/** A restore that is tried regularly. */
export type RestoreTestSpec = Entry<Site["restoreTests"]>;
/** A place outside the house. */
export type Cloud = Entry<Site["clouds"]>;
/** Copies of appliances' own configuration. */
export type ConfigurationCopies = NonNullable<Site["configurationCopies"]>;
/** How somebody is told of what goes wrong. */
export type Alerts = Site["alerts"];
/** An accepted exception from a policy. */
export type Waiver = Site["waivers"][number];
/** What is managed on a Proxmox host. */
export type Proxmox = NonNullable<Host["proxmox"]>;
/** A VLAN-aware bridge of a host. */
export type Bridge = Entry<Proxmox["bridges"]>;
/** A card that can be passed through. */
export type Device = Entry<Proxmox["devices"]>;
/** An image that machines are made from. */
export type Image = Entry<Site["images"]>;
/** A virtual machine for infrastructure. */
export type InfrastructureMachine = Entry<Site["machines"]>;
/** Hardware of a virtual machine. */
export type MachineSpec = InfrastructureMachine["vm"];
/** A Kubernetes cluster. */
export type Cluster = Entry<Site["clusters"]>;
/** A machine of a cluster. */
export type ClusterNode = Entry<Cluster["nodes"]>;
/** An application. */
export type Workload = Entry<Site["workloads"]>;
