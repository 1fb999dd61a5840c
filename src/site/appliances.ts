import { z } from "zod";
import { account, hostName } from "./names.ts";
import { addresses } from "./networks.ts";
import { pools } from "./pools.ts";
import { choice, flag, named, reference, type TextRule, text, wholeNumber } from "./value.ts";
import { OWNER_ROLES } from "./vocabulary.ts";

const HOST_KEY = "^(ssh-ed25519 [A-Za-z0-9+/]{68})( .*)?$";

/** A public host key as the key file has it; the comment behind the key is left out. */
const hostKey = text<string>({
  rule: "host-key",
  allowed: "ssh-ed25519 and the key in base64",
  remedy: "read it on the appliance's console: cat /etc/ssh/ssh_host_ed25519_key.pub",
  pattern: HOST_KEY,
  read: (input) => {
    const [, key] = new RegExp(HOST_KEY).exec(input) ?? [];
    return key === undefined ? { refused: { says: `"${input}" is not a host key` } } : { value: key };
  },
});

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
  hostKey: hostKey
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
  vmId: wholeNumber(100, 999_999_999, "Proxmox's id of the virtual machine", "use an id that Proxmox accepts")
    .exactOptional()
    .meta({ description: "Proxmox's id of its virtual machine; absent on bare metal." }),
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
