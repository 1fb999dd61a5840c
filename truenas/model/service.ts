import type { Properties, Values } from "./property.ts";
import { type Call, type Change, defineType, type Effect } from "./resource-type.ts";

const properties = {
  service: {
    kind: "enum",
    doc: "Which service. A change makes a new resource.",
    values: ["cifs", "ftp", "iscsitarget", "nfs", "nvmet", "snmp", "ssh", "ups"],
    required: true,
    replaces: true,
  },
  enable: { kind: "boolean", doc: "Starts with the appliance." },
  running: { kind: "boolean", doc: "Runs now." },
} as const satisfies Properties;

/** Start at boot and run state of a service. */
export const service = defineType({
  name: "Service",
  doc: "Whether a service starts with the appliance and runs now. Taking it out of the program leaves the service as it is.",
  properties,
  outputs: { rowId: { kind: "integer", doc: "Row id in the middleware." } },
  reading: { by: "namespace", namespace: "service" },
  idOf: (inputs) => String(inputs["service"]),
  idForm: "service name",
  idOfRow: (row) => String(row["service"]),
  live: (row) => ({
    values: { service: row["service"], enable: row["enable"], running: row["state"] === "RUNNING" },
    outputs: { rowId: row["id"] },
  }),
  create: (inputs) => calls(String(inputs["service"]), inputs),
  update: (change: Change) => calls(change.id, change.changed),
  effect,
  removal: { kind: "leave" },
  takesOver: () => true,
});

/** A service that fails to start is an error only when the call is not silent. */
function calls(name: string, wanted: Values): readonly Call[] {
  const boot: Call[] =
    wanted["enable"] === undefined ? [] : [{ method: "service.update", params: [name, { enable: wanted["enable"] }] }];
  if (wanted["running"] === undefined) return boot;
  const verb = wanted["running"] === true ? "START" : "STOP";

  return [...boot, { method: "service.control", params: [verb, name, { silent: false }] }];
}

/** The replies are a row id and true, so what they stand for is taken from the calls. */
function effect({ method, params }: Call): Effect {
  const [name, values] =
    method === "service.update" ? params : [params[1], { state: params[0] === "START" ? "RUNNING" : "STOPPED" }];

  return { namespace: "service", change: (row) => (row["service"] === name ? { ...row, ...Object(values) } : row) };
}
