import { sameValue } from "../model/canonical.ts";
import { absentValue, isRecord, type Property, type Values } from "../model/property.ts";
import type { Live, ResourceType } from "../model/resource-type.ts";
import { UNKNOWN } from "../model/unknown.ts";
import { UNREAD } from "../model/unread.ts";

/** Inputs and outputs of a resource as the engine records them. */
export interface State {
  readonly inputs: Values;
  readonly outputs: Values;
}

/** The state after a refresh: only what the program states is compared, and what is equal keeps its spelling. */
export function refreshed(type: ResourceType, live: Live, inputs: Values, outputs: Values): State {
  const seen: Record<string, unknown> = {};
  for (const [name, stated] of Object.entries(inputs)) {
    const property = type.properties[name];
    const value = property ? seenValue(type, name, property, stated, live) : stated;
    if (value !== undefined && value !== null) seen[name] = value;
  }
  return { inputs: seen, outputs: written(type, seen, outputs, recordedOnly(type, seen, outputs, live)) };
}

/** What is written without an answer is recorded as stated, so reading it must not bring more than that. */
function recordedOnly(type: ResourceType, inputs: Values, outputs: Values, live: Live): Live {
  if (type.reading.by !== "path") return live;
  const recorded = Object.entries(live.values).filter(([name]) => name in inputs || name in outputs);

  return { ...live, values: Object.fromEntries(recorded) };
}

function seenValue(type: ResourceType, name: string, property: Property, stated: unknown, live: Live): unknown {
  if (property.hint || property.providerSide || property.writeOnly) return stated;
  const value = live.values[name];
  if (property.kind === "map") return seenKeys(property, stated, live.ambiguous?.[name] ?? value);
  if (value === undefined) return stated;
  const same = type.same?.[name] ?? ((a: unknown, b: unknown) => sameValue(property, a, b));
  const visible = live.ambiguous?.[name];
  if (same(stated, value) || (visible !== undefined && same(stated, visible))) return stated;

  return value;
}

function seenKeys(property: Property & { kind: "map" }, stated: unknown, visible: unknown): unknown {
  if (!isRecord(stated)) return stated;
  const present = isRecord(visible) ? visible : {};

  return Object.fromEntries(
    Object.keys(stated)
      .filter((key) => present[key] !== undefined)
      .map((key) => [key, sameValue(property.values, stated[key], present[key]) ? stated[key] : present[key]]),
  );
}

/** The state of an object that nothing is recorded of: what is set on it becomes inputs, so that stating it is no change. */
export function imported(type: ResourceType, live: Live): State {
  const unread = Object.fromEntries((type.unread?.(live) ?? []).map((name) => [name, UNREAD]));
  const inputs = { ...(type.importInputs?.(live) ?? setLocally(type, live)), ...unread };

  return { inputs, outputs: written(type, inputs, {}, live) };
}

function setLocally(type: ResourceType, live: Live): Values {
  return Object.fromEntries(
    Object.entries(type.properties)
      .filter(([name, property]) => isSet(type, name, property, live.values[name]))
      .map(([name]) => [name, live.values[name]]),
  );
}

function isSet(type: ResourceType, name: string, property: Property, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (property.kind === "map") return isRecord(value) && Object.keys(value).length > 0;
  const absent = absentValue(property);
  const same = type.same?.[name] ?? ((a: unknown, b: unknown) => sameValue(property, a, b));

  return absent === undefined || !same(value, absent);
}

/** The outputs of an object: what the program states in its own spelling, the rest as the appliance has it. */
export function written(type: ResourceType, inputs: Values, olds: Values, live: Live | undefined): Values {
  if (!live) return { ...olds, ...inputs };
  const visible = visibleValues(live);
  const kept = Object.entries(olds).filter(([name]) => !(name in type.properties));
  const maps = Object.keys(inputs).filter((name) => type.properties[name]?.kind === "map");
  const merged = maps.map((name) => [name, { ...Object(visible[name]), ...Object(inputs[name]) }]);

  return { ...Object.fromEntries(kept), ...visible, ...inputs, ...Object.fromEntries(merged), ...live.outputs };
}

/** The outputs that a preview can promise; everything else that the type computes is unknown. */
export function foreseen(type: ResourceType, inputs: Values, olds: Values): Values {
  const computed = Object.fromEntries(Object.keys(type.outputs).map((name) => [name, olds[name] ?? UNKNOWN]));

  return { ...computed, ...inputs, ...type.derive?.(inputs) };
}

function visibleValues(live: Live): Values {
  const present = Object.entries(live.values).filter(([, value]) => value !== null && value !== undefined);

  return { ...Object.fromEntries(present), ...live.ambiguous };
}
