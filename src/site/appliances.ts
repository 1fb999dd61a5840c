import { z } from "zod";
import { hostKey } from "./host-keys.ts";
import { machine, vmId } from "./machines.ts";
import { account, hostName } from "./names.ts";
import { addresses } from "./networks.ts";
import { pools } from "./pools.ts";
import { choice, flag, named, reference, type TextRule, text, wholeNumber } from "./value.ts";
import { OWNER_ROLES } from "./vocabulary.ts";

const VERSIONS = ["25.04", "25.10"];
const version: TextRule<string> = {
  rule: "version",
  allowed: VERSIONS.map((known) => `"${known}"`).join(", "),
  remedy: "use a release whose middleware is known",
  pattern: "^25\\.(04|10)$",
  misread: (value) =>
    typeof value === "number"
      ? { says: `${value} is a number`, remedy: `put it in quotes: "${value.toFixed(2)}"` }
      : undefined,
  read: (input) =>
    VERSIONS.includes(input) ? { value: input } : { refused: { says: `${input} is not a known release` } },
};

const ssh = z.strictObject({
  network: reference("a network").meta({ description: "The network over which the appliance is managed." }),
  port: wholeNumber(1, 65535, "the TCP port", "write a port number").default(22),
  user: account().default("root").meta({ description: "The account that runs midclt." }),
  sudo: flag().default(false).meta({ description: "Whether midclt is run through sudo -n." }),
  secrets: choice(["stdin", "argv"]).default("stdin").meta({
    description:
      "How secrets reach it: stdin needs python3 beside midclt in sudo; argv shows them in its process list and needs a waiver.",
  }),
  hostKey: hostKey("the appliance")
    .exactOptional()
    .meta({ description: "The appliance's public host key; nothing connects until it is known." }),
});

const networkNames = z.array(reference("a network")).min(1);

const listens = z
  .strictObject({
    nfs: networkNames.exactOptional().meta({ description: "NFS, for compute." }),
    smb: networkNames.exactOptional().meta({ description: "SMB, for people." }),
    iscsi: networkNames.exactOptional().meta({ description: "iSCSI, for block devices." }),
  })
  .default({})
  .meta({ description: "The networks on whose address each service listens, by name." });

const receives = z.strictObject({
  network: reference("a network").meta({ description: "The network over which copies come." }),
  user: account().default("replication").meta({ description: "The account that takes them; it has no password." }),
  home: reference("a dataset, pool first").meta({
    description: "The appliance's dataset that is the account's home; it holds nothing but its key.",
  }),
});

const appliance = z.strictObject({
  host: reference("a host").meta({ description: "The machine that it runs on, by name." }),
  vmId: vmId().exactOptional().meta({ description: "Proxmox's id of its virtual machine; absent on bare metal." }),
  vm: z
    .strictObject({
      ...machine.shape,
      installer: reference("an image").meta({ description: "What it is installed from." }),
    })
    .exactOptional()
    .meta({ description: "Its virtual machine, when this program makes it." }),
  installed: flag()
    .default(true)
    .meta({ description: "Whether TrueNAS is installed; what lies on it waits until then." }),
  role: choice(OWNER_ROLES).meta({ description: "The role that it plays for data." }),
  version: text(version).meta({ description: "TrueNAS release, in quotes." }),
  addresses,
  ssh,
  services: z
    .array(choice(["nfs", "cifs", "iscsitarget", "ssh", "snmp", "ups", "ftp", "nvmet"]))
    .default([])
    .meta({ description: "Services that run and start on boot." }),
  listens,
  receives: receives
    .exactOptional()
    .meta({ description: "How copies from other appliances come in; needed where ZFS replication ends." }),
  pools,
});

/** TrueNAS appliances, by host name. */
export const appliances = named(hostName, appliance).meta({ description: "TrueNAS appliances, by host name." });
