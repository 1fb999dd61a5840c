import { canonical } from "./canonical.ts";
import { fromWire, toWire } from "./payload.ts";
import type { Properties, Values } from "./property.ts";
import { Refused } from "./refused.ts";
import { type Call, defineType, type PlanContext, type Row } from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";
import { cronFields } from "./schedule.ts";

const properties = {
  pool: {
    kind: "string",
    doc: "Name of the pool. A change makes a new task.",
    required: true,
    replaces: true,
    rule: "poolName",
  },
  threshold: {
    kind: "integer",
    doc: "Days that must have passed since the last scrub; must be less than the schedule's interval. Default 35.",
    default: 35,
    min: 0,
    unit: "days",
  },
  schedule: {
    kind: "object",
    doc: "When TrueNAS considers a scrub; default Sunday at midnight.",
    typeName: "ScrubSchedule",
    fields: { ...cronFields, hour: { ...cronFields.hour, default: "00" }, dow: { ...cronFields.dow, default: "7" } },
    default: {},
  },
  enabled: { kind: "boolean", doc: "Runs on schedule. Default true.", default: true },
  description: { kind: "string", doc: "Free text.", default: "", maxLength: 200 },
  adopt: {
    kind: "boolean",
    doc: "Takes over a task that somebody else changed. Default false.",
    default: false,
    providerSide: true,
    hint: true,
  },
} as const satisfies Properties;

const rows = rowCalls("pool.scrub", (values) => scheduleInFull(toWire(properties, values)));

/** The scrub schedule of a pool; TrueNAS makes one with every pool, which is taken over. */
export const scrubTask = defineType({
  name: "ScrubTask",
  doc: "When a pool is scrubbed. A pool has exactly one; the one that TrueNAS makes with the pool is taken over.",
  properties,
  outputs: { rowId: { kind: "integer", doc: "Row id in the middleware." } },
  reading: { by: "namespace", namespace: "pool.scrub" },
  needs: ["pool"],
  idOf: (inputs) => String(inputs["pool"]),
  idForm: "pool name",
  idOfRow: (row) => String(row["pool_name"]),
  live: (row) => ({
    values: { ...fromWire(properties, row), pool: row["pool_name"] },
    outputs: { rowId: row["id"] },
  }),
  create,
  update: rows.update,
  removal: rows.removal,
  takesOver: (row) => isPristine(row),
});

/** The row usually exists; at preview the update that will be sent is shown. */
function create(inputs: Values, context: PlanContext): readonly Call[] {
  const { pool: _, ...rest } = inputs;
  const payload = scheduleInFull(toWire(properties, rest));
  const pools = context.rows("pool");
  if (!pools) return [{ method: "pool.scrub.update", params: [`<scrub of pool ${inputs["pool"]}>`, payload] }];
  const row = pools.find((candidate) => candidate["name"] === inputs["pool"]);
  if (!row) {
    const known = pools.map((candidate) => String(candidate["name"])).join(", ") || "none";
    throw new Refused(
      `pool "${inputs["pool"]}" is not on this appliance (it has: ${known}); create or import the pool first`,
    );
  }

  return [{ method: "pool.scrub.create", params: [{ ...payload, pool: row["id"] }] }];
}

/** TrueNAS fills omitted members with the defaults of its form; these are the ones of this table. */
function scheduleInFull(payload: Record<string, unknown>): Record<string, unknown> {
  const schedule = payload["schedule"];

  return schedule === undefined
    ? payload
    : { ...payload, schedule: { minute: "00", hour: "00", dow: "7", ...Object(schedule) } };
}

/** True for the row that TrueNAS makes together with a pool, unchanged since. */
function isPristine(row: Row): boolean {
  const values = fromWire(properties, row);

  return Object.entries(properties)
    .filter(([, property]) => "default" in property && !("providerSide" in property))
    .every(([name, property]) => {
      const standard = "default" in property ? property.default : undefined;
      return (
        JSON.stringify(canonical(property, values[name] ?? standard)) === JSON.stringify(canonical(property, standard))
      );
    });
}
