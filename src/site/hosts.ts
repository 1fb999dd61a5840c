import { z } from "zod";
import { hostName } from "./names.ts";
import { addresses } from "./networks.ts";
import { proxmox } from "./proxmox.ts";
import { choice, named, reference, words } from "./value.ts";
import { HOST_STATES, OWNER_ROLES } from "./vocabulary.ts";

const host = z.strictObject({
  kind: choice(["proxmox", "bare-metal", "vm", "windows-vm"]).meta({ description: "What runs on the machine." }),
  model: words(120).exactOptional().meta({ description: "The hardware, as its owner calls it." }),
  role: choice(OWNER_ROLES).exactOptional().meta({ description: "The role that the machine plays for data." }),
  state: choice(HOST_STATES).meta({ description: "Whether the machine can be reached; ADR-0007." }),
  reason: words(200).exactOptional().meta({ description: "Why it is not online; required then." }),
  runsOn: reference("a host").exactOptional().meta({ description: "For a virtual machine: the host that runs it." }),
  addresses: addresses.default({}),
  proxmox: proxmox.exactOptional().meta({ description: "What is managed on it, when it runs Proxmox." }),
});

/** The machines of a site, by name. */
export const hosts = named(hostName, host).meta({ description: "Machines, by host name." });
