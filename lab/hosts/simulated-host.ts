import { attach, bind, type HostDisk, type PciDevice, plugIn } from "./hardware.ts";
import { SshMachine } from "./ssh-machine.ts";

/** A Proxmox host as its owner finds it after the installation. */
export interface HostSpec {
  readonly name: string;
  readonly devices?: readonly PciDevice[];
  readonly disks?: readonly HostDisk[];
  /** What starts its kernel: systemd-boot on UEFI, else GRUB. */
  readonly loader?: "uefi" | "grub";
}

const TOOLS = [
  ...["zpool", "lsblk", "proxmox-boot-tool", "pvesh", "pvenode", "update-initramfs", "update-grub", "sudo"],
  ...["reboot", "shutdown", "systemctl", "modprobe", "hostname"],
];
const CMDLINE = "root=ZFS=rpool/ROOT/pve-1 boot=zfs";
const ARC_MAX = 16 * 1024 ** 3;

/** A simulated Proxmox host. */
export class SimulatedHost extends SshMachine {
  readonly name: string;
  readonly #devices: readonly PciDevice[];

  private constructor(spec: HostSpec, dir: string) {
    super({ dir, user: "root", tool: new URL("tool", import.meta.url), tools: TOOLS });
    this.name = spec.name;
    this.#devices = spec.devices ?? [];
    // Cards may come and go between two starts.
    plugIn(this.root, this.#devices);
    if (this.isNew) this.#install(spec);
  }

  /** Installs a host into a folder, or goes on with the one that is there, and switches it on. */
  static async start(spec: HostSpec, dir: string): Promise<SimulatedHost> {
    const host = new SimulatedHost(spec, dir);
    await host.listen();
    return host;
  }

  /** Starts the kernel anew: its command line and its drivers are now what the files say. */
  reboot(): void {
    const uefi = this.read("lab/loader")?.includes("uefi") === true;
    const grub = /^GRUB_CMDLINE_LINUX_DEFAULT="(.*)"$/m.exec(this.read("etc/default/grub") ?? "")?.[1] ?? "";
    this.write("proc/cmdline", `${uefi ? (this.read("etc/kernel/cmdline") ?? "").trim() : `${CMDLINE} ${grub}`}\n`);
    const byId =
      /^options vfio-pci ids=(\S+)/m.exec(this.read("etc/modprobe.d/homelab.conf") ?? "")?.[1]?.split(",") ?? [];
    const overridden = this.read("etc/initramfs-tools/scripts/init-top/homelab") ?? "";
    for (const { address, id, driver } of this.#devices) {
      const taken = byId.includes(id) || overridden.includes(` ${address}`);
      bind(this.root, address, taken ? "vfio-pci" : driver);
    }
  }

  #install({ loader = "uefi", disks = [] }: HostSpec): void {
    const files = {
      "lab/loader": `ABCD-1234 is configured with: ${loader} (versions: 6.17.2-1-pve)\n`,
      "etc/ssh/ssh_host_ed25519_key.pub": `${this.endpoint.hostKey} root@${this.name}\n`,
      "lab/node.json": "{}\n",
      "lab/network.json": "[]\n",
      "etc/kernel/cmdline": `${CMDLINE}\n`,
      "etc/default/grub": 'GRUB_DEFAULT=0\nGRUB_CMDLINE_LINUX_DEFAULT="quiet"\nGRUB_TIMEOUT=5\n',
      "etc/modprobe.d/zfs.conf": `options zfs zfs_arc_max=${ARC_MAX}\n`,
      "etc/initramfs-tools/modules": "# Modules of the initramfs\n",
      "sys/module/zfs/parameters/zfs_arc_max": `${ARC_MAX}\n`,
      "sys/module/zfs/parameters/zfs_arc_min": "0\n",
      "proc/cpuinfo": "vendor_id\t: GenuineIntel\n",
      "proc/cmdline": `${CMDLINE}${loader === "uefi" ? "" : " quiet"}\n`,
    };
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    attach(this.root, disks);
    for (const { address, driver } of this.#devices) bind(this.root, address, driver);
  }
}
