import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";
import { parentPath } from "../zfs/dataset-tree.ts";
import { isReadonly, type Step } from "./steps.ts";
import type { ReplicationSpec } from "./task-row.ts";

/** Makes copies read-only as the task says: the topmost by a value of its own, those below it by inheriting. */
export class Readonlys {
  readonly #active: boolean;
  readonly #state: ApplianceState;
  /** What is known of the targets: true for read-only ones. */
  readonly #known = new Map<string, boolean>();

  constructor({ readonly }: ReplicationSpec, state: ApplianceState, steps: readonly Step[]) {
    this.#active = readonly !== "IGNORE";
    this.#state = state;
    for (const { target } of steps) {
      const row = state.datasets.get(target);
      if (row !== undefined) this.#known.set(target, isReadonly(state, row));
    }
  }

  /** To be called when a copy has received a snapshot. */
  settle(target: string): void {
    const row = this.#state.datasets.get(target);
    if (!this.#active || row === undefined) return;
    const parent = parentPath(target) ?? "";
    // Below a copy that is read-only by now, only a value of its own can say otherwise.
    if (this.#known.has(parent) && this.#known.get(target) === false) this.#state.datasets.put(target, inheriting(row));
    this.#known.set(target, true);
    const now = this.#state.datasets.get(target);
    if (this.#known.get(parent) !== true && now !== undefined)
      this.#state.datasets.put(target, { ...now, properties: { ...now.properties, readonly: "on" } });
  }
}

function inheriting(row: DatasetRow): DatasetRow {
  const { readonly: _own, ...properties } = row.properties;
  if (row.received === undefined) return { ...row, properties };
  const { readonly: _received, ...native } = row.received.native;
  const hidden = [...new Set([...(row.received.hidden ?? []), "readonly"])];
  return { ...row, properties, received: { ...row.received, native, hidden } };
}
