import { toWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import type { Call, Change, PlanContext, Row } from "./resource-type.ts";
import { customProperties } from "./zfs-cells.ts";

/** Parent dataset of a path, or undefined for a pool's root. */
export function parentPath(path: string): string | undefined {
  const cut = path.lastIndexOf("/");

  return cut < 0 ? undefined : path.slice(0, cut);
}

/** The call that creates a dataset or zvol, carrying the ownership mark. */
export function createDataset(
  type: "FILESYSTEM" | "VOLUME",
  properties: Properties,
  inputs: Values,
  context: PlanContext,
): Call {
  const { userProperties, ...rest } = inputs;
  const payload = { ...toWire(properties, rest), type, managedby: context.marker };
  const entries = isRecord(userProperties) ? Object.entries(userProperties) : [];
  if (entries.length === 0) return { method: "pool.dataset.create", params: [payload] };

  const tags = entries.map(([key, value]) => ({ key, value }));
  return { method: "pool.dataset.create", params: [{ ...payload, user_properties: tags }] };
}

/** The one call that changes a dataset or zvol; none when only provider-side properties changed. */
export function updateDataset(properties: Properties, change: Change, context: PlanContext): readonly Call[] {
  const { userProperties: _, ...rest } = change.changed;
  const payload: Record<string, unknown> = toWire(properties, rest);
  const tags = "userProperties" in change.changed ? userPropertyChanges(change, context.row) : [];
  if (tags.length > 0) payload["user_properties_update"] = tags;
  if (context.adopting) payload["managedby"] = context.marker;

  return Object.keys(payload).length > 0 ? [{ method: "pool.dataset.update", params: [change.id, payload] }] : [];
}

/** True when a user property goes away: the appliance refuses to remove one that is not there. */
export function removesUserProperty(change: Change): boolean {
  return Object.keys(tagsOf(change.olds)).some((key) => !(key in tagsOf(change.news)));
}

function userPropertyChanges(change: Change, row: Row | undefined): readonly Record<string, unknown>[] {
  const before = tagsOf(change.olds);
  const after = tagsOf(change.news);
  const present = row ? customProperties(row) : before;
  const set = Object.entries(after)
    .filter(([key, value]) => before[key] !== value)
    .map(([key, value]) => ({ key, value }));
  const removed = Object.keys(before)
    .filter((key) => !(key in after) && key in present)
    .map((key) => ({ key, remove: true }));

  return [...set, ...removed];
}

function tagsOf(values: Values): Readonly<Record<string, unknown>> {
  return isRecord(values["userProperties"]) ? values["userProperties"] : {};
}
