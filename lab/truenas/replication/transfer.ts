import type { DatasetRow, SnapshotRow } from "../state/rows.ts";
import { abandonPartial, keepPartial, type ReceiveOptions, receive } from "../zfs/receive.ts";
import { type Stream, send } from "../zfs/send.ts";
import { snapshotsOf } from "../zfs/snapshots.ts";
import type { Run } from "./context.ts";
import { ReplicationError } from "./errors.ts";
import type { Sides, Step } from "./steps.ts";

/** Properties that never travel unless a task overrides them. */
const STAY = ["mountpoint", "sharenfs", "sharesmb"] as const;

function optionsOf({ spec, now }: Run): ReceiveOptions {
  const { properties, properties_exclude, properties_override } = spec;
  const stay = STAY.filter((name) => !(name in properties_override));
  return { properties, exclude: [...properties_exclude, ...stay], override: properties_override, now };
}

function snapshotOf({ source }: Sides, dataset: string, name: string): SnapshotRow {
  const snapshot = source.state.snapshots.get(`${dataset}@${name}`);
  if (snapshot === undefined)
    throw new ReplicationError(`cannot open '${dataset}@${name}': dataset does not exist`, true);
  return snapshot;
}

function datasetOf({ source }: Sides, dataset: string): DatasetRow {
  const row = source.state.datasets.get(dataset);
  if (row === undefined) throw new ReplicationError(`cannot open '${dataset}': dataset does not exist`, true);
  return row;
}

/** Sends one snapshot, from an earlier one that both sides have or from nothing. */
export function transfer(run: Run, sides: Sides, step: Step, name: string, base: string | undefined): void {
  const to = snapshotOf(sides, step.source, name);
  const from = base === undefined ? undefined : snapshotOf(sides, step.source, base);
  if (from !== undefined && from.createtxg >= to.createtxg)
    throw new ReplicationError(`warning: cannot send '${to.id}': not an earlier snapshot from the same fs`);
  pass(run, sides, step, send(sides.source.state, datasetOf(sides, step.source), to, from), 0);
}

/** Sends the rest of what broke off earlier; gives it up where its snapshots are no longer there. */
export async function resume(run: Run, sides: Sides, step: Step): Promise<void> {
  const partial = sides.target.state.datasets.get(step.target)?.partial;
  if (partial === undefined) return;
  const there = snapshotsOf(sides.source.state, step.source);
  const to = there.find(({ guid }) => guid === partial.to);
  const from = there.find(({ guid }) => guid === partial.from);
  const copies = snapshotsOf(sides.target.state, step.target);
  const outdated = partial.from === null ? copies.length > 0 : !copies.some(({ guid }) => guid === partial.from);
  if (to === undefined || (partial.from !== null && from === undefined) || outdated) {
    sides.target.change(`cannot receive: failed to abort`);
    abandonPartial(sides.target.state, step.target);
    return;
  }
  await run.progress?.(0, 1, to.id);
  pass(run, sides, step, send(sides.source.state, datasetOf(sides, step.source), to, from), partial.bytes);
}

function pass(run: Run, sides: Sides, step: Step, stream: Stream, arrived: number): void {
  sides.source.change(`warning: cannot send '${stream.to.id}'`);
  const kind = stream.from === undefined ? "new filesystem" : "incremental";
  sides.target.change(`cannot receive ${kind} stream`);
  const { faults, state } = run.own;
  const left = Math.max(0, stream.bytes - arrived);
  const broken = faults.take("breakTransfer", ({ dataset }) => dataset === undefined || dataset === step.source);
  const bytes = Math.floor(left * (broken?.fraction ?? 1));
  const entry = {
    task: run.name,
    at: run.now,
    snapshot: stream.to.id,
    from: stream.from?.name ?? null,
    bytes,
    resumed: arrived > 0,
    complete: broken === undefined,
  };
  if (broken !== undefined) {
    keepPartial(sides.target.state, step.target, stream, arrived + bytes, run.now);
    state.transfers.push(entry);
    throw new ReplicationError("Broken pipe.", true);
  }
  receive(sides.target.state, step.target, stream, optionsOf(run));
  state.transfers.push(entry);
}
