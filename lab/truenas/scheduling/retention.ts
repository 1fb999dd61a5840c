import type { ApplianceState } from "../state/appliance-state.ts";
import type { SnapshotRow, SnapshotTaskRow } from "../state/rows.ts";
import { clonesOf } from "../zfs/clones.ts";
import { destroySnapshot } from "../zfs/snapshot-actions.ts";
import { nextFiring } from "./cron.ts";
import { nameTime } from "./naming-schema.ts";
import { covered } from "./snapshot-task-run.ts";

const HOUR_MS = 3_600_000;
const fixedUnits: Readonly<Record<string, number>> = { HOUR: HOUR_MS, DAY: 24 * HOUR_MS, WEEK: 7 * 24 * HOUR_MS };

/** When a snapshot taken at `from` has outlived the task's lifetime. Months and years follow the calendar. */
export function expiry(task: SnapshotTaskRow, from: number): number {
  const unit = fixedUnits[task.lifetime_unit];
  if (unit !== undefined) return from + task.lifetime_value * unit;
  const date = new Date(from);
  const months = task.lifetime_value * (task.lifetime_unit === "YEAR" ? 12 : 1);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

/** Decides how long a snapshot is kept: as long as any task that would have taken it says; without one, for ever. */
export class Retention {
  readonly #owners = new Map<string, SnapshotTaskRow[]>();
  readonly #firings = new Map<string, boolean>();
  readonly #ends = new Map<string, number | undefined>();

  constructor(state: ApplianceState) {
    for (const task of state.snapshotTasks.values().filter(({ enabled }) => enabled)) {
      for (const { id } of covered(state, task)) this.#owners.set(id, [...(this.#owners.get(id) ?? []), task]);
    }
  }

  /** The moment at which the snapshot may go, in milliseconds; undefined when no task owns it. */
  keptUntil({ id, dataset, name }: SnapshotRow): number | undefined {
    if (!this.#ends.has(id)) this.#ends.set(id, this.#end(dataset, name));
    return this.#ends.get(id);
  }

  #end(dataset: string, name: string): number | undefined {
    const ends = (this.#owners.get(dataset) ?? []).flatMap((task) => {
      const taken = nameTime(task.naming_schema, name);
      return taken !== undefined && this.#fires(task, taken) ? [expiry(task, taken)] : [];
    });
    return ends.length === 0 ? undefined : Math.max(...ends);
  }

  #fires(task: SnapshotTaskRow, at: number): boolean {
    const key = `${task.id} ${at}`;
    const known = this.#firings.get(key);
    if (known !== undefined) return known;
    const fires = nextFiring(task.schedule, at - 1000) === at;
    this.#firings.set(key, fires);
    return fires;
  }
}

/** Destroys every snapshot that has outlived the tasks that own it; held ones stay, and those that a clone stands on. */
export function expireSnapshots(state: ApplianceState, retention: Retention, now: number): void {
  for (const snapshot of state.snapshots.values()) {
    const until = retention.keptUntil(snapshot);
    if (until !== undefined && until <= now && !snapshot.held && clonesOf(state, snapshot.id).length === 0)
      destroySnapshot(state, snapshot);
  }
}
