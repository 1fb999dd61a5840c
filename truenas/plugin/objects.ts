import { createHash } from "node:crypto";
import { MidcltError } from "../midclt/errors.ts";
import type { Namespace } from "../model/namespaces.ts";
import type { Values } from "../model/property.ts";
import { Refused } from "../model/refused.ts";
import type { Live, LiveContext, PlanContext, ResourceType, Row } from "../model/resource-type.ts";
import type { Appliance } from "./appliance.ts";

/** The mark that tells an object of ours from one that somebody else made. */
export function markerOf(urn: string): string {
  return `pulumi:${createHash("sha256").update(urn).digest("hex").slice(0, 12)}`;
}

/** The namespace that a type's rows come from, if it has one. */
export function namespaceOf(type: ResourceType): Namespace | undefined {
  return type.reading.by === "namespace" ? type.reading.namespace : undefined;
}

/** The object with this natural key, or undefined; `rowId` decides between several, which are refused without it. */
export async function findRow(
  appliance: Appliance,
  type: ResourceType,
  id: string,
  inputs?: Values,
  rowId?: unknown,
): Promise<Row | undefined> {
  await appliance.dialect();
  if (type.reading.by === "path") return await lookUpPath(appliance, type, id, inputs);
  const { namespace } = type.reading;
  const same = type.sameId ?? ((a, b) => a === b);
  // What it takes to understand the object is read together with it.
  const known = { rows: await readTogether(appliance, [namespace, ...(type.needs ?? [])]) };
  const rows = (known.rows(namespace) ?? []).filter((row) => {
    const key = type.idOfRow?.(row, known);
    return key !== undefined && same(key, id);
  });
  const [first] = rows;
  if (rows.length < 2) return first;
  const mine = rows.find((row) => row["id"] === rowId);
  if (mine) return mine;
  const ids = rows.map((row) => String(row["id"])).join(", ");
  throw new Refused(
    `${appliance.label}: ${rows.length} objects of ${namespace} are called "${id}" (rows ${ids}), and nothing tells which is meant; remove all but one in TrueNAS, and run again`,
  );
}

async function lookUpPath(
  appliance: Appliance,
  type: ResourceType,
  id: string,
  inputs?: Values,
): Promise<Row | undefined> {
  if (type.reading.by !== "path") return undefined;
  const calls = type.reading.calls(id, inputs);
  try {
    const answers = await Promise.all(calls.map((call) => appliance.lookUp(call)));
    const named = calls.map((call, index) => [call.method.split(".").at(-1), answers[index]]);
    return { path: id, ...Object.fromEntries(named) };
  } catch (error) {
    if (error instanceof MidcltError && error.kind === "not-found") return undefined;
    throw error;
  }
}

/** What the middleware says about a row, in the words of the program. */
export async function liveOf(appliance: Appliance, type: ResourceType, row: Row, inputs?: Values): Promise<Live> {
  return type.live(row, await liveContext(appliance, type, inputs));
}

/** Everything that reading or planning this type may look at. */
export async function liveContext(appliance: Appliance, type: ResourceType, inputs?: Values): Promise<LiveContext> {
  const dialect = await appliance.dialect();
  const rows = await readTogether(appliance, type.needs ?? []);

  return { dialect, rows, ...(inputs ? { inputs } : {}) };
}

/** Rows as they were read, whatever is forgotten meanwhile: nothing is taken for absent because of it. */
async function readTogether(appliance: Appliance, namespaces: readonly Namespace[]): Promise<LiveContext["rows"]> {
  const read = await Promise.all(namespaces.map(async (each) => [each, await appliance.reads.rows(each)] as const));
  const held = new Map(read);

  return (namespace) => held.get(namespace) ?? appliance.reads.known(namespace);
}

/** What planning a write of this resource may look at. */
export async function planContext(
  appliance: Appliance,
  type: ResourceType,
  urn: string,
  row?: Row,
): Promise<PlanContext> {
  return { ...(await liveContext(appliance, type)), marker: markerOf(urn), host: appliance.host, row };
}

/** What a preview may look at: nothing of the appliance, and the newest generation is assumed. */
export function previewContext(urn: string, host: string): PlanContext {
  return { dialect: "25.10", marker: markerOf(urn), host, rows: () => undefined };
}
