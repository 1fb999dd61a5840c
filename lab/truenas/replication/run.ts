import { makeMountpoint } from "../filesystem/nodes.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import { isWithin, parentPath } from "../zfs/dataset-tree.ts";
import { destroyTree, heldBelow } from "../zfs/destroy.ts";
import { ZfsError } from "../zfs/receive.ts";
import type { Run } from "./context.ts";
import { ReplicationError } from "./errors.ts";
import { targetOf } from "./mapping.ts";
import { compareNames } from "./order.ts";
import { preRetention } from "./pre-retention.ts";
import { Readonlys } from "./readonly.ts";
import { select } from "./selection.ts";
import { localSide, remoteSide } from "./session.ts";
import { isReadonly, type Sides, type Step, snapshotNames, stepsOf } from "./steps.ts";
import { requireNoData } from "./target-data.ts";
import { resume, transfer } from "./transfer.ts";

/** What a replication came to: the last snapshot that arrived, if any did. */
export interface RunResult {
  readonly lastSnapshot?: string;
}

interface Plan extends Step {
  readonly base: string | undefined;
  readonly snapshots: readonly string[];
}

/** Carries a replication out; throws ReplicationError with the words of the middleware. */
export async function runReplication(run: Run): Promise<RunResult> {
  let result: RunResult = {};
  const { spec } = run;
  for (const root of [...spec.source_datasets].sort(compareNames)) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        result = { ...result, ...(await runPart(run, root)) };
        break;
      } catch (error) {
        const known = error instanceof ZfsError ? new ReplicationError(error.message.trim()) : error;
        if (known instanceof ReplicationError && known.recoverable && attempt < spec.retries) continue;
        throw known;
      }
    }
  }
  return result;
}

function sidesOf({ own, surroundings, spec }: Run): Sides {
  const here = localSide(own);
  const there = remoteSide(own, surroundings, spec);
  there.look();
  return spec.direction === "PUSH" ? { source: here, target: there } : { source: there, target: here };
}

async function runPart(run: Run, root: string): Promise<RunResult> {
  const { spec } = run;
  const sides = sidesOf(run);
  checkEnds(run, sides, root);
  const steps = stepsOf(spec, sides, root);
  preRetention(run, sides, targetOf(spec, root));
  for (const step of steps) await resume(run, sides, step);
  requireReadonly(run, sides, steps);
  const plans = planned(run, sides, steps);
  const readonlys = new Readonlys(spec, sides.target.state, steps);
  const total = plans.reduce((sum, { snapshots }) => sum + snapshots.length, 0);
  let sent = 0;
  let result: RunResult = {};
  for (const plan of plans) {
    let { base } = plan;
    for (const snapshot of plan.snapshots) {
      await run.progress?.(sent, total, `${plan.source}@${snapshot}`);
      transfer(run, sides, plan, snapshot, base);
      readonlys.settle(plan.target);
      result = { lastSnapshot: `${plan.source}@${snapshot}` };
      base = snapshot;
      sent += 1;
    }
  }
  return result;
}

function checkEnds({ spec }: Run, { source, target }: Sides, root: string): void {
  const from = source.state.datasets.get(root);
  if (from === undefined) throw new ReplicationError(`cannot open '${root}': dataset does not exist`);
  const id = targetOf(spec, root);
  const to = target.state.datasets.get(id);
  if (to === undefined) return;
  if (spec.only_from_scratch === true) throw new ReplicationError(`Target dataset '${id}' already exists`);
  const kind = (type: string) => type.toLowerCase();
  if (from.type !== to.type)
    throw new ReplicationError(
      `Source '${root}' is a ${kind(from.type)}, but target '${id}' already exists and is a ${kind(to.type)}`,
    );
}

function requireReadonly({ spec }: Run, { target }: Sides, steps: readonly Step[]): void {
  if (spec.readonly !== "REQUIRE") return;
  for (const step of steps) {
    const row = target.state.datasets.get(step.target);
    if (row === undefined || isReadonly(target.state, row)) continue;
    const remedy =
      row.type === "VOLUME" ? ` Please run "zfs set readonly=on ${row.id}" on the target system to fix this.` : "";
    throw new ReplicationError(
      `Target dataset '${row.id}' exists and does not have readonly=on property, but replication task is set up to require this property. Refusing to replicate.${remedy}`,
    );
  }
}

/** What is sent of each dataset; refuses what would lose data, or gives the target up where that is allowed. */
function planned(run: Run, sides: Sides, steps: readonly Step[]): Plan[] {
  const { spec, own } = run;
  const bare: string[] = [];
  const plans: Plan[] = [];
  for (const [index, step] of steps.entries()) {
    if (bare.some((root) => isWithin(step.source, root))) continue;
    const source = snapshotNames(sides.source.state, step.source);
    const { base, snapshots } = select(own.state, spec, source, snapshotNames(sides.target.state, step.target));
    if (base === undefined && snapshots.length > 0) clearWay(run, sides, steps, index);
    if (snapshots.length > 0) {
      if (index === 0) makeParents(sides, step.target, run.now);
      plans.push({ ...step, base, snapshots });
      continue;
    }
    if (index === 0 && base === undefined && spec.name_regex === null)
      throw new ReplicationError(`Dataset '${step.source}' does not have any matching snapshots to replicate`);
    if (source.length === 0) bare.push(step.source);
  }
  return plans;
}

/** Makes sure that a whole dataset may be sent. */
function clearWay({ spec }: Run, { target }: Sides, steps: readonly Step[], index: number): void {
  const step = steps[index];
  if (step === undefined) return;
  if (snapshotNames(target.state, step.target).length === 0) {
    const children = steps.slice(index + 1).map((other) => other.target);
    if (!spec.allow_from_scratch && index === 0) requireNoData(target.state, step.target, children);
    return;
  }
  if (!spec.allow_from_scratch)
    throw new ReplicationError(
      `No incremental base on dataset '${step.source}' and replication from scratch is not allowed`,
    );
  target.change(`cannot destroy '${step.target}'`);
  const held = heldBelow(target.state, step.target);
  if (held !== undefined) throw new ReplicationError(`cannot destroy snapshot ${held}: dataset is busy`);
  destroyTree(target.state, step.target);
}

function makeParents({ target }: Sides, dataset: string, now: number): void {
  const parent = parentPath(dataset);
  if (parent === undefined || target.state.datasets.has(parent)) return;
  const root = parent.split("/")[0] ?? parent;
  if (!target.state.datasets.has(root)) throw new ReplicationError(`cannot create '${parent}': no such pool '${root}'`);
  target.change(`cannot create '${parent}'`);
  const missing: string[] = [];
  for (let path: string | undefined = parent; path && !target.state.datasets.has(path); path = parentPath(path))
    missing.unshift(path);
  for (const path of missing) makeFilesystem(target.state, path, now);
}

function makeFilesystem(state: ApplianceState, id: string, now: number): void {
  const row = { properties: { xattr: "sa" }, userProperties: {}, extents: [] };
  const numbers = { guid: state.guid(), createtxg: state.next("txg"), createdAt: now };
  state.datasets.put(id, { id, type: "FILESYSTEM", ...numbers, ...row });
  makeMountpoint(state, id);
}
