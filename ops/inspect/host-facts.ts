/** A card of a host, as Proxmox lists it. */
export interface Card {
  readonly address: string;
  readonly id: string;
  readonly subsystem: string;
  readonly iommuGroup: number;
  /** What it is called; empty where nobody knows. */
  readonly name: string;
  readonly kind: "disks" | "gpu" | "other";
}

/** What an inspection of a host finds. */
export interface HostFacts {
  readonly hostKey: string;
  readonly cards: readonly Card[];
  readonly bootDisks: readonly { readonly serial: string; readonly controller: string }[];
}

interface Listed {
  readonly id: string;
  readonly class?: string;
  readonly vendor: string;
  readonly device: string;
  readonly subsystem_vendor?: string;
  readonly subsystem_device?: string;
  readonly iommugroup: number;
  readonly device_name?: string;
}

/** Reads what the script on the host printed. */
export function factsFrom(output: string): HostFacts {
  const lines = output.split("\n").map((line) => line.trim());
  const said = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const listed = JSON.parse(said("pci")[0] ?? "[]") as Listed[];

  return {
    hostKey: said("hostKey")[0] ?? "",
    cards: listed.map(cardOf).sort((one, other) => (one.address < other.address ? -1 : 1)),
    bootDisks: said("bootDisk").map((line) => {
      const [serial = "", controller = ""] = line.split(" ");
      return { serial, controller };
    }),
  };
}

function cardOf(listed: Listed): Card {
  const { id: address, vendor, device, subsystem_vendor, subsystem_device, iommugroup, device_name = "" } = listed;
  return {
    address,
    id: pair(vendor, device),
    subsystem: pair(subsystem_vendor, subsystem_device),
    iommuGroup: iommugroup,
    name: device_name,
    kind: KINDS[(listed.class ?? "").slice(0, 4)] ?? "other",
  };
}

const KINDS: Readonly<Record<string, Card["kind"]>> = { "0x01": "disks", "0x03": "gpu" };

function pair(vendor = "0x0000", device = "0x0000"): string {
  return `${vendor.replace("0x", "")}:${device.replace("0x", "")}`;
}
