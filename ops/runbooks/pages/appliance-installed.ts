import { type Appliance, type MachineSpec, virtualMachinesOf } from "../../../src/site/index.ts";
import { asRoot, type Facts, login } from "../facts.ts";
import { commands, page, steps, table } from "../markdown.ts";

const GIB = 1024 ** 3;

/** How one appliance is installed: what it is, what is typed in, and what is then written into the site. */
export function applianceInstalled(name: string, appliance: Appliance, facts: Facts): string {
  return page(
    `# ${name} is installed`,
    "Who needs what stands [on the page for all appliances](appliance-installation.md).",
    "## What it is",
    table(["what", "value"], machineRows(appliance, facts)),
    "## Its network cards",
    table(["network", "VLAN", "MAC address", "address", "MTU", "default gateway"], cardRows(name, appliance, facts)),
    "## Steps",
    steps(...machineSteps(name, appliance, facts), ...systemSteps(appliance), ...siteSteps(name, appliance, facts)),
    "## Check",
    commands("npm run pulumi -- preview --policy-pack policies"),
    `It shows the objects of ${name} as \`+\` and no longer as \`…\`. Then \`npm run pulumi -- up\`.`,
  );
}

function machineRows({ host, vmId, version, ssh, vm }: Appliance, { site }: Facts): string[][] {
  const release = ["release", version];
  const administrator = ["administrator", `\`${ssh.user}\``];
  if (vm === undefined) {
    return [["machine", host], release, ["system disk", "the machine's own; none of a pool"], administrator];
  }
  return [
    ["machine", `virtual machine ${vmId} of ${host}`],
    release,
    ["installer", site.images[vm.installer]?.url ?? vm.installer],
    ["processor and memory", `${vm.cores} cores, ${vm.memory / GIB} GiB`],
    ["system disk", systemDisk(vm, host, site)],
    ["passed through, never a system disk", devices(vm, host, site).join("<br>") || "nothing"],
    administrator,
  ];
}

function systemDisk({ disk, storage }: MachineSpec, host: string, site: Facts["site"]): string {
  const at = storage ?? site.hosts[host]?.proxmox?.disks ?? "the host's storage";
  return `the one of ${disk / GIB} GiB by QEMU, which is \`scsi0\` on \`${at}\``;
}

function devices({ devices: names }: MachineSpec, host: string, site: Facts["site"]): string[] {
  return names.map((name) => {
    const { address, comment } = site.hosts[host]?.proxmox?.devices[name] ?? {};
    return `\`${name}\`${address ? ` at ${address}` : ""}${comment ? `: ${comment}` : ""}`;
  });
}

/** Its cards in the order in which the installer shows them. */
function cardRows(name: string, { addresses, ssh }: Appliance, { site }: Facts): string[][] {
  const machine = virtualMachinesOf(site).find((one) => one.kind === "storage" && one.name === name);
  return Object.entries(addresses).map(([network, address]) => {
    const { vlan, cidr, mtu, gateway } = site.networks[network] ?? {};
    const mac = machine?.hardware && machine.nics.find((nic) => nic.network === network)?.mac;
    return [
      network === ssh.network ? `${network} (managed over it)` : network,
      String(vlan ?? ""),
      mac ? `\`${mac}\`` : "on the card",
      `${address}/${cidr?.split("/")[1]}`,
      String(mtu ?? ""),
      gateway ?? "none",
    ];
  });
}

function machineSteps(name: string, { host, vmId, vm }: Appliance, { site, stack }: Facts): string[] {
  const there = site.hosts[host]?.state === "online";
  if (vm === undefined)
    return [`Start ${host} from the installer, and install to its system disk, not to a disk of a pool.`];
  const { api } = site.hosts[host]?.proxmox ?? {};
  const page = api ? ` (https://${site.hosts[host]?.addresses[api.network]}:${api.port}/)` : "";
  const online = there ? "" : `, and \`hosts.${host}.state: online\` without \`reason\``;

  return [
    `Write \`appliances.${name}.installed: false\` into \`Pulumi.${stack}.yaml\`${online}: until it says true, everything on ${name} waits. Make the machine:\n\n${commands("npm run pulumi -- up --policy-pack policies")}`,
    `Open the console of ${vmId} on ${host}${page}. The installer is attached; install to the system disk of the table, and to no other.`,
  ];
}

function systemSteps(appliance: Appliance): string[] {
  const { addresses, ssh } = appliance;
  const managed = addresses[ssh.network];
  return [
    `Choose the administrator \`${ssh.user}\`; write its password on the [recovery sheet](recovery-sheet.html).`,
    `On its console, give every card of the table its address and its MTU, and take the default gateway of ${ssh.network}. A card is known by its MAC address. Test the changes and save them.`,
    `In the web page of ${managed}: Credentials, Users, \`${ssh.user}\`: paste the public SSH key${ssh.sudo ? `; allow ${programsOf(ssh)} by sudo without password` : ""}. System, Services: start SSH, and let it start on boot.`,
  ];
}

/** What the account runs as root: every call, what carries secrets, and the checksums of restore tests. */
function programsOf({ secrets }: Appliance["ssh"]): string {
  const programs = ["midclt", ...(secrets === "stdin" ? ["python3"] : []), "sha256sum"];
  return programs.map((program) => `\`/usr/bin/${program}\``).join(", ");
}

function siteSteps(name: string, appliance: Appliance, { site, stack }: Facts): string[] {
  const { host, addresses, ssh, vm } = appliance;
  const online =
    vm !== undefined || site.hosts[host]?.state === "online" ? "" : `, and \`hosts.${host}.state: online\``;
  return [
    `Read the host key on the console, compare it with what arrives over the network, and write it into \`appliances.${name}.ssh.hostKey\` of \`Pulumi.${stack}.yaml\`:\n\n${commands(
      "cat /etc/ssh/ssh_host_ed25519_key.pub    # on the console",
      `ssh-keyscan -t ed25519 ${addresses[ssh.network]}`,
    )}`,
    `Give the project its key, and see that it opens:\n\n${commands(
      `npm run pulumi -- config set --secret homelab:sshKey-${name} < ~/.ssh/truenas_ed25519`,
      `${login(appliance)} ${asRoot(appliance)}midclt call system.info | jq .version`,
    )}`,
    `Read the serial numbers of the disks, and write them into \`appliances.${name}.pools\`; how a pool is confirmed stands in [pool-creation.md](pool-creation.md):\n\n${commands(
      `${login(appliance)} ${asRoot(appliance)}midclt call disk.query | jq -r '.[] | [.serial, .size, .model] | @tsv'`,
    )}`,
    `Say \`appliances.${name}.installed: true\`${online}.`,
  ];
}
