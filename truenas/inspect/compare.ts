import { isRecord, type Values } from "../model/property.ts";
import type { ResourceType } from "../model/resource-type.ts";
import type { Appliance } from "../plugin/appliance.ts";
import { type DifferenceKind, diffInputs } from "../plugin/diff.ts";
import { findRow, liveOf } from "../plugin/objects.ts";
import { refreshed } from "../plugin/state.ts";

/** An object as a program declares it. */
export interface Declared {
  /** Type token, e.g. `truenas:index:Dataset`. */
  readonly token: string;
  readonly inputs: Values;
}

/** One property that is not as declared. */
export interface Deviation {
  /** Property path, e.g. `schedule.hour`. */
  readonly path: string;
  readonly kind: DifferenceKind;
  readonly found: unknown;
  readonly expected: unknown;
}

/** What became of comparing one object. */
export interface Compared {
  /** Its name on the appliance, e.g. `tank/photos`. */
  readonly id: string;
  readonly state: "equal" | "different" | "missing" | "unreadable";
  readonly deviations: readonly Deviation[];
  /** Why it could not be read. */
  readonly reason?: string;
}

/** Compares an object with what is live, as a refresh and the preview after it do. */
export async function compareObject(appliance: Appliance, type: ResourceType, inputs: Values): Promise<Compared> {
  const id = type.idOf(inputs);
  try {
    const row = await findRow(appliance, type, id, inputs);
    if (!row) return { id, state: "missing", deviations: [] };
    const live = await liveOf(appliance, type, row, inputs);
    const seen = refreshed(type, live, inputs, {});
    const states = { id, oldInputs: seen.inputs, oldOutputs: seen.outputs, news: inputs };
    const deviations = diffInputs(type, states).differences.map(({ path, kind }) => ({
      path,
      kind,
      found: valueAt(seen.inputs, path) ?? valueAt(seen.outputs, path),
      expected: valueAt(inputs, path),
    }));
    return { id, state: deviations.length === 0 ? "equal" : "different", deviations };
  } catch (error) {
    return { id, state: "unreadable", deviations: [], reason: error instanceof Error ? error.message : String(error) };
  }
}

const STEP = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g;

function valueAt(values: unknown, path: string): unknown {
  return [...path.matchAll(STEP)].reduce<unknown>((value, [, quoted, index, name]) => {
    if (Array.isArray(value) && index !== undefined) return value[Number(index)];
    return isRecord(value) ? value[quoted ?? name ?? ""] : undefined;
  }, values);
}
