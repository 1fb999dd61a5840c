import type { Facts } from "../facts.ts";
import { page, table } from "../markdown.ts";
import { applianceInstalled } from "./appliance-installed.ts";

/** The file that tells how one appliance is installed. */
export function installationOf(appliance: string): string {
  return `install-${appliance}.md`;
}

/** TrueNAS is installed by hand, up to the point where the project can log in. */
export function applianceInstallation({ site }: Facts): string {
  return page(
    "# An appliance is installed",
    "TrueNAS has no way to be installed by itself. These are the few steps by hand; everything else is one `up`.",
    "## The appliances of this site",
    table(
      ["appliance", "on", "release", "addresses", "administrator"],
      Object.entries(site.appliances).map(([name, { host, vmId, version, addresses, ssh }]) => [
        `[${name}](${installationOf(name)})`,
        vmId === undefined ? host : `${host}, virtual machine ${vmId}`,
        version,
        Object.entries(addresses)
          .map(([network, address]) => `${address} (${network}, VLAN ${site.networks[network]?.vlan})`)
          .join("<br>"),
        `\`${ssh.user}\``,
      ]),
    ),
    "## Who needs what",
    table(
      ["who", "what"],
      [
        ["somebody at the machine or its console", "the installer of the release above; an hour"],
        ["the owner", "this project, its passphrase, and an SSH key pair for the administrator"],
      ],
    ),
  );
}

/** A page for each appliance, by the name of its file. */
export function installations(facts: Facts): { file: string; appliance: string; text: string }[] {
  return Object.entries(facts.site.appliances).map(([name, appliance]) => ({
    file: installationOf(name),
    appliance: name,
    text: applianceInstalled(name, appliance, facts),
  }));
}
