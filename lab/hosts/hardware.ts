import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A card or controller of a host. */
export interface PciDevice {
  /** For example `0000:03:00.0`. */
  readonly address: string;
  /** Vendor and device, for example `1000:0072`. */
  readonly id: string;
  readonly subsystem?: string;
  readonly iommuGroup?: number;
  /** The driver that takes it when nothing else does. */
  readonly driver?: string;
}

/** A disk of a host. */
export interface HostDisk {
  /** For example `nvme0n1`. */
  readonly name: string;
  readonly serial: string;
  /** Address of the controller that it hangs on. */
  readonly controller: string;
  /** The pool that the host has imported from it. */
  readonly pool?: string;
}

/** Writes a file of a host, with the folders above it. */
export function writeFile(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Puts cards into a host: what its kernel and Proxmox say of them. */
export function plugIn(root: string, devices: readonly PciDevice[]): void {
  for (const { address, id } of devices) {
    const [vendor = "", device = ""] = id.split(":");
    writeFile(root, `sys/bus/pci/devices/${address}/vendor`, `0x${vendor}\n`);
    writeFile(root, `sys/bus/pci/devices/${address}/device`, `0x${device}\n`);
  }
  const listed = devices.map(({ address, id, subsystem = "0000:0000", iommuGroup = -1 }) => {
    const [vendor, device] = id.split(":");
    const [subsystemVendor, subsystemDevice] = subsystem.split(":");
    return {
      id: address,
      vendor: `0x${vendor}`,
      device: `0x${device}`,
      subsystem_vendor: `0x${subsystemVendor}`,
      subsystem_device: `0x${subsystemDevice}`,
      iommugroup: iommuGroup,
    };
  });
  writeFile(root, "lab/pci.json", `${JSON.stringify(listed)}\n`);
}

/** Lets a driver take a device; none when it is left out. */
export function bind(root: string, address: string, driver: string | undefined): void {
  const link = join(root, "sys/bus/pci/devices", address, "driver");
  rmSync(link, { force: true });
  if (driver === undefined) return;
  const target = join(root, "sys/bus/pci/drivers", driver);
  mkdirSync(target, { recursive: true });
  symlinkSync(relative(dirname(link), target), link);
}

/** Hangs disks on their controllers, and says which pools the host has imported from them. */
export function attach(root: string, disks: readonly HostDisk[]): void {
  for (const { name, serial, controller } of disks) {
    const device = join(root, "sys/devices/pci0000:00", controller, "block", name);
    const link = join(root, "sys/block", name);
    mkdirSync(device, { recursive: true });
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(relative(dirname(link), device), link);
    writeFile(root, `sys/devices/pci0000:00/${controller}/block/${name}/serial`, `${serial}\n`);
  }
  const pools = Map.groupBy(disks, ({ pool }) => pool ?? "");
  const status = [...pools].flatMap(([pool, members]) =>
    pool === ""
      ? []
      : [`  pool: ${pool}`, "config:", ...members.map((disk) => `\t    /dev/${partitionOf(disk)}  ONLINE`)],
  );
  writeFile(root, "lab/zpool", `${status.join("\n")}\n`);
}

function partitionOf({ name }: HostDisk): string {
  return name.startsWith("nvme") ? `${name}p3` : `${name}3`;
}
