import { MidcltError } from "../midclt/errors.ts";
import { absentValue, type Values } from "../model/property.ts";
import { Refused } from "../model/refused.ts";
import { type Call, type Change, type Live, type ResourceType, type Row, tokenOf } from "../model/resource-type.ts";
import { secretInputs } from "../model/secrets.ts";
import type { Appliance } from "./appliance.ts";
import { type Difference, diffInputs } from "./diff.ts";
import { importLine } from "./import-line.ts";
import { findRow, liveContext, liveOf, markerOf, planContext } from "./objects.ts";
import type { Settings } from "./settings.ts";
import { refreshed, written } from "./state.ts";
import { forget, writeSafely } from "./write.ts";

/** Who asks for an object. */
export interface Request {
  readonly appliance: Appliance;
  readonly settings: Settings;
  readonly type: ResourceType;
  readonly urn: string;
  readonly name: string;
}

/** An object that was made although a later step failed; the engine keeps it and repeats the rest. */
export class HalfDone extends Error {
  override readonly name = "HalfDone";
  readonly id: string;
  readonly outputs: Values;
  /** Names of the outputs that arrived as secrets. */
  secrets: ReadonlySet<string> = new Set();

  constructor(id: string, outputs: Values, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.id = id;
    this.outputs = outputs;
  }
}

/**
 * Makes the object, or takes over one that is there when it may; returns the outputs. `appeared` says that it is there
 * since it was asked for, though nobody answered.
 */
export async function createObject(request: Request, inputs: Values, appeared = false): Promise<Values> {
  const { appliance, type, urn } = request;
  const id = type.idOf(inputs);
  const present = type.reading.by === "path" ? undefined : await findRow(appliance, type, id, inputs);
  if (present) return await takeOver(request, inputs, present, appeared);
  const calls = type.create(inputs, await planContext(appliance, type, urn));
  const [first, ...rest] = calls;
  if (!first) return written(type, inputs, {}, undefined);
  const reply = await firstWrite(request, inputs, first);
  if (reply === "present" || reply === "appeared") return await createObject(request, inputs, reply === "appeared");
  for (const namespace of type.invalidates?.create ?? []) appliance.reads.forget(namespace);
  // Some methods answer with a number only, and what they made is read.
  const row = reply ?? (type.reading.by === "path" ? undefined : await findRow(appliance, type, id, inputs));
  const outputs = await outputsOf(request, inputs, row);
  try {
    for (const call of [...rest, ...(type.afterCreate?.(inputs, row) ?? [])]) {
      await writeSafely(appliance, type, call, async () => undefined);
    }
  } catch (error) {
    throw new HalfDone(id, outputs, error);
  }

  return outputs;
}

/** After a write without an answer the object is looked for; one that is there by now is judged like any other. */
async function firstWrite(
  request: Request,
  inputs: Values,
  call: Call,
): Promise<Row | undefined | "present" | "appeared"> {
  const { appliance, type } = request;
  let appeared = false;
  try {
    const row = await writeSafely(appliance, type, call, async () => {
      const found = type.reading.by === "path" ? undefined : await findRow(appliance, type, type.idOf(inputs), inputs);
      appeared = found !== undefined;
      if (!found) await refuseOther(request, inputs, call);
      return found;
    });
    return appeared ? "appeared" : row;
  } catch (error) {
    if (!(error instanceof MidcltError) || error.kind !== "exists") throw error;
    forget(appliance, type);
    const found = type.reading.by === "path" ? undefined : await findRow(appliance, type, type.idOf(inputs), inputs);
    if (!found) throw error;
    return "present";
  }
}

/** A call is repeated only while it still means the same: disks may have other kernel names after a restart. */
async function refuseOther({ appliance, type, urn }: Request, inputs: Values, call: Call): Promise<void> {
  if (type.reading.by === "path") return;
  for (const namespace of type.needs ?? []) appliance.reads.forget(namespace);
  const [again] = type.create(inputs, await planContext(appliance, type, urn));
  if (JSON.stringify(again) === JSON.stringify(call)) return;
  throw new Refused(
    `${appliance.label}: ${call.method} for ${type.name} "${type.idOf(inputs)}" got no answer, and is not repeated because the appliance has changed meanwhile; see that it is well, and run again`,
  );
}

