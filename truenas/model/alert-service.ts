import { adopt } from "./adopt.ts";
import { fromWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Change, defineType, type Live, type PlanContext, type Row } from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";
import { checkVariant, neededSecrets, shownMembers, type Variants, variantToWire } from "./variants.ts";

const text = (doc: string) => ({ kind: "string", doc }) as const;
const optional = (doc: string) => ({ kind: "string", doc, default: "" }) as const;
const secret = (doc: string) => ({ kind: "string", doc, secret: true, writeOnly: true }) as const;
const oneOf = <const V extends readonly string[]>(doc: string, ...values: V) =>
  ({ kind: "enum", doc, values }) as const;

/** What TrueNAS keeps under `attributes`; which of it there is depends on the type. */
export const alertServiceAttributes = {
  email: optional("Mail: who is told; empty is every local administrator."),
  url: { ...secret("Slack and Mattermost: the webhook, which anybody can write to who knows it."), rule: "webhook" },
  username: text("Mattermost: name of the sender. InfluxDB: account."),
  channel: optional("Mattermost: where it is told; empty is the webhook's own."),
  iconUrl: { ...optional("Mattermost: picture of the sender."), compare: "url" },
  botToken: secret("Telegram: the bot's token."),
  chatIds: {
    kind: "list",
    doc: "Telegram: chats that are told.",
    items: { kind: "integer", doc: "Number of a chat." },
    compare: "set",
    minItems: 1,
    unique: true,
  },
  serviceKey: secret("PagerDuty: integration key."),
  clientName: text("PagerDuty: name of the sender."),
  apiKey: secret("OpsGenie and VictorOps: key of the API."),
  apiUrl: { ...optional("OpsGenie: where it is reached; empty is its own."), compare: "url" },
  routingKey: text("VictorOps: who is told."),
  region: text("AWSSNS: region of the topic."),
  topicArn: text("AWSSNS: the topic."),
  awsAccessKeyId: text("AWSSNS: the access key's id, which is no secret."),
  awsSecretAccessKey: secret("AWSSNS: the access key's secret."),
  host: text("InfluxDB and SNMPTrap: address or name."),
  password: secret("InfluxDB: password."),
  database: text("InfluxDB: where it is kept."),
  seriesName: text("InfluxDB: name of the series."),
  port: { kind: "integer", doc: "SNMPTrap: port.", min: 1, max: 65535 },
  v3: { kind: "boolean", doc: "SNMPTrap: speaks version 3." },
  community: text("SNMPTrap: community of versions 1 and 2, which everybody on the way can read."),
  v3Username: text("SNMPTrap: account of version 3."),
  v3Authkey: secret("SNMPTrap: key that proves who it is."),
  v3Privkey: secret("SNMPTrap: key that encrypts."),
  v3Authprotocol: oneOf(
    "SNMPTrap: how it proves who it is.",
    "MD5",
    "SHA",
    "128SHA224",
    "192SHA256",
    "256SHA384",
    "384SHA512",
  ),
  v3Privprotocol: oneOf(
    "SNMPTrap: how it encrypts.",
    "DES",
    "3DESEDE",
    "AESCFB128",
    "AESCFB192",
    "AESCFB256",
    "AESBLUMENTHALCFB192",
    "AESBLUMENTHALCFB256",
  ),
} as const satisfies Properties;

/** The members that each type of service has. */
export const ALERT_SERVICES = {
  Mail: ["email"],
  Slack: ["url!"],
  Mattermost: ["url!", "username!", "channel", "iconUrl"],
  Telegram: ["botToken!", "chatIds!"],
  PagerDuty: ["serviceKey!", "clientName!"],
  OpsGenie: ["apiKey!", "apiUrl"],
  VictorOps: ["apiKey!", "routingKey!"],
  AWSSNS: ["region!", "topicArn!", "awsAccessKeyId!", "awsSecretAccessKey!"],
  InfluxDB: ["host!", "username!", "password!", "database!", "seriesName!"],
  SNMPTrap: [
    ...(["host!", "port!", "v3!", "community", "v3Username"] as const),
    ...(["v3Authkey", "v3Privkey", "v3Authprotocol", "v3Privprotocol"] as const),
  ],
} as const satisfies Variants;

const properties = {
  name: {
    kind: "string",
    doc: "Name of the service; E-Mail is the one that every appliance comes with. A change makes a new service.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 120,
  },
  type: {
    kind: "enum",
    doc: "What tells it.",
    values: [
      ...(["Mail", "Slack", "Mattermost", "Telegram", "PagerDuty", "OpsGenie"] as const),
      ...(["VictorOps", "AWSSNS", "InfluxDB", "SNMPTrap"] as const),
    ],
    required: true,
  },
  level: {
    kind: "enum",
    doc: "Alerts that are at least this bad are told.",
    values: ["INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"],
    default: "WARNING",
  },
  enabled: { kind: "boolean", doc: "Tells alerts. Default true.", default: true },
  ...alertServiceAttributes,
  adopt: adopt("a service of this name"),
} as const satisfies Properties;

/** Somewhere that alerts are told. */
export const alertService = defineType({
  name: "AlertService",
  doc: "Somewhere that alerts are told. Its secrets are sent with every change, and never read back.",
  properties,
  outputs: { rowId: { kind: "integer", doc: "Row id in the middleware." } },
  reading: { by: "namespace", namespace: "alertservice" },
  ...rowCalls("alertservice", body),
  // TrueNAS takes a service as a whole only.
  update: ({ id, rowId, changed, news }: Change, context: PlanContext) =>
    Object.keys(changed).length === 0
      ? []
      : [{ method: "alertservice.update", params: [rowId ?? `<row of ${id}>`, body(news, context)] }],
  idOf: (inputs) => String(inputs["name"]),
  idForm: "service name",
  idOfRow: (row) => String(row["name"]),
  live,
  unread,
  takesOver: (row) => isFactoryMade(row),
  check: (inputs) => checkVariant(ALERT_SERVICES, inputs),
});

/** What the type needs, and the keys of the protocols that an SNMP trap speaks. */
function unread({ values }: Live): readonly string[] {
  const keys = [
    ...(typeof values["v3Authprotocol"] === "string" ? ["v3Authkey"] : []),
    ...(typeof values["v3Privprotocol"] === "string" ? ["v3Privkey"] : []),
  ];

  return [...neededSecrets(alertServiceAttributes, ALERT_SERVICES, values["type"]), ...keys];
}

/** The mail to nobody in particular that every appliance comes with. */
function isFactoryMade(row: Row): boolean {
  const { type, email } = membersOf(row);

  return ["E-Mail", "Mail"].includes(String(row["name"])) && type === "Mail" && !email;
}

/** TrueNAS 25.04 keeps the type beside the attributes. */
function membersOf(row: Row): Values {
  const { type } = row;

  return { ...(type === undefined ? {} : { type }), ...(isRecord(row["attributes"]) ? row["attributes"] : {}) };
}

function live(row: Row) {
  const stored = shownMembers(membersOf(row));
  const { name, level, enabled } = row;

  return {
    values: { name, type: stored["type"], level, enabled, ...fromWire(alertServiceAttributes, stored) },
    outputs: { rowId: row["id"] },
  };
}

function body(values: Values, { dialect }: PlanContext): Values {
  const { name, level = properties.level.default, enabled = true } = values;
  const attributes = variantToWire(alertServiceAttributes, ALERT_SERVICES, values);
  if (dialect !== "25.04") return { name, attributes, level, enabled };
  const { type, ...others } = attributes;

  return { name, type, attributes: others, level, enabled };
}
