import { UNREAD } from "./credentials.ts";
import { foundBy, type Managed, type Tampering } from "./managed.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What somebody sends who changes a service: all of it, as TrueNAS wants it. */
const over =
  (change: Fields): Tampering =>
  ({ name, type, attributes, level, enabled }) => ({
    ...(type === undefined ? {} : { type }),
    ...{ name, attributes, level, enabled, ...change },
  });
const inside =
  (change: Fields): Tampering =>
  (row) => {
    const { type, name, attributes, level, enabled } = row;
    const service = { name, attributes: { ...(attributes as Fields), ...change }, level, enabled };
    return type === undefined ? service : { ...service, type };
  };

/** A service of one type, of which only the members that no other type has are told. */
function service(type: string, stated: Fields, attributes: Fields, drift: Fields): Managed {
  return {
    type: "AlertService",
    title: `AlertService ${type}`,
    brief: true,
    namespace: "alertservice",
    stated: (at) => ({ name: `${type} ${at}`, type, ...stated }),
    id: ({ name }) => String(name),
    made: { name: `${type} it`, level: "WARNING", attributes: { type, ...attributes } },
    drift: Object.fromEntries(Object.entries(drift).map(([path, change]) => [path, inside(change as Fields)])),
    changes: {},
    otherwise: { level: "NOTICE" },
  };
}

