import { bool, defaulted, int, type Kind, literal, nullable, str } from "../../middleware/kinds.ts";
import { list, type Model, model, type Shape, tagged } from "../../middleware/models.ts";
import { webAddress, webAddressOrNone } from "../web-address.ts";

const filled = str({ min: 1 });
const filledOrNull = defaulted(nullable(filled), null);
const port = int({ ge: 1, le: 65_535 });

interface Service {
  /** What people call it. */
  readonly title: string;
  readonly fields: Shape;
}

const SERVICES: Readonly<Record<string, Service>> = {
  AWSSNS: {
    title: "AWS SNS",
    fields: { region: filled, topic_arn: filled, aws_access_key_id: filled, aws_secret_access_key: filled },
  },
  InfluxDB: {
    title: "InfluxDB",
    fields: { host: filled, username: filled, password: filled, database: filled, series_name: filled },
  },
  Mail: { title: "Email", fields: { email: defaulted(str(), "") } },
  Mattermost: {
    title: "Mattermost",
    fields: {
      url: webAddress,
      username: filled,
      channel: defaulted(str(), ""),
      icon_url: defaulted(webAddressOrNone, ""),
    },
  },
  OpsGenie: { title: "OpsGenie", fields: { api_key: filled, api_url: defaulted(webAddressOrNone, "") } },
  PagerDuty: { title: "PagerDuty", fields: { service_key: filled, client_name: filled } },
  Slack: { title: "Slack", fields: { url: webAddress } },
  SNMPTrap: {
    title: "SNMP Trap",
    fields: {
      host: str(),
      port,
      v3: bool,
      community: filledOrNull,
      v3_username: filledOrNull,
      v3_authkey: filledOrNull,
      v3_privkey: filledOrNull,
      v3_authprotocol: defaulted(
        nullable(literal("MD5", "SHA", "128SHA224", "192SHA256", "256SHA384", "384SHA512")),
        null,
      ),
      v3_privprotocol: defaulted(
        nullable(
          literal(
            ...(["DES", "3DESEDE", "AESCFB128", "AESCFB192", "AESCFB256"] as const),
            ...(["AESBLUMENTHALCFB192", "AESBLUMENTHALCFB256"] as const),
          ),
        ),
        null,
      ),
    },
  },
  Telegram: { title: "Telegram", fields: { bot_token: filled, chat_ids: list(int(), { min: 1 }) } },
  VictorOps: { title: "VictorOps", fields: { api_key: filled, routing_key: filled } },
};

/** What people call a type of service. */
export const titleOf = (type: string): string => SERVICES[type]?.title ?? "<Unknown>";

/** The attributes with their type among them, as 25.10 takes them. */
export const attributesWithType = tagged(
  "type",
  Object.fromEntries(
    Object.entries(SERVICES).map(([type, { fields }]) => [
      type,
      model(`${type}ServiceModel`, { type: literal(type), ...fields }) as Model<Shape>,
    ]),
  ),
);

// Addresses were plain texts in 25.04, and came back as they were sent.
const ADDRESSES: ReadonlyMap<Kind<unknown>, Kind<unknown>> = new Map<Kind<unknown>, Kind<unknown>>([
  [webAddress, filled],
]);

/** The attributes of a type without it, as 25.04 takes them; undefined for a type that there is not. */
export function attributesOf(type: string): Model<Shape> | undefined {
  const service = SERVICES[type];
  if (service === undefined) return undefined;
  const fields = Object.entries(service.fields).map(([name, field]) => [
    name,
    /url$/.test(name) && field.missing !== "required" ? defaulted(str(), "") : (ADDRESSES.get(field) ?? field),
  ]);
  return model(`${type}_attributes`, Object.fromEntries(fields));
}
