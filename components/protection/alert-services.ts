import type * as pulumi from "@pulumi/pulumi";
import type { Alerts } from "../../src/site/index.ts";
import { AlertService, Mail } from "../../truenas/index.ts";
import { keyOf, type Planned, plan } from "../storage/planned.ts";

/** What the ways to somebody need that the site does not say. */
export interface AlertSecrets {
  readonly mailPassword: pulumi.Output<string> | undefined;
  readonly slackUrl: pulumi.Output<string> | undefined;
}

/** The service that every appliance comes with; it is taken over, so that nobody is told twice. */
const BUILT_IN = "E-Mail";
/** TrueNAS calls a way that is encrypted once connected TLS, and one that is from the start SSL. */
const SECURITY = { TLS: "SSL", STARTTLS: "TLS", NONE: "PLAIN" } as const;

/** How somebody is told: mail first, since it needs nothing but a server, then chat. */
export function servicePlan(appliance: string, { mail, slack }: Alerts, secrets: AlertSecrets): Planned[] {
  const sending = mail && plan(Mail, "mail", mailArgs(appliance, mail, secrets));
  const after = sending ? [keyOf(sending)] : [];
  const recipients = (mail?.to ?? []).map((email, at) => {
    const name = at === 0 ? BUILT_IN : `${BUILT_IN} to ${email}`;
    const taken = at === 0 ? { adopt: true } : {};
    return plan(
      AlertService,
      name,
      { name, type: "Mail", email, level: mail?.level, enabled: true, ...taken },
      { after },
    );
  });
  const channel =
    slack &&
    plan(
      AlertService,
      "Slack",
      { name: "Slack", type: "Slack", url: secrets.slackUrl, ...slack, enabled: true },
      { after: recipients.map(keyOf) },
    );

  return [sending, ...recipients, channel].filter((planned) => planned !== undefined);
}

function mailArgs(appliance: string, mail: NonNullable<Alerts["mail"]>, { mailPassword }: AlertSecrets) {
  const { from: fromemail, server: outgoingserver, port, security, user } = mail;
  const login = user === undefined ? { smtp: false } : { smtp: true, user, pass: mailPassword };

  return { fromemail, fromname: appliance, outgoingserver, port, security: SECURITY[security], ...login };
}
