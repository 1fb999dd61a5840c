import type { Appliance } from "../../../src/site/index.ts";
import { asRoot, type Facts, login } from "../facts.ts";
import { commands, page, steps, table } from "../markdown.ts";

/** TrueNAS is installed by hand, up to the point where the project can log in. */
export function applianceInstallation(facts: Facts): string {
  const { site } = facts;
  return page(
    "# An appliance is installed",
    "TrueNAS has no way to be installed by itself. These are the few steps by hand; everything else is one `up`.",
    "## The appliances of this site",
    table(
      ["appliance", "on", "release", "addresses", "administrator"],
      Object.entries(site.appliances).map(([name, { host, vmId, version, addresses, ssh }]) => [
        name,
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
    ...Object.entries(site.appliances).map(([name, appliance]) => install(name, appliance, facts)),
    "## Check",
    commands(`npm run pulumi -- preview --policy-pack policies`),
    "It shows the appliance's objects as `+` and no longer as `…`.",
  );
}

function install(name: string, appliance: Appliance, { site, stack }: Facts): string {
  const { host, addresses, ssh, vm } = appliance;
  const managed = addresses[ssh.network];
  const { gateway } = site.networks[ssh.network] ?? {};
  return [
    `## ${name}`,
    steps(
      vm === undefined
        ? `Start ${host} from the installer, and install to its system disk, not to a disk of a pool.`
        : `The first \`up\` makes the virtual machine with its installer attached. Install to its system disk, not to a disk that is passed through.`,
      `Choose the administrator \`${ssh.user}\`; write its password on the [recovery sheet](recovery-sheet.html).`,
      `On its console, give the interface of ${ssh.network} the address ${managed}${gateway ? ` and the default gateway ${gateway}` : ""}. The other addresses are the project's business.`,
      `In the web page of ${managed}: Credentials, Users, \`${ssh.user}\`: paste the public SSH key${ssh.sudo ? "; allow `/usr/bin/midclt` by sudo without password" : ""}. System, Services: start SSH, and let it start on boot.`,
      `Read the host key on the console, and compare it with what arrives over the network:\n\n${commands(
        "cat /etc/ssh/ssh_host_ed25519_key.pub    # on the console",
        `ssh-keyscan -t ed25519 ${managed}`,
      )}`,
      `Write it into \`appliances.${name}.ssh.hostKey\` of \`Pulumi.${stack}.yaml\`${appliance.installed ? "" : ", say `installed: true`"}${site.hosts[host]?.state === "online" ? "" : `, and \`hosts.${host}.state: online\``}. Give the project its key:\n\n${commands(
        `npm run pulumi -- config set --secret homelab:sshKey-${name} < ~/.ssh/truenas_ed25519`,
        `${login(appliance)} ${asRoot(appliance)}midclt call system.info | jq .version`,
      )}`,
    ),
  ].join("\n\n");
}
