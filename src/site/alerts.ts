import { z } from "zod";
import { mailAddress } from "./mail-addresses.ts";
import { matching } from "./names.ts";
import { choice, named, type TextRule, text, wholeNumber, words } from "./value.ts";
import { ALERT_LEVELS, WATCHED_SUBJECTS } from "./vocabulary.ts";

const server = () =>
  text(
    matching({
      rule: "server",
      noun: "a server's name or address",
      allowed: "a host name or an IPv4 address, without a port",
      remedy: "write the name alone; the port has a line of its own",
      pattern: "^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$",
    }),
  );
const port = () => wholeNumber(1, 65535, "the port", "write a port number");
const level = choice(ALERT_LEVELS)
  .default("WARNING")
  .meta({ description: "The least that is told there; WARNING when left out." });

const mail = z.strictObject({
  from: mailAddress().meta({ description: "The sender." }),
  to: z.array(mailAddress()).min(1).meta({ description: "Who is told." }),
  server: server().meta({ description: "The server that takes the mail." }),
  port: port().meta({ description: "Its port." }),
  security: choice(["TLS", "STARTTLS", "NONE"]).meta({
    description: "How the way there is encrypted: from the start, once connected, or not at all.",
  }),
  user: words(120).exactOptional().meta({
    description: "The account at the server; its password is the secret mailPassword. No login when left out.",
  }),
  level,
});

const slack = z.strictObject({ level }).meta({ description: "Where it goes is the secret slackUrl." });

const syslog = z.strictObject({
  server: server().meta({ description: "The server that collects the logs of all machines." }),
  port: port().default(514).meta({ description: "Its port." }),
  transport: choice(["UDP", "TCP", "TLS"]).default("UDP").meta({ description: "How they travel." }),
  level: choice(["EMERG", "ALERT", "CRIT", "ERR", "WARNING", "NOTICE", "INFO", "DEBUG"])
    .default("INFO")
    .meta({ description: "The least that is sent." }),
});

/** What `told` may be about: a subject of the site, or a class of the appliance by its own name. */
const alertClass: TextRule<string> = matching({
  rule: "alert-class",
  noun: "a subject of alerts",
  allowed: `${WATCHED_SUBJECTS.join(", ")}, or a class as the appliance spells it, such as ScrubPaused`,
  remedy: "name a subject, or copy the class from the appliance's alert settings",
  pattern: `^(${WATCHED_SUBJECTS.join("|")}|[A-Z][A-Za-z0-9]{2,60})$`,
});

const percent = (usual: number) =>
  wholeNumber(1, 100, "percent", "write a fill level in percent")
    .default(usual)
    .meta({ description: `Fill level of a quota in percent; ${usual} when left out.` });

const thresholds = z.strictObject({ quotaWarning: percent(80), quotaCritical: percent(95) });

/** How somebody is told of what goes wrong on an appliance. */
export const alerts = z
  .strictObject({
    mail: mail.exactOptional().meta({ description: "By mail." }),
    slack: slack.exactOptional(),
    syslog: syslog.exactOptional().meta({ description: "Where the appliances' logs go as well." }),
    told: named(alertClass, choice(["immediately", "hourly", "daily", "never"]))
      .default({})
      .meta({ description: "When somebody is told, by subject or class; a class goes before its subject." }),
    thresholds: thresholds.exactOptional().meta({ description: "When a quota counts as nearly full." }),
  })
  .default({ told: {} })
  .meta({ description: "How somebody is told of what goes wrong." });
