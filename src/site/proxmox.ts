import { z } from "zod";
import { address } from "./addresses.ts";
import { bridgeName, confirmation, pciAddress, pciId, portName } from "./hardware-words.ts";
import { hostKey } from "./host-keys.ts";
import { account, matching, plainName } from "./names.ts";
import { memorySize } from "./sizes.ts";
import { choice, flag, named, reference, text, wholeNumber, words } from "./value.ts";

const port = (usual: number) => wholeNumber(1, 65535, "the TCP port", "write a port number").default(usual);
const count = wholeNumber(0, 1000, "backups", "write how many are kept").exactOptional();

const api = z.strictObject({
  network: reference("a network").meta({ description: "The network over which its API is reached." }),
  port: port(8006),
  insecure: flag().default(false).meta({ description: "Whether its certificate is taken without a look." }),
});

const ssh = z.strictObject({
  network: reference("a network").meta({ description: "The network over which it is prepared." }),
  port: port(22),
  user: account().default("root").meta({ description: "The account that prepares it." }),
  hostKey: hostKey("the host")
    .exactOptional()
    .meta({ description: "Its public host key; nothing is prepared until it is known." }),
});

const bridge = z.strictObject({
  ports: z.array(text(portName)).default([]).meta({ description: "Network cards that lead out of the host." }),
  networks: z.array(reference("a network")).meta({ description: "VLANs that it carries, by name." }),
  mtu: wholeNumber(1280, 9216, "bytes", "leave it out to take the largest of its networks")
    .exactOptional()
    .meta({ description: "Largest packet that ports and switch carry; the largest of its networks when left out." }),
  confirmed: confirmation()
    .exactOptional()
    .meta({ description: "Confirms the bridge that carries the API as it is written (ADR-0051)." }),
});

const device = z.strictObject({
  address: pciAddress().meta({ description: "Where it sits." }),
  id: pciId().meta({ description: "Vendor and device." }),
  subsystem: pciId().exactOptional().meta({ description: "Vendor and device of the card's maker." }),
  iommuGroup: wholeNumber(0, 4095, "the group", "read it with npm run inspect")
    .exactOptional()
    .meta({ description: "The IOMMU group that it must have to itself." }),
  kind: choice(["disks", "gpu", "other"])
    .default("other")
    .meta({ description: "What it is: drives disks, draws, or else." }),
  comment: words(120).exactOptional(),
});

const bootDisk = z.strictObject({
  serial: words(64).meta({ description: "Its serial number." }),
  controller: pciAddress().meta({ description: "The controller that it hangs on; its own address for NVMe." }),
});

const storage = z.strictObject({
  nfs: z
    .strictObject({ appliance: z.string(), dataset: z.string() })
    .meta({ description: "The exported dataset that it is, pool first." }),
  content: z.array(choice(["backup", "iso", "import", "vztmpl"])).default(["backup"]),
});

const backup = z.strictObject({
  schedule: text(
    matching({
      rule: "calendar-event",
      noun: "a time as Proxmox writes it",
      allowed: "a time of day, with days before it if need be, such as 02:30 or sat 04:00",
      remedy: "write hours and minutes",
      pattern: "^((mon|tue|wed|thu|fri|sat|sun)([,.]{1,2}(mon|tue|wed|thu|fri|sat|sun))* )?([01]?\\d|2[0-3]):[0-5]\\d$",
    }),
  ),
  storage: z.string().meta({ description: "The storage of the host that keeps it." }),
  machines: z.array(reference("a machine of the host")).min(1).meta({ description: "What is backed up, by name." }),
  mode: choice(["snapshot", "suspend", "stop"]).default("snapshot"),
  keep: z
    .strictObject({ last: count, daily: count, weekly: count, monthly: count, yearly: count })
    .default({ last: 3 }),
});

const metrics = z.strictObject({
  type: choice(["graphite", "influxdb"]).meta({ description: "The protocol that it speaks." }),
  server: address().meta({ description: "Where it listens." }),
  port: port(2003),
});

const preparation = z.strictObject({
  arcLimit: memorySize().meta({ description: "Memory that ZFS on the host may use for its cache." }),
  startDelay: wholeNumber(0, 300, "seconds", "write a number of seconds")
    .default(0)
    .meta({ description: "Seconds after boot before the first machine is started." }),
});

/** What this program manages on a Proxmox host. */
export const proxmox = z.strictObject({
  cluster: text(plainName)
    .exactOptional()
    .meta({ description: "The Proxmox cluster that it is a member of; its members share one API." }),
  api,
  ssh,
  bridges: named(bridgeName, bridge).default({}).meta({ description: "VLAN-aware bridges, by name." }),
  devices: named(plainName, device)
    .default({})
    .meta({ description: "Cards that machines may be given, by the name of their mapping; one card each." }),
  bootDisks: z.array(bootDisk).default([]).meta({ description: "Disks that the host itself boots from." }),
  disks: z.string().default("local-zfs").meta({ description: "The storage that holds disks of machines." }),
  images: z.string().default("local").meta({ description: "The storage that holds images." }),
  storages: named(plainName, storage).default({}).meta({ description: "Storages on an appliance, by name." }),
  backups: named(plainName, backup).default({}).meta({ description: "Scheduled backups of machines, by name." }),
  metrics: metrics.exactOptional().meta({ description: "Where its measurements go." }),
  preparation: preparation.exactOptional().meta({ description: "How the host itself is set up, over SSH." }),
});
