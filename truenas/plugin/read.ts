import type { Values } from "../model/property.ts";
import { Refused } from "../model/refused.ts";
import type { Request } from "./create.ts";
import { findRow, liveOf } from "./objects.ts";
import { imported, refreshed, type State } from "./state.ts";

/** What the engine knows of the object it asks about; nothing on import. */
export interface Recorded {
  readonly inputs: Values;
  readonly outputs: Values;
}

/** The object as it is now, or undefined when it is gone. */
export async function readObject(
  request: Request,
  id: string,
  recorded: Recorded | undefined,
): Promise<State | undefined> {
  const { appliance, type, settings } = request;
  if (settings.maintenance) {
    if (recorded) return recorded;
    throw new Refused(
      `${appliance.label} is in maintenance (${settings.maintenance}), so nothing can be imported from it; end the maintenance and run again`,
    );
  }
  const row = await findRow(appliance, type, id, recorded?.inputs, recorded?.outputs["rowId"]);
  if (!row) return undefined;
  const live = await liveOf(appliance, type, row, recorded?.inputs);

  return recorded ? refreshed(type, live, recorded.inputs, recorded.outputs) : imported(type, live);
}
