import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { preparationScript } from "../../../components/hosts/preparation-script.ts";
import { type HostSpec, SimulatedHost } from "../../../lab/hosts/index.ts";
import { type Proxmox, parseSite } from "../../../src/site/index.ts";
import { PluginClient } from "../../lab/plugins/support/plugin-client.ts";
import { writtenSite } from "../../support/stack-site.ts";

const REMOTE = "command:remote:Command";
const ARC = 4 * 1024 ** 3;

/** din as prod describes it, with what else is in the machine. */
const DIN = {
  name: "din",
  devices: [
    { address: "0000:03:00.0", id: "1000:005f", driver: "megaraid_sas" },
    { address: "0000:04:00.0", id: "1000:0072", driver: "mpt3sas" },
    { address: "0000:81:00.0", id: "144d:a808", driver: "nvme" },
    { address: "0000:82:00.0", id: "144d:a808", driver: "nvme" },
  ],
  disks: [
    { name: "nvme0n1", serial: "DIN-NVME-01", controller: "0000:81:00.0", pool: "rpool" },
    { name: "nvme1n1", serial: "DIN-NVME-02", controller: "0000:82:00.0", pool: "rpool" },
  ],
} satisfies HostSpec;

function din(change: Partial<Proxmox> = {}): Proxmox {
  const { proxmox } = parseSite(writtenSite("prod")).hosts["din"] ?? {};
  if (!proxmox) throw new Error("prod does not describe din");
  return { ...proxmox, ...change };
}

