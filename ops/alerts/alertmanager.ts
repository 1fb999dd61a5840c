import type { Site } from "../../src/site/index.ts";

/** Where Alertmanager reads secrets from; nothing secret is in its configuration. */
const SECRETS = "/etc/alertmanager/secrets";

const WAITS = [
  ["critical", "1h"],
  ["warning", "12h"],
  ["info", "7d"],
] as const;

/** Alertmanager's configuration: the channels of the site, again and again until it is cured, sooner what is graver. */
export function alertmanager({ alerts }: Site): unknown {
  const configs = { ...mailTo(alerts), ...slackTo(alerts) };
  const receiver = Object.keys(configs).length > 0 ? "owner" : "nobody";

  return {
    route: {
      receiver,
      ...{ group_by: ["alertname", "appliance"], group_wait: "1m", group_interval: "5m", repeat_interval: "12h" },
      routes: WAITS.map(([severity, repeat]) => ({
        ...{ receiver, matchers: [`severity="${severity}"`], repeat_interval: repeat },
      })),
    },
    receivers: [{ name: receiver, ...configs }],
    inhibit_rules: [
      {
        source_matchers: ['alertname="ApplianceSilent"'],
        target_matchers: ['alertname!="ApplianceSilent"'],
        equal: ["stack", "appliance"],
      },
      {
        source_matchers: ['alertname="ReplicationLags"'],
        target_matchers: ['alertname=~"SnapshotsHeld|ReplicationFails"'],
        equal: ["stack", "appliance", "replication"],
      },
    ],
  };
}

function mailTo({ mail }: Site["alerts"]): object {
  if (!mail) return {};
  const { from, to, server, port, security, user } = mail;
  const login = user === undefined ? {} : { auth_username: user, auth_password_file: `${SECRETS}/mailPassword` };
  const way = { from, smarthost: `${server}:${port}`, require_tls: security === "STARTTLS" };

  return { email_configs: to.map((address) => ({ to: address, ...way, ...login, send_resolved: true })) };
}

function slackTo({ slack }: Site["alerts"]): object {
  return slack ? { slack_configs: [{ api_url_file: `${SECRETS}/slackUrl`, send_resolved: true }] } : {};
}
