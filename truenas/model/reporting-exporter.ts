import { adopt } from "./adopt.ts";
import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Change, defineType, type PlanContext, type Row } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const own = {
  name: {
    kind: "string",
    doc: "Name of the exporter. A change makes a new exporter.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 120,
  },
  enabled: { kind: "boolean", doc: "Sends. Default true.", default: true },
  adopt: adopt("an exporter of this name"),
} as const satisfies Properties;

/** What the middleware keeps under `attributes`. */
const attributes = {
  exporterType: { kind: "enum", doc: "What receives it. Default GRAPHITE.", values: ["GRAPHITE"], default: "GRAPHITE" },
  destinationIp: { kind: "string", doc: "Address of the receiver.", required: true, rule: "address" },
  destinationPort: {
    kind: "integer",
    doc: "TCP port of the receiver, for example 2003 or 9109.",
    required: true,
    min: 1,
    max: 65535,
  },
  prefix: { kind: "string", doc: "First part of every metric's name. Default scale.", default: "scale" },
  namespace: {
    kind: "string",
    doc: "Second part of every metric's name; it tells appliances apart.",
    required: true,
    rule: "notEmpty",
  },
  updateEvery: {
    kind: "integer",
    doc: "Seconds from one sending to the next. Default 1.",
    default: 1,
    min: 1,
    unit: "seconds",
  },
  bufferOnFailures: {
    kind: "integer",
    doc: "Sendings kept while the receiver cannot be reached. Default 10.",
    default: 10,
    min: 1,
  },
  sendNamesInsteadOfIds: {
    kind: "boolean",
    doc: "Sends names of metrics rather than their ids. Default true.",
    default: true,
  },
  matchingCharts: {
    kind: "string",
    doc: "Patterns of the charts that are sent, with blanks between them. Default all of them.",
    default: "*",
    rule: "notEmpty",
  },
} as const satisfies Properties;

const properties = { ...own, ...attributes } as const satisfies Properties;

const row = rowObject("reporting.exporters", properties, payload);

/** What sends the appliance's metrics to a time series database. */
export const reportingExporter = defineType({
  name: "ReportingExporter",
  doc: "Sends the appliance's metrics to a receiver that speaks Graphite's protocol, for example Prometheus' graphite exporter.",
  properties,
  ...row,
  live: ({ attributes: inner, ...outer }: Row) => ({
    values: { ...fromWire(own, outer), ...fromWire(attributes, isRecord(inner) ? inner : {}) },
    outputs: { rowId: outer["id"] },
  }),
  update: (change: Change, context: PlanContext) => row.update({ ...change, changed: whole(change) }, context),
  idOf: (inputs) => String(inputs["name"]),
  idForm: "exporter name",
  idOfRow: ({ name }) => String(name),
});

/** The middleware judges attributes as a whole, so that all are sent when one has changed. */
function whole({ changed, news }: Change): Values {
  const stated = Object.entries(news).filter(([name]) => name in attributes);

  return Object.keys(changed).some((name) => name in attributes)
    ? { ...Object.fromEntries(stated), ...changed }
    : changed;
}

function payload(values: Values): Values {
  const inner = toWire(attributes, values);
  const type = attributes.exporterType.default;

  return {
    ...toWire(own, values),
    ...(Object.keys(inner).length > 0 ? { attributes: { exporter_type: type, ...inner } } : {}),
  };
}