async function outputsOf(request: Request, inputs: Values, row: Row | undefined): Promise<Values> {
  const { appliance, type } = request;
  const live = row ? await liveOf(appliance, type, row, inputs) : undefined;

  return { ...written(type, inputs, {}, live), ...type.derive?.(inputs), ...live?.outputs };
}

/**
 * Ours, or exactly as stated: done, but for its secrets, which cannot be compared and are sent again. Ours or to be
 * adopted, and different: brought in line. Else somebody else's.
 */
async function takeOver(request: Request, inputs: Values, row: Row, appeared: boolean): Promise<Values> {
  const { appliance, type, urn } = request;
  const context = await liveContext(appliance, type, inputs);
  const live = type.live(row, context);
  const seen = refreshed(type, live, inputs, {});
  const id = type.idOf(inputs);
  const states = { id, oldInputs: seen.inputs, oldOutputs: seen.outputs, news: inputs };
  const { changed, differences } = diffInputs(type, states);
  const marked = type.marked?.(row, markerOf(urn)) ?? false;
  const told = tellsOnce(type) ? appeared : isExactly(type, live, inputs, differences.length);
  const mine = marked || told || type.takesOver?.(row, inputs, context);
  if (!mine && inputs["adopt"] !== true) throw new Refused(strangerMessage(request, inputs, row));
  refuseFixed(request, id, differences);
  const adopting = tellsOnce(type) || (type.marked !== undefined && !marked);
  const plan = { ...(await planContext(appliance, type, urn, row)), adopting };
  const sent = { ...changed, ...secretInputs(type, inputs) };
  const change: Change = { id, rowId: live.outputs["rowId"], olds: seen.inputs, news: inputs, changed: sent };
  let latest: Row | undefined;
  for (const call of type.update(change, plan))
    latest = (await writeSafely(appliance, type, call, async () => undefined)) ?? latest;

  return latest ? await outputsOf(request, inputs, latest) : written(type, inputs, {}, live);
}

/** True for what tells something when it is made and never again, so that one that is there already is of no use as it is. */
function tellsOnce({ outputs }: ResourceType): boolean {
  return Object.values(outputs).some(({ secret }) => secret);
}

function refuseFixed({ appliance, type }: Request, id: string, differences: readonly Difference[]): void {
  const fixed = differences.filter((difference) => difference.replaces).map((difference) => difference.path);
  if (fixed.length === 0) return;
  throw new Refused(
    `${appliance.label}: ${type.name} "${id}" exists and differs in ${fixed.join(", ")}, which cannot change; state what it has, or use another name`,
  );
}

/** An interrupted create left the object exactly as the program states it, with nothing else set. */
function isExactly(type: ResourceType, live: Live, inputs: Values, differences: number): boolean {
  if (type.marked || differences > 0) return false;
  const others = Object.entries(type.properties).filter(([name, { writeOnly }]) => !(name in inputs) && !writeOnly);
  const before = Object.fromEntries(others.map(([name]) => [name, live.values[name] ?? undefined]));
  const standard = Object.fromEntries(others.map(([name, property]) => [name, absentValue(property) ?? undefined]));
  const stated = Object.fromEntries(Object.entries(standard).filter(([, value]) => value !== undefined));

  return diffInputs(type, { id: "", oldInputs: before, oldOutputs: {}, news: stated }).differences.length === 0;
}

function strangerMessage(request: Request, inputs: Values, row: Row): string {
  const { appliance, type, name, settings } = request;
  const id = type.idOf(inputs);
  const context = {
    dialect: "25.10" as const,
    rows: (namespace: Parameters<typeof appliance.reads.known>[0]) => appliance.reads.known(namespace),
  };
  const conflict = type.conflict?.(row, inputs, { ...context, inputs });
  if (conflict) return `${appliance.label}: ${conflict}`;
  const adopt = "adopt" in type.properties ? ", or state adopt: true to take it over and change it" : "";

  return `${appliance.label}: ${type.name} "${id}" exists already and is not this program's; bring it in with\n  ${importLine(tokenOf(type), name, id, settings)}\nand run again${adopt}`;
}
