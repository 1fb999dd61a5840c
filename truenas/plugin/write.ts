import { MidcltError } from "../midclt/errors.ts";
import { isRecord } from "../model/property.ts";
import type { Call, ResourceType, Row } from "../model/resource-type.ts";
import type { Appliance } from "./appliance.ts";
import { namespaceOf } from "./objects.ts";

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
    forget(appliance, type);
    const row = await settled();
    return row ?? (await writeAndKeep(appliance, type, call));
  }
}

/** Writes, and keeps the row that comes back in place of reading it. */
async function writeAndKeep(appliance: Appliance, type: ResourceType, call: Call): Promise<Row | undefined> {
  const reply = await appliance.write(call);
  const namespace = namespaceOf(type);
  if (!namespace) return undefined;
  const row = isRecord(reply) && type.idOfRow?.(reply) !== undefined ? reply : undefined;
  if (row) appliance.reads.put(namespace, row);
  else appliance.reads.forget(namespace);

  return row;
}

/** A failure left doubt about what the appliance holds of this type. */
export function forget(appliance: Appliance, type: ResourceType): void {
  const namespace = namespaceOf(type);
  if (namespace) appliance.reads.forget(namespace);
}
