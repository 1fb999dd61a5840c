import { readFileSync } from "node:fs";
import { quote } from "shell-quote";
import type { Device, Proxmox } from "../../src/site/index.ts";

const SCRIPT = readFileSync(new URL("prepare-host.sh", import.meta.url), "utf8");

/** Drivers of the host that would take a device before its machine does. */
const DRIVERS: Readonly<Record<Device["kind"], readonly string[]>> = {
  disks: ["mpt3sas", "megaraid_sas", "mpi3mr"],
  gpu: ["i915", "xe", "nouveau", "nvidia", "amdgpu", "snd_hda_intel"],
  other: [],
};

/** The script that prepares a host; running it a second time changes nothing. */
export function preparationScript(node: string, { devices, preparation }: Proxmox): string {
  const cards = Object.values(devices).toSorted((one, other) => (one.address < other.address ? -1 : 1));
  const values = {
    NODE: node,
    DEVICES: cards.map(({ address, id }) => `${address}=${id}`).join(" "),
    DRIVERS: [...new Set(cards.flatMap(({ kind }) => DRIVERS[kind]))].join(" "),
    ARC_MAX: String(preparation?.arcLimit ?? ""),
    START_DELAY: String(preparation?.startDelay ?? 0),
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${quote([value])}`);
  return `${lines.join("\n")}\n${SCRIPT}`;
}
