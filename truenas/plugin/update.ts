import { MidcltError } from "../midclt/errors.ts";
import type { Values } from "../model/property.ts";
import { Refused } from "../model/refused.ts";
import type { Call, Change, Row } from "../model/resource-type.ts";
import { secretInputs } from "../model/secrets.ts";
import type { Request } from "./create.ts";
import { diffInputs } from "./diff.ts";
import { findRow, liveOf, planContext, previewContext } from "./objects.ts";
import { refreshed, written } from "./state.ts";
import { forget, writeSafely } from "./write.ts";

/** The recorded state of an object and what the program wants of it. */
export interface UpdateStates {
  readonly id: string;
  readonly oldInputs: Values;
  readonly oldOutputs: Values;
  readonly news: Values;
  readonly ignore: readonly string[];
}

/** Brings the object in line with the program and returns the outputs; what is not on the appliance costs no call. */
export async function updateObject(request: Request, states: UpdateStates): Promise<Values> {
  const { appliance, type } = request;
  const change = changeOf(request, states);
  const first = await calls(request, change);
  let row: Row | undefined;
  try {
    row = await send(request, change, first);
  } catch (error) {
    if (!(error instanceof MidcltError) || error.kind !== "not-found") throw error;
    row = await again(request, change, error);
  }
  if (first.length === 0) return { ...states.oldOutputs, ...states.news };
  const live = row ? await liveOf(appliance, type, row, states.news) : undefined;

  return written(type, states.news, states.oldOutputs, live);
}

/** Shows what an update would send. */
export function planUpdate(request: Request, states: UpdateStates): void {
  const change = changeOf(request, states);
  for (const call of request.type.update(change, previewContext(request.urn, request.appliance.host)))
    request.appliance.plan(call);
}

function changeOf(request: Request, states: UpdateStates): Change {
  const { changed } = diffInputs(request.type, states);

  return { id: states.id, rowId: states.oldOutputs["rowId"], olds: states.oldInputs, news: states.news, changed };
}

async function calls(request: Request, change: Change): Promise<readonly Call[]> {
  const { appliance, type, urn } = request;
  // What only this provider knows needs no appliance, so none is asked unless something is to be sent.
  if (type.update(change, previewContext(urn, appliance.host)).length === 0) return [];
  const row = type.updateNeedsRow?.(change)
    ? await findRow(appliance, type, change.id, undefined, change.rowId)
    : undefined;
  const context = await planContext(appliance, type, urn, row);

  return type.update(change, context);
}

async function send(request: Request, change: Change, list: readonly Call[]): Promise<Row | undefined> {
  let row: Row | undefined;
  for (const call of list) {
    row = (await writeSafely(request.appliance, request.type, call, () => settled(request, change))) ?? row;
  }

  return row;
}

/** After a write without an answer: the row, if it is as the program wants it by now; of a secret nobody can tell. */
async function settled(request: Request, change: Change): Promise<Row | undefined> {
  const { appliance, type } = request;
  if (Object.keys(secretInputs(type, change.changed)).length > 0) return undefined;
  const row = await findRow(appliance, type, change.id, change.news, change.rowId);
  if (!row) return undefined;
  const seen = refreshed(type, await liveOf(appliance, type, row, change.news), change.news, {});
  const left = diffInputs(type, { id: change.id, oldInputs: seen.inputs, oldOutputs: seen.outputs, news: change.news });
  const gone = Object.keys(change.changed).some((name) => change.news[name] === undefined);

  return left.differences.length === 0 && !gone ? row : undefined;
}

/** The row has another number by now, because somebody made it anew: it is found by its natural key. */
async function again(request: Request, change: Change, refusal: MidcltError): Promise<Row | undefined> {
  const { appliance, type } = request;
  forget(appliance, type);
  const row = await findRow(appliance, type, change.id, change.news);
  // It is there, so what was not found is something that it names.
  if (row && (change.rowId === undefined || row["id"] === change.rowId)) throw refusal;
  if (!row) {
    throw new Refused(
      `${appliance.label}: ${type.name} "${change.id}" is gone from the appliance; run refresh, and the next up makes it anew`,
    );
  }
  const moved = { ...change, rowId: row["id"] };

  return await send(request, moved, await calls(request, moved));
}
