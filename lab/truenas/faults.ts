import type { FaultPlan, Match } from "./fault-plan.ts";
import type { ApplianceState, DiskCondition, PoolCondition } from "./state/appliance-state.ts";
import { poolNamed } from "./zfs/pool-members.ts";
import { dirAvailable, poolBytes, usage } from "./zfs/space.ts";

/** How often a fault strikes; once unless said otherwise, `Infinity` until cleared. */
export interface Times {
  readonly times?: number;
}

/** A fault that may be limited to one method; a bulk is also recognised by the method of its items. */
export interface OnMethod extends Times {
  readonly method?: string;
}

/** What the faults can reach beyond the plan. */
export interface FaultReach {
  readonly state: ApplianceState;
  listen(): Promise<void>;
  hangUp(): Promise<void>;
  restartMiddleware(): void;
  /** Milliseconds since the epoch, by the appliance's clock. */
  now(): number;
  /** A disk begins to fail. */
  diskFails(serial: string, condition: DiskCondition): Promise<void>;
}

/** Things that go wrong on demand. */
export class Faults {
  readonly #plan: FaultPlan;
  readonly #reach: FaultReach;

  constructor(plan: FaultPlan, reach: FaultReach) {
    this.#plan = plan;
    this.#reach = reach;
  }

  /** Turns logins away although the key is right. */
  refuseLogin({ times = 1 }: Times = {}): void {
    this.#plan.add("refuseLogin", {}, times);
  }

  /** Presents a host key that nobody has pinned. */
  wrongHostKey({ times = 1 }: Times = {}): void {
    this.#plan.add("wrongHostKey", {}, times);
  }

  /** Presents a host key that nobody has pinned to other appliances that connect. */
  foreignHostKey({ times = Number.POSITIVE_INFINITY }: Times = {}): void {
    this.#plan.add("foreignHostKey", {}, times);
  }

  /** Breaks off what this appliance replicates, after that part of a snapshot has arrived. */
  breakTransfer({ fraction = 0.5, dataset, times = 1 }: { fraction?: number; dataset?: string } & Times = {}): void {
    this.#plan.add("breakTransfer", { fraction, dataset }, times);
  }

  /** Opens no channel on a connection that stands, as a server does that has too many of them. */
  refuseChannel({ times = 1 }: Times = {}): void {
    this.#plan.add("refuseChannel", {}, times);
  }

  /** Cuts the connection before the call reached the middleware, or after it took effect but before the reply. */
  dropConnection({ when, method, times = 1 }: OnMethod & { readonly when: "before" | "after" }): void {
    this.#plan.add(when === "before" ? "dropBefore" : "dropAfter", { method }, times);
  }

  /**
   * Makes a method slow. The effect comes first and the reply late, or with `effect: "last"` the effect comes at the
   * end; either way the appliance carries on when the client has given up.
   */
  slowCall({
    method,
    ms,
    effect = "first",
    times = 1,
  }: { readonly method: string; readonly ms: number; readonly effect?: "first" | "last" } & Times): void {
    this.#plan.add("slow", { method, ms, effect }, times);
  }

  /** Lets the call take effect but the client give up with `Call timeout`, without the wait. */
  callTimeout({ method, times = 1 }: OnMethod = {}): void {
    this.#plan.add("callTimeout", { method }, times);
  }

  /** Makes a method fail with the given error, e.g. `[EBUSY] pool or dataset is busy`, alone or as an item of a bulk. */
  errorOn({
    method,
    text,
    match,
    times = 1,
  }: { readonly method: string; readonly text: string; readonly match?: Match } & Times): void {
    this.#plan.add("error", { method, match, text }, times);
  }

  /** Makes those items of a bulk fail whose arguments match. */
  badItem({
    method,
    match,
    text,
    times = 1,
  }: { readonly method: string; readonly match: Match; readonly text: string } & Times): void {
    this.#plan.add("badItem", { method, match, text }, times);
  }

  /** Writes something harmless to stderr before the reply. */
  stderrNoise({
    method,
    text = "/usr/lib/python3/dist-packages/requests/__init__.py:109: RequestsDependencyWarning\n",
    times = 1,
  }: OnMethod & { readonly text?: string } = {}): void {
    this.#plan.add("stderrNoise", { method, text }, times);
  }

  /** Lets the call take effect but replaces the reply by something that is not JSON; the exit code stays 0. */
  replyNotJson({
    method,
    text = "<html><body>502 Bad Gateway</body></html>\n",
    times = 1,
  }: OnMethod & { readonly text?: string } = {}): void {
    this.#plan.add("replyNotJson", { method, text }, times);
  }

  /** Lets `midclt` find no middleware to talk to. */
  daemonDown({ times = 1 }: Times = {}): void {
    this.#plan.add("daemonDown", {}, times);
  }

  /** Restarts the middleware: at once, or right after the method (with matching arguments) took effect. */
  restartMiddleware(during?: { readonly method: string; readonly match?: Match } & Times): void {
    if (during === undefined) this.#reach.restartMiddleware();
    else this.#plan.add("restart", { method: during.method, match: during.match }, during.times ?? 1);
  }

