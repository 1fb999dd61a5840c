import { configObject } from "./config-object.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";

const text = (doc: string) => ({ kind: "string", doc }) as const;

const properties = {
  fromemail: { ...text("Address of the sender."), rule: "mailAddress" },
  fromname: text("Name of the sender."),
  outgoingserver: text("Address or name of the mail server."),
  port: { kind: "integer", doc: "Port of the mail server.", min: 1, max: 65535 },
  security: { kind: "enum", doc: "How the way to it is encrypted.", values: ["PLAIN", "SSL", "TLS"] },
  smtp: { kind: "boolean", doc: "Logs in with user and password." },
  user: { ...text("Who logs in; empty is nobody."), nullIs: "" },
  pass: {
    kind: "string",
    doc: "Password of the login, in plain ASCII.",
    secret: true,
    writeOnly: true,
    rule: "ascii",
  },
  oauth: {
    kind: "object",
    doc: "Login at a provider that wants OAuth, in place of user and password.",
    typeName: "MailOAuth",
    fields: {
      provider: { ...text("gmail or outlook."), required: true },
      clientId: { ...text("Id of the application at the provider."), required: true },
      clientSecret: { ...text("The application's secret."), required: true, secret: true },
      refreshToken: { ...text("What new logins are asked for with."), required: true, secret: true },
    },
    secret: true,
    writeOnly: true,
  },
} as const satisfies Properties;

/** How the appliance sends mail. */
export const mail = defineType({
  name: "Mail",
  doc: "How the appliance sends mail. What is not stated, and what is taken out of the program, stays as it is.",
  properties,
  ...configObject("mail", properties),
  unread,
  check,
});

/** What it logs in with, when it does. */
function unread({ values }: { readonly values: Values }): readonly string[] {
  return values["smtp"] === true ? ["pass"] : [];
}

function check(inputs: Values): readonly Problem[] {
  const { smtp, user, pass, oauth } = inputs;

  return [
    ...(smtp === true && user === "" ? [{ property: "user", reason: "smtp logs in as user; state who that is" }] : []),
    ...(pass !== undefined && oauth !== undefined
      ? [{ property: "oauth", reason: "oauth takes the place of pass; state one of them" }]
      : []),
  ];
}
