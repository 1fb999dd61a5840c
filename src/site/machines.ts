import { z } from "zod";
import { macAddress } from "./hardware-words.ts";
import { hostName, plainName } from "./names.ts";
import { addresses } from "./networks.ts";
import { diskSize, memorySize } from "./sizes.ts";
import { choice, named, reference, wholeNumber, words } from "./value.ts";

/** Proxmox's id of a virtual machine. */
export const vmId = () =>
  wholeNumber(100, 999_999_999, "Proxmox's id of the virtual machine", "use an id that Proxmox accepts");

const seconds = (most: number) => wholeNumber(0, most, "seconds", "write a number of seconds");

const nic = z.strictObject({
  mac: macAddress().exactOptional().meta({ description: "Its MAC address; made from the machine's id when left out." }),
  mtu: wholeNumber(1280, 9216, "bytes", "leave it out to take the network's")
    .exactOptional()
    .meta({ description: "What it is set to inside the machine, where somebody else sets it; must be the network's." }),
  card: wholeNumber(1, 16, "the place among the cards", "write 1 for the first").exactOptional().meta({
    description:
      "Its place among the machine's cards, which others then cannot take; without one it follows those that have, lower VLANs first.",
  }),
});

/** When a machine is started and stopped with its host. */
const startup = z.strictObject({
  order: wholeNumber(1, 1000, "the place in the order", "write 1 for the first")
    .exactOptional()
    .meta({ description: "Lower numbers start earlier and stop later." }),
  upDelay: seconds(3600).exactOptional().meta({ description: "Seconds after its start until the next one starts." }),
  downDelay: seconds(7200).exactOptional().meta({ description: "Seconds that it has to shut down." }),
});

/** Hardware of a virtual machine. */
export const machine = z.strictObject({
  cores: wholeNumber(1, 512, "processor cores", "write a number of cores").default(2),
  memory: memorySize().meta({ description: "All of it belongs to the machine; nothing balloons." }),
  disk: diskSize().meta({ description: "Size of the disk that it boots from." }),
  storage: z
    .string()
    .exactOptional()
    .meta({ description: "The host's storage that holds the disk; its default when left out." }),
  nics: named(plainName, nic).default({}).meta({ description: "What is special about its network cards, by network." }),
  devices: z
    .array(reference("a device of the host"))
    .default([])
    .meta({ description: "Devices of the host that are passed through, by name." }),
  startup: startup.default({}),
});

const infrastructure = z.strictObject({
  host: reference("a host").meta({ description: "The Proxmox host that it runs on, by name." }),
  vmId: vmId(),
  purpose: words(120).meta({ description: "What it is for." }),
  role: choice(["dns", "observability", "management", "ai-compute", "other"]).meta({ description: "What it does." }),
  image: reference("an image").meta({ description: "The image that its disk is made from." }),
  addresses: addresses.meta({ description: "Its addresses, by network; each is a network card, in this order." }),
  user: z.string().default("admin").meta({ description: "The account that cloud-init makes." }),
  sshKeys: z.array(words(800)).default([]).meta({ description: "Public keys that may log in." }),
  vm: machine,
});

/** Virtual machines for infrastructure, by host name. */
export const machines = named(hostName, infrastructure)
  .default({})
  .meta({ description: "Virtual machines for infrastructure, by host name." });