  /** Cuts the appliance off as soon as changes of interfaces are applied, until they are taken back. */
  cutOffByCommit({ times = 1 }: Times = {}): void {
    this.#plan.add("cut", { method: "interface.commit" }, times);
  }

  /** Gives every disk the kernel name of the next one, as a restart of the host may. */
  renameDisks(): void {
    const { state } = this.#reach;
    const disks = [...state.disks.values()];
    for (const [index, disk] of disks.entries()) {
      const name = disks[(index + 1) % disks.length]?.name ?? disk.name;
      state.disks.put(disk.serial, { ...disk, name });
    }
    state.commit();
  }

  /** Leaves a filesystem unmounted, as one is whose key is not loaded. */
  unmount(dataset: string): void {
    const { state } = this.#reach;
    const row = state.datasets.get(dataset);
    if (row === undefined) throw new Error(`unmount: there is no dataset ${dataset}`);
    state.datasets.put(dataset, { ...row, unmounted: true });
    state.commit();
  }

  /** Fills a pool to the last byte until `clear` or `healPool`. */
  fullPool(pool: string): void {
    const { state } = this.#reach;
    const root = state.datasets.get(pool);
    if (root === undefined) throw new Error(`fullPool: there is no pool ${pool}`);
    const before = this.#condition(pool);
    this.#setCondition(pool, { ...before, ballast: before.ballast + dirAvailable(state, root) });
  }

  /** Fills a pool until that many percent of it are used, unless more is. */
  fillPool(pool: string, percent: number): void {
    const { state } = this.#reach;
    const root = state.datasets.get(pool);
    if (root === undefined) throw new Error(`fillPool: there is no pool ${pool}`);
    const before = this.#condition(pool);
    const wanted = Math.ceil((poolBytes(state, pool) * percent) / 100) - usage(state, root).total;
    this.#setCondition(pool, { ...before, ballast: before.ballast + Math.max(0, wanted) });
  }

  /** Gives a pool another status; `disk` is the serial of the one to blame, by default its first. */
  poolStatus(pool: string, status: PoolCondition["status"], disk?: string): void {
    const first = poolNamed(this.#reach.state, pool)?.topology.data[0]?.disks[0]?.serial;
    const culprit = disk ?? first;
    const before = this.#condition(pool);
    this.#setCondition(pool, { status, ballast: before.ballast, ...(culprit === undefined ? {} : { disk: culprit }) });
  }

  /** A pool that lost a disk but still works. */
  degradedPool(pool: string, disk?: string): void {
    this.poolStatus(pool, "DEGRADED", disk);
  }

  /** Pauses a scrub of a pool, and leaves it so. */
  pauseScrub(pool: string): void {
    this.#setCondition(pool, { ...this.#condition(pool), pausedAt: this.#reach.now() });
  }

  /** Lets a disk say of itself that it fails; with 25.04 the service that watches disks must run to hear it. */
  async failingDisk(serial: string, condition: DiskCondition = { uncorrectedErrors: 8 }): Promise<void> {
    this.#reach.state.diskConditions.put(serial, condition);
    await this.#reach.diskFails(serial, condition);
  }

  /** Makes a pool healthy and gives its space back. */
  healPool(pool: string): void {
    this.#reach.state.poolConditions.delete(pool);
  }

  /** Keeps a dataset busy, or lets go of it: deleting a busy one fails with EBUSY. */
  busyDataset(path: string, busy = true): void {
    const { state } = this.#reach;
    const dataset = state.datasets.get(path);
    if (dataset === undefined) throw new Error(`busyDataset: there is no dataset ${path}`);
    state.datasets.put(path, { ...dataset, busy });
    state.commit();
  }

  /** Keeps a service from starting, or lets it start again. */
  failingService(service: string, fails = true): void {
    if (fails) this.#reach.state.failingServices.add(service);
    else this.#reach.state.failingServices.delete(service);
  }

  /** Takes the host off the network: connections end, new ones are refused. */
  async hostDown(): Promise<void> {
    await this.#reach.hangUp();
  }

  /** Brings the host back on the same port. */
  async hostUp(): Promise<void> {
    await this.#reach.listen();
  }

  /** Ends every fault, planned or under way. */
  async clear(): Promise<void> {
    this.#plan.clear();
    this.#reach.state.failingServices.clear();
    for (const serial of this.#reach.state.diskConditions.keys()) this.#reach.state.diskConditions.delete(serial);
    for (const pool of this.#reach.state.poolConditions.keys()) this.healPool(pool);
    await this.#reach.listen();
  }

  #condition(pool: string): PoolCondition {
    return this.#reach.state.poolConditions.get(pool) ?? { status: "ONLINE", ballast: 0 };
  }

  #setCondition(pool: string, condition: PoolCondition): void {
    this.#reach.state.poolConditions.put(pool, condition);
  }
}
