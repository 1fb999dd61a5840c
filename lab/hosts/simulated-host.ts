import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Exec, generateKeyPair, publicHalf, SshServer } from "../truenas/ssh-server.ts";
import { attach, bind, type HostDisk, type PciDevice, plugIn, writeFile } from "./hardware.ts";

/** A Proxmox host as its owner finds it after the installation. */
export interface HostSpec {
  readonly name: string;
  readonly devices?: readonly PciDevice[];
  readonly disks?: readonly HostDisk[];
  /** What starts its kernel: systemd-boot on UEFI, else GRUB. */
  readonly loader?: "uefi" | "grub";
}

/** Where a host really listens. */
export interface HostEndpoint {
  readonly host: string;
  readonly port: number;
  readonly hostKey: string;
  readonly privateKeyFile: string;
}

const TOOL = fileURLToPath(new URL("tool", import.meta.url));
const TOOLS = [
  ...["zpool", "lsblk", "proxmox-boot-tool", "pvesh", "pvenode", "update-initramfs", "update-grub", "sudo"],
  ...["reboot", "shutdown", "systemctl", "modprobe"],
];
const CMDLINE = "root=ZFS=rpool/ROOT/pve-1 boot=zfs";
const ARC_MAX = 16 * 1024 ** 3;

/** A simulated Proxmox host: a real SSH server whose commands run in a real shell, with a folder for its file system. */
export class SimulatedHost {
  readonly name: string;
  readonly endpoint: HostEndpoint;
  readonly #root: string;
  readonly #bin: string;
  readonly #ssh: SshServer;
  readonly #devices: readonly PciDevice[];

  private constructor(spec: HostSpec, dir: string, hostKey: string, clientKeyFile: string) {
    this.name = spec.name;
    this.#root = join(dir, "root");
    this.#bin = join(dir, "bin");
    this.#devices = spec.devices ?? [];
    this.#ssh = new SshServer({
      hostKey,
      authorizedKey: publicHalf(readFileSync(clientKeyFile, "utf8")),
      users: ["root"],
      refusesLogin: () => false,
      refusesChannel: () => false,
      presentsForeignKey: () => false,
      loggedIn: () => undefined,
      run: (exec) => this.#run(exec),
    });
    const port = () => this.#ssh.port;
    this.endpoint = {
      host: "127.0.0.1",
      get port() {
        return port();
      },
      hostKey: publicHalf(hostKey),
      privateKeyFile: clientKeyFile,
    };
  }

  /** Installs a host into a folder, or goes on with the one that is there, and switches it on. */
  static async start(spec: HostSpec, dir: string): Promise<SimulatedHost> {
    const [hostKeyFile, clientKeyFile] = [join(dir, "host_key"), join(dir, "client_key")];
    const isNew = !existsSync(hostKeyFile);
    if (isNew) {
      mkdirSync(dir, { recursive: true });
      for (const file of [hostKeyFile, clientKeyFile]) writeFileSync(file, generateKeyPair().private, { mode: 0o600 });
    }
    const host = new SimulatedHost(spec, dir, readFileSync(hostKeyFile, "utf8"), clientKeyFile);
    // Cards may come and go between two starts.
    plugIn(host.#root, host.#devices);
    if (isNew) host.#install(spec);
    await host.#ssh.listen();
    return host;
  }

  /** A file of the host; undefined where there is none. */
  read(path: string): string | undefined {
    const file = join(this.#root, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** Writes a file by hand. */
  write(path: string, content: string): void {
    writeFile(this.#root, path, content);
  }

  /** Which tools were called, with their arguments. */
  get tools(): string[] {
    return (this.read("lab/tools.log") ?? "").split("\n").filter(Boolean);
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
      bind(this.#root, address, taken ? "vfio-pci" : driver);
    }
  }

  async stop(): Promise<void> {
    await this.#ssh.close();
  }

  #install({ loader = "uefi", disks = [] }: HostSpec): void {
    mkdirSync(this.#bin, { recursive: true });
    for (const tool of TOOLS) symlinkSync(TOOL, join(this.#bin, tool));
    const files = {
      "lab/loader": `ABCD-1234 is configured with: ${loader} (versions: 6.17.2-1-pve)\n`,
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
    attach(this.#root, disks);
    for (const { address, driver } of this.#devices) bind(this.#root, address, driver);
  }

  #run(exec: Exec): Promise<number | undefined> {
    const env = { HOMELAB_ROOT: this.#root, PATH: `${this.#bin}:/usr/bin:/bin`, HOME: join(this.#root, "root") };
    const child = spawn("/bin/sh", ["-c", exec.command], { env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.setEncoding("utf8").on("data", (text: string) => exec.out(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => exec.err(text));
    return new Promise((resolve, reject) => {
      child.once("error", reject).once("close", (code) => resolve(code ?? 1));
    });
  }
}
