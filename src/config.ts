import * as pulumi from "@pulumi/pulumi";
import { parseSite, type Site, SiteError } from "./site/index.ts";

/** The stack's configuration, read once. */
export interface StackConfig {
  readonly site: Site;
  /** The SSH key of an appliance, when it has been set. */
  privateKeyOf(appliance: string): pulumi.Output<string> | undefined;
  /** The configuration key under which the SSH key of an appliance is set. */
  secretNameOf(appliance: string): string;
}

/** Reads and checks `homelab:site`; every problem is said, and nothing is registered when there is one. */
export function readConfig(): StackConfig {
  const config = new pulumi.Config();
  const site = checked(config.requireObject("site"));

  return {
    site,
    privateKeyOf: (appliance) => config.getSecret(keyName(appliance)),
    secretNameOf: (appliance) => `${config.name}:${keyName(appliance)}`,
  };
}

function keyName(appliance: string): string {
  return `sshKey-${appliance}`;
}

function checked(value: unknown): Site {
  try {
    return parseSite(value);
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    throw new pulumi.RunError(error.message);
  }
}
