import { post, queue } from "../alerts/mail-queue.ts";
import { NotTaken } from "../alerts/post.ts";
import { administratorsEmails } from "../alerts/services.ts";
import { CallError, ValidationErrors } from "../middleware/errors.ts";
import { absent, any, bool, defaulted, int, nullable, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, list, model, type ObjectOf } from "../middleware/models.ts";

const shape = {
  subject: str(),
  text: absent(str({ max: Number.MAX_SAFE_INTEGER })),
  html: absent(nullable(str({ max: Number.MAX_SAFE_INTEGER }))),
  to: absent(list(str())),
  cc: absent(list(str())),
  interval: absent(nullable(int())),
  channel: absent(nullable(str())),
  timeout: defaulted(int(), 300),
  attachments: defaulted(bool, false),
  queue: defaulted(bool, true),
  extra_headers: defaulted(dictionary(any), {}),
};

interface MailSettings {
  readonly fromemail?: string;
  readonly fromname?: string;
  readonly outgoingserver?: string;
  readonly port?: number;
}

interface NetworkSettings {
  readonly hostname?: string;
  readonly domain?: string;
  readonly activity?: { readonly type: "ALLOW" | "DENY"; readonly activities: readonly string[] };
}

function mayMail({ activity }: NetworkSettings): boolean {
  const listed = activity?.activities.includes("mail") ?? false;
  return activity?.type === "ALLOW" ? listed : !listed;
}

const words = (value: unknown) =>
  String(value ?? "")
    .split(" ")
    .filter((word) => word !== "");

function send(context: Context, message: ObjectOf<typeof shape>, config: MailSettings): boolean {
  const settings = context.state.table<MailSettings & NetworkSettings>("configuration");
  const network = settings.get("network.configuration") ?? {};
  const { fromemail = "", fromname = "", outgoingserver = "", port = 25 } = { ...settings.get("mail"), ...config };
  const html = message.html ?? undefined;
  if (message.text === undefined && html === undefined)
    throw new ValidationErrors().add("mail_message.text", "Text is required when HTML is not set");
  const to = message.to?.length ? message.to : administratorsEmails(context.state);
  if (to.length === 0) throw new CallError("None of the local administrators has an e-mail address configured");
  if (!mayMail(network)) return false;
  if (outgoingserver === "" || !port)
    throw new CallError("You must provide an outgoing mailserver and mail server port when sending mail");
  const host = `${network.hostname ?? context.state.facts.get("hostname")}.${network.domain ?? "local"}`;
  const mail = {
    ...{ through: "mail", to: [...to, ...(message.cc ?? [])], text: message.text ?? html ?? "" },
    sender: fromname === "" ? fromemail : `${fromname} <${fromemail}>`,
    subject: `TrueNAS ${host}: ${message.subject}`,
    raised: words(message.extra_headers["X-Raised"]),
    cleared: words(message.extra_headers["X-Cleared"]),
  };
  try {
    post(context, mail);
    return true;
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    if (message.queue) queue(context, mail);
    throw new CallError(`Failed to send email: ${error.message}`);
  }
}

/** `mail.send` and whom it writes to when nobody is named. */
export const mailSendMethods: Methods = {
  "mail.send": method(
    { message: model("MailSendMessage", shape), config: defaulted(dictionary(any), {}) },
    (context, { message, config }) => send(context, message, config as MailSettings),
    { job: {} },
  ),
  "mail.local_administrator_email": method({}, ({ state }) => administratorsEmails(state).sort()[0] ?? null),
};
