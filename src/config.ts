import * as pulumi from "@pulumi/pulumi";
import { secretsOf } from "./secrets.ts";
import { parseSite, type Site, SiteError } from "./site/index.ts";
import type { SiteSecret } from "./site-secret.ts";

/** A secret that nobody has set yet. */
export interface MissingSecret extends Omit<SiteSecret, "name"> {
  /** Its whole configuration key. */
  readonly key: string;
}

/** The stack's configuration, read once. */
export interface StackConfig {
  readonly site: Site;
  /** Folder of the evidence of restore tests; `evidence` beside the stack files when left out. */
  readonly evidence: string | undefined;
  /** Secrets that the site needs and that are not set; always empty in an update, which stops without them. */
  readonly missingSecrets: readonly MissingSecret[];
  /** A secret, when it has been set. */
  secretIfSet(name: string): pulumi.Output<string> | undefined;
  /** A secret; one that is missing is unknown in a preview. */
  secret(name: string): pulumi.Output<string>;
  /** A secret of something that may wait: undefined where nobody needs it yet. */
  secretIfNeeded(name: string): pulumi.Output<string> | undefined;
  /** The configuration key under which a secret is set. */
  keyOf(name: string): string;
}

/**
 * Reads and checks `homelab:site`; every problem is said, and nothing is registered when there is one. An update does
 * not start without its secrets.
 */
export function readConfig(): StackConfig {
  const config = new pulumi.Config();
  const site = checked(config.requireObject("site"));
  const isMissing = (name: string) => missingSecrets.some(({ key }) => key === keyOf(name));
  const keyOf = (name: string) => `${config.name}:${name}`;
  const missingSecrets = secretsOf(site)
    .filter(({ name }) => config.getSecret(name) === undefined)
    .map(({ name, ...rest }) => ({ key: keyOf(name), ...rest }));
  if (missingSecrets.length > 0 && !pulumi.runtime.isDryRun()) throw new pulumi.RunError(refusal(missingSecrets));

  return {
    site,
    evidence: config.get("evidence"),
    missingSecrets,
    secretIfSet: (name) => config.getSecret(name),
    secret: (name) => config.getSecret(name) ?? unknownSecret(),
    secretIfNeeded: (name) => config.getSecret(name) ?? (isMissing(name) ? unknownSecret() : undefined),
    keyOf,
  };
}

function unknownSecret(): pulumi.Output<string> {
  return pulumi.secret(pulumi.unknown as unknown as string);
}

function refusal(missing: readonly MissingSecret[]): string {
  const count = missing.length === 1 ? "1 secret is" : `${missing.length} secrets are`;
  const lines = missing.map(({ key, purpose }) => `  pulumi config set --secret ${key}    # ${purpose}`);
  return [`${count} missing, and nothing has been changed; set them first:`, ...lines].join("\n");
}

function checked(value: unknown): Site {
  try {
    return parseSite(value);
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    throw new pulumi.RunError(error.message);
  }
}
