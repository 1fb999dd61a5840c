import type { ValidationErrors } from "../middleware/errors.ts";
import { bool, int, literal, nullable, refined, str } from "../middleware/kinds.ts";
import type { Methods } from "../middleware/method.ts";
import { model, type ObjectOf, union } from "../middleware/models.ts";
import type { Dialect } from "../versions.ts";
import { configurationMethods } from "./configuration.ts";

const LONG = 2_048_000;

const address = refined(str(), (value) => {
  if (value === "" || (value.length <= 254 && value.includes("@"))) return undefined;
  return value.length > 254 ? "Value error, Maximum length is 254 characters." : "Value error, Missing '@' symbol.";
});

const oauth = model("MailEntryOAuth", {
  provider: str(),
  client_id: str(),
  client_secret: str(),
  refresh_token: str({ max: LONG }),
});

const shape = {
  fromemail: address,
  fromname: str(),
  outgoingserver: str(),
  port: int(),
  security: literal("PLAIN", "SSL", "TLS"),
  smtp: bool,
  user: nullable(str()),
  pass: nullable(str()),
  oauth: nullable(union(oauth, model("EmptyDict", {}))),
};

/** How mail is sent. */
export type MailSettings = ObjectOf<typeof shape>;

/** The place of the settings, and what an appliance comes with. */
export const mailSettings = {
  namespace: "mail",
  initial: (): MailSettings => ({
    fromemail: "",
    fromname: "",
    outgoingserver: "",
    port: 25,
    security: "PLAIN",
    smtp: false,
    user: null,
    pass: null,
    oauth: null,
  }),
};

const NOT_ASCII =
  "Only plain text characters (7-bit ASCII) are allowed in passwords. UTF or composed characters are not allowed.";

function checked(_context: unknown, errors: ValidationErrors, wanted: MailSettings): MailSettings {
  const login = wanted.oauth !== null && "provider" in wanted.oauth ? wanted.oauth : undefined;
  if (wanted.smtp && wanted.user === "")
    errors.add("mail_update.user", "This field is required when SMTP authentication is enabled");
  if ((login === undefined || login.provider === "outlook") && wanted.fromemail === "")
    errors.add("mail_update.fromemail", "This field is required");
  if ([...(wanted.pass ?? "")].some((letter) => letter > "\u007f")) errors.add("mail_update.pass", NOT_ASCII);
  return wanted;
}

/** `mail.*`: how mail is sent. */
export const mailMethods = (dialect: Dialect): Methods =>
  configurationMethods({
    ...mailSettings,
    argument: dialect === "25.04" ? "mail_update" : "data",
    shape,
    checked,
  });
