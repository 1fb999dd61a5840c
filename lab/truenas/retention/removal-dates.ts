import type { ApplianceState } from "../state/appliance-state.ts";
import type { SnapshotRow } from "../state/rows.ts";
import type { Owner } from "./owner.ts";

/** The user property that says when a snapshot goes; every appliance reads its own only. */
export function removalDateProperty(state: ApplianceState): string {
  return `org.truenas:destroy_at_${String(state.facts.get("hostid")).slice(0, 8)}`;
}

/** The moment at which a snapshot goes by its own property, in milliseconds; undefined when it has none. */
export function removalDate({ userProperties }: SnapshotRow, property: string): number | undefined {
  const text = userProperties[property];
  const time = text === undefined ? Number.NaN : Date.parse(`${text}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Owns the snapshots whose removal date was fixed. */
export function removalDateOwner(state: ApplianceState, now: number): Owner {
  const property = removalDateProperty(state);
  const dates = new Map<string, number>();
  for (const snapshot of state.snapshots.values()) {
    const date = removalDate(snapshot, property);
    if (date !== undefined) dates.set(snapshot.id, date);
  }
  const datasets = new Set([...dates.keys()].map((id) => id.split("@", 1)[0]));
  const dateOf = (dataset: string, name: string) => dates.get(`${dataset}@${name}`);
  return {
    schemas: [],
    anyName: true,
    deletes: true,
    ownsDataset: (dataset) => datasets.has(dataset),
    ownsSnapshot: (dataset, { name }) => dateOf(dataset, name) !== undefined,
    keeps: (dataset, { name }) => (dateOf(dataset, name) ?? 0) > now,
  };
}

/** Writes onto a snapshot when it goes, unless it goes later already. */
export function fixRemovalDate(state: ApplianceState, snapshot: SnapshotRow, date: number): void {
  const property = removalDateProperty(state);
  const before = removalDate(snapshot, property);
  if (before !== undefined && before >= date) return;
  const text = new Date(date).toISOString().slice(0, "2026-01-01T00:00:00".length);
  state.snapshots.put(snapshot.id, { ...snapshot, userProperties: { ...snapshot.userProperties, [property]: text } });
}