async function hostOf(spec: HostSpec = DIN): Promise<SimulatedHost> {
  const dir = mkdtempSync(join(tmpdir(), "host-"));
  const host = await SimulatedHost.start(spec, dir);
  onTestFinished(async () => {
    await host.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  return host;
}

describe("the preparation of a host", () => {
  let plugin: PluginClient;

  beforeAll(async () => {
    plugin = await PluginClient.start("command", {});
  });

  async function prepare(
    host: SimulatedHost,
    proxmox = din(),
    connect: Record<string, unknown> = {},
  ): Promise<string[]> {
    const { privateKeyFile, host: at, port, hostKey } = host.endpoint;
    const opens = { host: at, port, user: "root", hostKey, privateKey: readFileSync(privateKeyFile, "utf8") };
    const connection = { ...opens, dialErrorLimit: 0, ...connect };
    const { outputs } = await plugin.create(REMOTE, { create: preparationScript("din", proxmox), connection });
    return String(outputs["stdout"]).split("\n");
  }

  const REBOOT =
    "a reboot is due: the kernel runs without intel_iommu=on; the kernel runs without iommu=pt; 0000:03:00.0 is still driven by megaraid_sas; 0000:04:00.0 is still driven by mpt3sas";

  test("writes everything on a fresh host, says that a reboot is due, and does not reboot", async () => {
    const host = await hostOf();

    expect(await prepare(host)).toEqual([
      "wrote /etc/modules-load.d/homelab.conf",
      "wrote /etc/modprobe.d/homelab.conf",
      "wrote /etc/modprobe.d/zfs.conf",
      `limited the cache of ZFS to ${ARC} bytes`,
      "wrote /etc/kernel/cmdline",
      "machines start 30 s after boot",
      REBOOT,
    ]);
    expect(host.read("etc/modprobe.d/homelab.conf")).toBe(
      "options vfio-pci ids=1000:005f,1000:0072\nsoftdep mpt3sas pre: vfio-pci\nsoftdep megaraid_sas pre: vfio-pci\nsoftdep mpi3mr pre: vfio-pci\n",
    );
    expect(host.read("etc/modprobe.d/zfs.conf")).toBe(`options zfs zfs_arc_max=${ARC} zfs_arc_min=${ARC / 2}\n`);
    expect(host.read("etc/kernel/cmdline")).toBe("root=ZFS=rpool/ROOT/pve-1 boot=zfs intel_iommu=on iommu=pt\n");
    expect(host.tools.filter((line) => !/^(zpool|lsblk|pvesh get|proxmox-boot-tool status)/.test(line))).toEqual([
      "pvesh set /nodes/din/config --startall-onboot-delay 30",
      "update-initramfs -u -k all",
      "proxmox-boot-tool refresh",
    ]);
  });

  test("changes nothing the second time, and has nothing left to say after a reboot", async () => {
    const host = await hostOf();
    await prepare(host);
    const calls = host.tools.length;

    expect(await prepare(host)).toEqual(["nothing to change", REBOOT]);
    host.reboot();
    expect(await prepare(host)).toEqual(["nothing to change", "ready, no reboot is due"]);
    expect(
      host.tools.slice(calls).filter((line) => /^(update|proxmox-boot-tool refresh|pvesh set)/.test(line)),
    ).toEqual([]);
  });

  test("finishes a host that was half prepared, and keeps what somebody else wrote there", async () => {
    const host = await hostOf({ ...DIN, loader: "grub" });
    host.write("etc/default/grub", 'GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on"\nGRUB_TIMEOUT=5\n');
    host.write("etc/modules-load.d/homelab.conf", "vfio\nvfio_iommu_type1\nvfio_pci\n");
    host.write("etc/modprobe.d/zfs.conf", "# mine\noptions zfs zfs_txg_timeout=10 zfs_arc_max=1\n");

    const said = await prepare(host);

    expect(said.slice(0, -1)).toEqual([
      "wrote /etc/modprobe.d/homelab.conf",
      "wrote /etc/modprobe.d/zfs.conf",
      `limited the cache of ZFS to ${ARC} bytes`,
      "wrote /etc/default/grub",
      "machines start 30 s after boot",
    ]);
    expect(host.read("etc/default/grub")).toBe(
      'GRUB_CMDLINE_LINUX_DEFAULT="quiet intel_iommu=on iommu=pt"\nGRUB_TIMEOUT=5\n',
    );
    expect(host.read("etc/modprobe.d/zfs.conf")).toBe(
      `# mine\noptions zfs zfs_txg_timeout=10\noptions zfs zfs_arc_max=${ARC} zfs_arc_min=${ARC / 2}\n`,
    );
    expect(host.tools).toContain("update-grub ");
    expect(host.tools).not.toContain("proxmox-boot-tool refresh");
  });

  test("mends what was changed by hand, and only that", async () => {
    const host = await hostOf();
    await prepare(host);
    host.reboot();
    host.write("etc/kernel/cmdline", "root=ZFS=rpool/ROOT/pve-1 boot=zfs intel_iommu=on\n");
    host.write("lab/node.json", '{"startall-onboot-delay":"5","digest":"ab"}\n');

    expect(await prepare(host)).toEqual([
      "wrote /etc/kernel/cmdline",
      "machines start 30 s after boot",
      "ready, no reboot is due",
    ]);
  });

  test("binds a card by its address where another one of its kind stays with the host", async () => {
    const devices = [...DIN.devices, { address: "0000:05:00.0", id: "1000:0072", driver: "mpt3sas" }];
    const host = await hostOf({ ...DIN, devices });

    await prepare(host);
    host.reboot();

    expect(host.read("etc/modprobe.d/homelab.conf")).toContain("options vfio-pci ids=1000:005f\n");
    expect(host.read("etc/initramfs-tools/scripts/init-top/homelab")).toContain("for address in 0000:04:00.0; do");
    expect(host.read("etc/initramfs-tools/modules")).toBe("# Modules of the initramfs\nvfio_pci\n");
    expect(await prepare(host)).toEqual(["nothing to change", "ready, no reboot is due"]);
  });

  test("takes its settings back when no card is passed through any more", async () => {
    const host = await hostOf();
    await prepare(host);

    const said = await prepare(host, din({ devices: {} }));

    expect(said).toEqual([
      "removed /etc/modules-load.d/homelab.conf",
      "removed /etc/modprobe.d/homelab.conf",
      "a reboot is due: the kernel runs without intel_iommu=on; the kernel runs without iommu=pt",
    ]);
  });

  test.each([
    [
      "another card sits in the slot",
      { ...DIN, devices: DIN.devices.map((device) => ({ ...device, id: device.id.replace("005f", "0097") })) },
      "nothing was changed: the device at 0000:03:00.0 is 1000:0097, not 1000:005f; read the addresses again",
    ],
    [
      "the slot is empty",
      { ...DIN, devices: DIN.devices.slice(1) },
      "nothing was changed: there is no device at 0000:03:00.0",
    ],
    [
      "the host boots from a disk behind the card",
      { ...DIN, disks: [{ name: "sda", serial: "SSD-1", controller: "0000:03:00.0", pool: "rpool" }] },
      "nothing was changed: disks of a pool that this host has imported hang on 0000:03:00.0",
    ],
    [
      "the host has imported the appliance's pool",
      {
        ...DIN,
        disks: [...DIN.disks, { name: "sdb", serial: "FAST-01", controller: "0000:04:00.0", pool: "fast" }],
      },
      "nothing was changed: disks of a pool that this host has imported hang on 0000:04:00.0",
    ],
  ])("changes nothing when %s", async (_, spec: HostSpec, message) => {
    const host = await hostOf(spec);

    await expect(prepare(host)).rejects.toThrow(message);
    expect(host.read("etc/modules-load.d/homelab.conf")).toBeUndefined();
    expect(host.read("etc/kernel/cmdline")).toBe("root=ZFS=rpool/ROOT/pve-1 boot=zfs\n");
  });

  test("says so when the host cannot be reached, or is not the one that is meant", async () => {
    const [host, other] = [await hostOf(), await hostOf()];

    await expect(prepare(host, din(), { port: 1 })).rejects.toThrow(
      "after 1 failed attempts: connect ECONNREFUSED 127.0.0.1:1",
    );
    await expect(prepare(host, din(), { hostKey: other.endpoint.hostKey })).rejects.toThrow(
      "after 1 failed attempts: the host key of 127.0.0.1 is not the pinned one",
    );
    expect(host.tools).toEqual([]);
  });
});
