import { adopt } from "./adopt.ts";
import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { nameOf, type Reference, rowIdOf } from "./references.ts";
import { type Change, defineType, type LiveContext, type PlanContext, type Row } from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";

const KEY_PAIR: Reference = { namespace: "keychaincredential.pair", field: "name", noun: "SSH key pair" };

const name = {
  kind: "string",
  doc: "Name that replications call it by. A change makes a new connection.",
  required: true,
  replaces: true,
  rule: "notBlank",
  maxLength: 255,
} as const;

/** What the middleware keeps under `attributes`. */
const attributes = {
  host: { kind: "string", doc: "Address or name of the other machine.", required: true, rule: "noBlanks" },
  port: { kind: "integer", doc: "SSH port. Default 22.", default: 22, min: 1, max: 65535 },
  username: {
    kind: "string",
    doc: "Who logs in there. Default root.",
    default: "root",
    rule: "accountName",
  },
  keyPair: {
    kind: "string",
    doc: "Name of the SshKeyPair that proves who logs in.",
    required: true,
    wire: "private_key",
  },
  remoteHostKey: {
    kind: "string",
    doc: 'The other machine\'s host key as "type base64", pinned: nothing is sent to a machine that presents another.',
    required: true,
    rule: "hostKey",
    compare: "lines",
  },
  connectTimeout: { kind: "integer", doc: "Default 10.", unit: "seconds", default: 10, min: 1 },
} as const satisfies Properties;

const properties = {
  name,
  ...attributes,
  adopt: adopt("a connection of this name"),
} as const satisfies Properties;

/** How this appliance logs in to another machine. */
export const sshConnection = defineType({
  name: "SshConnection",
  doc: "How this appliance logs in to another machine over SSH, for replication.",
  properties,
  outputs: { rowId: { kind: "integer", doc: "Row id in the middleware." } },
  reading: { by: "namespace", namespace: "keychaincredential.connection" },
  needs: ["keychaincredential.pair"],
  ...rowCalls("keychaincredential", wireAttributes),
  idOf: (inputs) => String(inputs["name"]),
  idForm: "connection name",
  idOfRow: (row) => String(row["name"]),
  live,
  create: (inputs, context) => {
    const object = { name: inputs["name"], type: "SSH_CREDENTIALS", attributes: wireAttributes(inputs, context) };
    return [{ method: "keychaincredential.create", params: [object] }];
  },
  update: ({ id, rowId, news }: Change, context) => {
    const change = { attributes: wireAttributes(news, context) };
    return [{ method: "keychaincredential.update", params: [rowId ?? `<row of ${id}>`, change] }];
  },
});

function live(row: Row, { rows }: LiveContext) {
  const stored = isRecord(row["attributes"]) ? row["attributes"] : {};
  const values = fromWire(attributes, stored);

  return {
    values: { name: row["name"], ...values, keyPair: nameOf(KEY_PAIR, stored["private_key"], rows) },
    outputs: { rowId: row["id"] },
  };
}

/** TrueNAS replaces the attributes as a whole: what is not sent would be its default. */
function wireAttributes(values: Values, { rows }: PlanContext): Values {
  const wire = toWire(attributes, values);

  return { ...wire, private_key: rowIdOf(KEY_PAIR, values["keyPair"], rows) };
}
