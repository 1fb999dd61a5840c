import { createHash } from "node:crypto";
import type { PendingChanges } from "../network/rows.ts";
import type {
  DatasetRow,
  DiskRow,
  NfsShareRow,
  NodeRow,
  PoolRow,
  ScrubTaskRow,
  ServiceRow,
  SmbShareRow,
  SnapshotRow,
  SnapshotTaskRow,
} from "./rows.ts";
import { type Groups, Store, Table } from "./store.ts";

/** What ails a pool. */
export interface PoolCondition {
  readonly status: "ONLINE" | "DEGRADED" | "FAULTED" | "SUSPENDED";
  /** Serial of the disk at fault. */
  readonly disk?: string;
  /** Bytes taken by something outside every dataset. */
  readonly ballast: number;
  /** When somebody paused a scrub of it. */
  readonly pausedAt?: number;
}

/** A machine that is logged in to a target. */
export interface IscsiSession {
  readonly target: string;
  /** Its IQN. */
  readonly initiator: string;
  readonly address: string;
}

/** What ails a disk. */
export interface DiskCondition {
  readonly uncorrectedErrors?: number;
  /** Its last self-test failed. */
  readonly failedSelfTest?: boolean;
}

/** One snapshot on its way from one dataset to another. */
export interface Transfer {
  /** Name of the replication. */
  readonly task: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `dataset@name` on the side that it came from. */
  readonly snapshot: string;
  /** Name of the snapshot that it was built upon; null for a whole one. */
  readonly from: string | null;
  readonly bytes: number;
  /** True for the rest of one that had broken off. */
  readonly resumed: boolean;
  /** False for one that broke off. */
  readonly complete: boolean;
}

/** Everything that one appliance remembers across a restart. */
export class ApplianceState {
  readonly disks: Table<DiskRow>;
  readonly pools: Table<PoolRow>;
  readonly datasets: Table<DatasetRow>;
  readonly snapshots: Table<SnapshotRow>;
  readonly snapshotsByDataset: Groups<SnapshotRow>;
  readonly nodes: Table<NodeRow>;
  readonly snapshotTasks: Table<SnapshotTaskRow>;
  readonly scrubTasks: Table<ScrubTaskRow>;
  readonly nfsShares: Table<NfsShareRow>;
  readonly smbShares: Table<SmbShareRow>;
  readonly services: Table<ServiceRow>;
  /** Single values: counters, the clock's offset, facts about the machine. */
  readonly facts: Table<number | string>;
  /** Conditions of pools that a fault has brought about; gone after a restart. */
  readonly poolConditions: Table<PoolCondition> = new Table(() => {});
  /** Changes of interfaces that are not final; gone when the middleware restarts. */
  readonly pendingInterfaces: Table<PendingChanges> = new Table(() => {});
  /** Set by the appliance: what happens when changes of interfaces were taken back. */
  networkReverted: () => Promise<void> = async () => {};
  /** Since when the replication tasks run that are running, by row; nothing runs on after a restart. */
  readonly runningReplications: Table<number> = new Table(() => {});
  /** Every stream that this appliance's replications sent or fetched since it was started. */
  readonly transfers: Transfer[] = [];
  /** Who is logged in to which target; nobody after a restart. */
  readonly iscsiSessions: Table<IscsiSession> = new Table(() => {});
  /** What disks say of themselves since a fault; gone after a restart. */
  readonly diskConditions: Table<DiskCondition> = new Table(() => {});
  /** Services that a fault keeps from starting. */
  readonly failingServices = new Set<string>();
  readonly #store: Store;

  constructor(dir: string) {
    const store = new Store(dir);
    this.#store = store;
    this.disks = store.table("disks");
    this.pools = store.table("pools");
    this.datasets = store.table("datasets");
    this.snapshots = store.table("snapshots");
    this.snapshotsByDataset = this.snapshots.groupBy(({ dataset }) => dataset);
    this.nodes = store.table("nodes");
    this.snapshotTasks = store.table("snapshotTasks");
    this.scrubTasks = store.table("scrubTasks");
    this.nfsShares = store.table("nfsShares");
    this.smbShares = store.table("smbShares");
    this.services = store.table("services");
    this.facts = store.table("facts");
  }

  /** The rows of a namespace that keeps nothing but them. */
  table<Row>(namespace: string): Table<Row> {
    return this.#store.table(namespace);
  }

  /** Every table by name. */
  tables(): readonly (readonly [name: string, table: Table<unknown>])[] {
    return this.#store.all();
  }

  /** The next value of a sequence that never hands out a number twice, starting at 1. */
  next(sequence: string): number {
    const value = Number(this.facts.get(`next ${sequence}`) ?? 1);
    this.facts.put(`next ${sequence}`, value + 1);
    return value;
  }

  /**
   * A number as long as ZFS's guids, the same for the same appliance history; an appliance that was made anew later, under
   * the same name, gives others.
   */
  guid(): string {
    const seed = `${this.facts.get("hostname")} ${this.facts.get("bootedAt")} ${this.next("guid")}`;
    return createHash("sha256").update(seed).digest().readBigUInt64BE().toString();
  }

  /** Makes every change so far durable. */
  commit(): void {
    this.#store.commit();
  }

  /** Makes every change from now on durable together, when `settle` is called. */
  defer(): void {
    this.#store.defer();
  }

  settle(): void {
    this.#store.settle();
  }

  close(): void {
    this.#store.close();
  }
}
