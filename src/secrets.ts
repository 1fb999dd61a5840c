import { hostSecretsOf, sshKeyOf } from "./host-secrets.ts";
import { isThere } from "./presence.ts";
import type { Site } from "./site/index.ts";
import type { SiteSecret } from "./site-secret.ts";

/** The names of the application key of an offsite copy: its id and the key itself. */
export function applicationKeyOf(offsite: string): { readonly id: string; readonly key: string } {
  return { id: `offsiteKeyId-${offsite}`, key: `offsiteKey-${offsite}` };
}

/** The password at the server that takes the mail. */
export const MAIL_PASSWORD = "mailPassword";
/** Where Slack takes messages; whoever knows it can write there. */
export const SLACK_URL = "slackUrl";

/** The secrets that are needed to apply a site as far as its machines are there. */
export function secretsOf(site: Site): SiteSecret[] {
  const there = Object.entries(site.appliances).filter(([, { host, installed }]) => installed && isThere(site, host));
  const { mail, slack } = site.alerts;
  const told = there.length > 0;

  return [
    ...hostSecretsOf(site),
    ...there.map(([name]) => ({
      name: sshKeyOf(name),
      purpose: `the private SSH key of ${name}`,
      example: "made-up SSH key",
    })),
    ...Object.entries(site.offsites)
      .filter(([, { method, source }]) => method !== "client" && there.some(([name]) => name === source.appliance))
      .flatMap(([name, { bucket }]) => applicationKey(name, bucket)),
    ...(told && mail?.user !== undefined ? [mailPassword(mail.user)] : []),
    ...(told && slack !== undefined
      ? [
          {
            name: SLACK_URL,
            purpose: "the webhook of the Slack channel",
            example: "https://hooks.slack.com/services/made-up",
          },
        ]
      : []),
  ];
}

function applicationKey(offsite: string, bucket: string): SiteSecret[] {
  const { id, key } = applicationKeyOf(offsite);
  return [
    {
      name: id,
      purpose: `the id of the application key for bucket ${bucket}`,
      example: `made-up-id-${offsite}`,
      opens: bucket,
    },
    {
      name: key,
      purpose: `the application key for bucket ${bucket}`,
      example: `made-up-key-${offsite}`,
      opens: bucket,
    },
  ];
}

function mailPassword(user: string): SiteSecret {
  return { name: MAIL_PASSWORD, purpose: `the mail password of ${user}`, example: "made-up mail password" };
}
