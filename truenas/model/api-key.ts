import { adopt } from "./adopt.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Call, type Change, defineType, type Live, type PlanContext, type Row } from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";

const properties = {
  name: {
    kind: "string",
    doc: "Name of the key. A change makes a new key.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 200,
  },
  username: {
    kind: "string",
    doc: "Whose rights it has; at most 10 keys each. A change makes a new key.",
    required: true,
    replaces: true,
    rule: "noBlanks",
  },
  expiresAt: {
    kind: "string",
    doc: "When it ends, for example 2027-03-31T00:00:00Z; absent is never.",
    compare: "instant",
    rule: "instant",
    default: null,
  },
  rotation: { kind: "string", doc: "Any text; a change of it gives the key another value.", providerSide: true },
  adopt: {
    ...adopt("a key of this name"),
    doc: "Takes over a key of this name and gives it another value, since nobody reads its own. Default false.",
  },
} as const satisfies Properties;

const outputs = {
  rowId: { kind: "integer", doc: "Row id in the middleware." },
  key: { kind: "string", doc: "The key itself, which TrueNAS shows only when it makes it.", secret: true },
} as const satisfies Properties;

/** A key with which programs use the API of an appliance. */
export const apiKey = defineType({
  name: "ApiKey",
  doc: "A key with which programs use the appliance's API. It is shown once, when it is made.",
  properties,
  outputs,
  reading: { by: "namespace", namespace: "api_key" },
  ...rowCalls("api_key", payload),
  create: (inputs) => [{ method: "api_key.create", params: [payload(inputs)], secret: true }],
  update,
  idOf: (inputs) => String(inputs["name"]),
  idForm: "key name",
  idOfRow: (row) => String(row["name"]),
  live,
});

function update({ id, rowId, changed }: Change, { adopting }: PlanContext): readonly Call[] {
  const reset = adopting || "rotation" in changed ? { reset: true } : {};
  const change = { ...payload(changed), ...reset };
  if (Object.keys(change).length === 0) return [];

  return [{ method: "api_key.update", params: [rowId ?? `<row of ${id}>`, change], secret: true }];
}

function payload({ name, username, expiresAt }: Values): Values {
  return {
    ...(name === undefined ? {} : { name }),
    ...(username === undefined ? {} : { username }),
    ...(expiresAt === undefined ? {} : { expires_at: moment(expiresAt) }),
  };
}

/** The middleware's form of a time; what is not known yet stays what it is. */
function moment(time: unknown): unknown {
  const at = typeof time === "string" ? Date.parse(time) : Number.NaN;

  return Number.isNaN(at) ? time : { $date: at };
}

function live(row: Row): Live {
  const { id, name, username, expires_at: ends, key } = row;
  const at = isRecord(ends) ? Number(ends["$date"]) : undefined;
  const expiresAt = at === undefined ? null : new Date(at).toISOString().replace(".000Z", "Z");

  return { values: { name, username, expiresAt }, outputs: { rowId: id, ...(key === undefined ? {} : { key }) } };
}
