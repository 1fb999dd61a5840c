import type { Site } from "../src/site/index.ts";
import type { ApplianceAddress, Environment } from "../truenas/inspect.ts";

/** How appliances are reached. */
export interface Way {
  readonly environment: Environment;
  /** SSH private keys by name of the appliance; not needed where endpoints are given. */
  readonly privateKeys: ReadonlyMap<string, string>;
}

/** Where an appliance of the site is entered, and with what. */
export function addressOf(site: Site, name: string, privateKeys: Way["privateKeys"]): ApplianceAddress {
  const spec = site.appliances[name];
  const { network = "", port = 22, user = "root", sudo = false, hostKey } = spec?.ssh ?? {};
  const privateKey = privateKeys.get(name);

  return {
    host: spec?.addresses[network] ?? "",
    label: name,
    port,
    user,
    sudo,
    ...(hostKey ? { hostKey } : {}),
    ...(privateKey ? { privateKey } : {}),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  offline: "offline",
  "not-installed": "not installed",
  maintenance: "in maintenance",
};

/** Why nothing is asked of an appliance: its host is not there, in the owner's words. Undefined when it is. */
export function absenceOf(site: Site, appliance: string): string | undefined {
  const host = site.appliances[appliance]?.host ?? "";
  const { state = "offline", reason } = site.hosts[host] ?? {};
  const words = WORDS[state];
  if (words === undefined) return undefined;

  return `${host} is ${reason ? `${words}: ${reason}` : words}`;
}
