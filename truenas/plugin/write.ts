import { setTimeout as wait } from "node:timers/promises";
import { MidcltError } from "../midclt/errors.ts";
import type { Namespace } from "../model/namespaces.ts";
import { isRecord } from "../model/property.ts";
import type { Call, ResourceType, Row } from "../model/resource-type.ts";
import type { Appliance } from "./appliance.ts";
import { namespaceOf } from "./objects.ts";

/** When to look after the connection was lost, in seconds from one look to the next. */
const LOSS_LOOKS = [0, 0.25];
/** When to look after the time was up, in parts of the time limit. */
const TIMEOUT_LOOKS = [0, 0.25, 0.5, 1];

/**
 * Writes once, and once more only after looking: a write without an answer may have taken effect. `settled` looks at
 * the appliance anew and returns the row when nothing is left to do.
 */
export async function writeSafely(
  appliance: Appliance,
  type: ResourceType,
  call: Call,
  settled: () => Promise<Row | undefined>,
): Promise<Row | undefined> {
  try {
    return await writeAndKeep(appliance, type, call);
  } catch (error) {
    if (!(error instanceof MidcltError) || !error.uncertain) throw error;
    const effect = type.effect?.(call);
    if (effect) appliance.reads.forgetOnce(effect.namespace, error, 0);
    return (await lookFor(appliance, type, error, settled)) ?? (await writeAndKeep(appliance, type, call));
  }
}

/** The appliance carries on with what nobody waits for any more, so it is looked at several times. */
async function lookFor(
  appliance: Appliance,
  type: ResourceType,
  doubt: MidcltError,
  settled: () => Promise<Row | undefined>,
): Promise<Row | undefined> {
  const namespace = namespaceOf(type);
  const pauses = doubt.kind === "timeout" ? TIMEOUT_LOOKS.map((part) => part * appliance.callTimeout) : LOSS_LOOKS;
  for (const [look, seconds] of pauses.entries()) {
    if (seconds > 0) await wait(seconds * 1000);
    if (namespace) appliance.reads.forgetOnce(namespace, doubt, look);
    const row = await settled();
    if (row) return row;
  }

  return undefined;
}

/** Writes, and keeps the row that comes back, or what else the call is known to do, in place of reading it. */
async function writeAndKeep(appliance: Appliance, type: ResourceType, call: Call): Promise<Row | undefined> {
  const reply = await appliance.write(call);
  if (type.staged) appliance.stagingOf(type)?.touch(nameIn(call));
  const namespace = namespaceOf(type);
  const effect = type.effect?.(call);
  if (effect) appliance.reads.amend(effect.namespace, effect.change);
  if (!namespace) return undefined;
  const known = { rows: (each: Namespace) => appliance.reads.known(each) };
  const row = isRecord(reply) && type.idOfRow?.(reply, known) !== undefined ? reply : undefined;
  if (row) appliance.reads.put(namespace, row);
  else if (effect?.namespace !== namespace) appliance.reads.forget(namespace);

  return row;
}

/** Staged objects are called by name, on its own or in what they are made of. */
function nameIn({ params: [first] }: Call): string {
  return String(isRecord(first) ? first["name"] : first);
}

/** A failure left doubt about what the appliance holds of this type. */
export function forget(appliance: Appliance, type: ResourceType): void {
  const namespace = namespaceOf(type);
  if (namespace) appliance.reads.forget(namespace);
}