/** Where alerts are told. */
export const alertServices: readonly Managed[] = [
  {
    type: "AlertService",
    namespace: "alertservice",
    only: "25.10",
    stated: (at) => ({
      name: `chat ${at}`,
      type: "Mattermost",
      level: "ERROR",
      enabled: false,
      url: "https://chat.home.lan/hooks/planted-hook",
      username: "din",
      channel: "alerts",
      iconUrl: "https://chat.home.lan",
    }),
    id: ({ name }) => String(name),
    made: {
      name: "chat it",
      level: "ERROR",
      enabled: false,
      attributes: {
        type: "Mattermost",
        url: "https://chat.home.lan/hooks/planted-hook",
        username: "din",
        channel: "alerts",
        icon_url: "https://chat.home.lan",
      },
    },
    kept: ["url", "username"],
    drift: {
      level: over({ level: "INFO" }),
      enabled: over({ enabled: true }),
      username: inside({ username: "grogu" }),
      channel: inside({ channel: "" }),
      iconUrl: inside({ icon_url: "" }),
    },
    changes: {
      level: "CRITICAL",
      enabled: true,
      url: "https://chat.home.lan/hooks/planted-other",
      username: "grogu",
      channel: "off-topic",
      iconUrl: "https://chat.home.lan/icon.png",
    },
    refused: [
      [{ url: undefined }, "url", "type Mattermost needs url; state it"],
      [{ url: "chat.home.lan" }, "url", "url is no web address; use the whole one, from https:// on"],
      [{ email: "a@b" }, "email", "type Mattermost has no email; leave it out"],
      [
        { level: "BAD" },
        "level",
        'level "BAD" is not allowed; use one of INFO, NOTICE, WARNING, ERROR, CRITICAL, ALERT, EMERGENCY',
      ],
    ],
    otherwise: { channel: "mine" },
    fixed: {
      ...foundBy("service", "name"),
      type: "comes with other properties: somebody who changes it makes another service",
      ...Object.fromEntries(
        ["url", "botToken", "serviceKey", "apiKey", "awsSecretAccessKey", "password", "v3Authkey", "v3Privkey"].map(
          (name) => [name, UNREAD],
        ),
      ),
    },
  },
  service("Mail", { email: "admin@home.lan" }, { email: "admin@home.lan" }, { email: { email: "" } }),
  service(
    "Telegram",
    { botToken: "planted-bot-token", chatIds: [1, -2] },
    { bot_token: "planted-bot-token", chat_ids: [-2, 1] },
    { chatIds: { chat_ids: [1] } },
  ),
  service(
    "PagerDuty",
    { serviceKey: "planted-service-key", clientName: "din" },
    { service_key: "planted-service-key", client_name: "din" },
    { clientName: { client_name: "grogu" } },
  ),
  service(
    "OpsGenie",
    { apiKey: "planted-ops-key", apiUrl: "https://api.eu.opsgenie.com" },
    { api_key: "planted-ops-key", api_url: "https://api.eu.opsgenie.com" },
    { apiUrl: { api_url: "" } },
  ),
  service(
    "VictorOps",
    { apiKey: "planted-victor-key", routingKey: "home" },
    { api_key: "planted-victor-key", routing_key: "home" },
    { routingKey: { routing_key: "work" } },
  ),
  service(
    "AWSSNS",
    {
      region: "eu-central-1",
      topicArn: "arn:aws:sns:1",
      awsAccessKeyId: "A001",
      awsSecretAccessKey: "planted-aws-secret",
    },
    {
      region: "eu-central-1",
      topic_arn: "arn:aws:sns:1",
      aws_access_key_id: "A001",
      aws_secret_access_key: "planted-aws-secret",
    },
    {
      region: { region: "us-east-1" },
      topicArn: { topic_arn: "arn:aws:sns:2" },
      awsAccessKeyId: { aws_access_key_id: "A002" },
    },
  ),
  service(
    "InfluxDB",
    { host: "metrics.home.lan", username: "din", password: "planted-influx", database: "alerts", seriesName: "din" },
    { host: "metrics.home.lan", username: "din", password: "planted-influx", database: "alerts", series_name: "din" },
    { database: { database: "other" }, seriesName: { series_name: "other" } },
  ),
  service(
    "SNMPTrap",
    {
      host: "trap.home.lan",
      port: 162,
      v3: true,
      v3Username: "din",
      v3Authkey: "planted-auth-key",
      v3Privkey: "planted-priv-key",
      v3Authprotocol: "SHA",
      v3Privprotocol: "AESCFB128",
    },
    {
      host: "trap.home.lan",
      port: 162,
      v3: true,
      v3_username: "din",
      v3_authkey: "planted-auth-key",
      v3_privkey: "planted-priv-key",
      v3_authprotocol: "SHA",
      v3_privprotocol: "AESCFB128",
    },
    {
      host: { host: "other.home.lan" },
      port: { port: 163 },
      v3: { v3: false },
      v3Username: { v3_username: "grogu" },
      v3Authprotocol: { v3_authprotocol: "MD5" },
      v3Privprotocol: { v3_privprotocol: "DES" },
    },
  ),
  {
    ...service(
      "SNMPTrap",
      { host: "trap.home.lan", port: 162, v3: false, community: "public" },
      { host: "trap.home.lan", port: 162, v3: false, community: "public" },
      { community: { community: "private" } },
    ),
    title: "AlertService SNMPTrap of version 2",
    stated: (at) => ({
      name: `old trap ${at}`,
      type: "SNMPTrap",
      ...{ host: "trap.home.lan", port: 162, v3: false, community: "public" },
    }),
    made: {
      name: "old trap it",
      level: "WARNING",
      attributes: { type: "SNMPTrap", host: "trap.home.lan", port: 162, v3: false, community: "public" },
    },
  },
  {
    type: "Mail",
    namespace: "mail",
    single: true,
    stated: () => ({
      fromemail: "din@home.lan",
      fromname: "din",
      outgoingserver: "mail.home.lan",
      port: 465,
      security: "SSL",
      smtp: true,
      user: "din",
      pass: "planted-mail-pass",
    }),
    id: () => "mail",
    made: {
      fromemail: "din@home.lan",
      fromname: "din",
      outgoingserver: "mail.home.lan",
      port: 465,
      security: "SSL",
      smtp: true,
      user: "din",
      pass: "planted-mail-pass",
    },
    drift: {
      fromemail: { fromemail: "other@home.lan" },
      fromname: { fromname: "" },
      outgoingserver: { outgoingserver: "" },
      port: { port: 25 },
      security: { security: "PLAIN" },
      smtp: { smtp: false },
      user: { user: null },
    },
    changes: { port: 587, security: "TLS", smtp: false, user: "", pass: "planted-mail-other" },
    refused: [
      [{ fromemail: "din" }, "fromemail", 'fromemail "din" is no mail address; use one such as nas@home.lan'],
      [{ user: "" }, "user", "smtp logs in as user; state who that is"],
      [
        { pass: "grün-und-lang" },
        "pass",
        "pass has letters beyond plain ASCII, which mail servers do not take; use another one",
      ],
      [{ port: 0 }, "port", "port 0 is below the minimum of 1; raise it"],
    ],
    fixed: { pass: UNREAD, oauth: UNREAD },
  },
];
