import { VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import { beforeAll, describe, expect, test } from "vitest";
import { mappingArgs } from "../../../components/hosts/devices.ts";
import { imageOf } from "../../../components/hosts/images.ts";
import { interfacesOf } from "../../../components/hosts/interfaces.ts";
import { storageVmArgs } from "../../../components/machines/storage-vm.ts";
import { bridgeOf, parseSite, type Site, virtualMachinesOf } from "../../../src/site/index.ts";
import { PluginClient } from "../../lab/plugins/support/plugin-client.ts";
import { wholeSiteOf } from "../../support/site-yaml.ts";

const VM = (VmLegacy as unknown as { readonly __pulumiType: string }).__pulumiType;

function siteWith(change: (site: ReturnType<typeof wholeSiteOf>) => void = () => undefined): Site {
  const site = wholeSiteOf("prod");
  change(site);
  return parseSite(site);
}

/** The storage machine of din as Proxmox is told of it. */
function storageMachine(site: Site): Record<string, unknown> {
  const machine = virtualMachinesOf(site).find(({ name }) => name === "truenas-primary");
  const hardware = machine?.hardware;
  const proxmox = machine && site.hosts[machine.host]?.proxmox;
  const image = site.images["truenas"];
  if (!machine || !hardware || !proxmox || !image) throw new Error("prod does not describe din's storage machine");
  const host = { name: machine.host, proxmox, bridgeOf: (network: string) => bridgeOf(proxmox, network) ?? "" };
  return { ...storageVmArgs(machine, hardware, imageOf(image), host) };
}

describe("the storage machine of din", () => {
  test("is told exactly this", () => {
    expect(storageMachine(siteWith())).toEqual({
      nodeName: "din",
      vmId: 300,
      name: "truenas-primary",
      description: "TrueNAS; its pools lie on disks that it drives itself",
      tags: ["infrastructure", "storage"],
      machine: "q35",
      bios: "ovmf",
      efiDisk: { datastoreId: "local-zfs", type: "4m", preEnrolledKeys: false },
      operatingSystem: { type: "l26" },
      cpu: { type: "host", cores: 8, sockets: 1 },
      memory: { dedicated: 65536, floating: 0 },
      scsiHardware: "virtio-scsi-single",
      hostpcis: [
        { device: "hostpci0", mapping: "din-h330", pcie: true, rombar: false },
        { device: "hostpci1", mapping: "din-9201-8e", pcie: true, rombar: false },
      ],
      networkDevices: [
        { bridge: "vmbr0", model: "virtio", macAddress: "BC:24:11:00:12:C0", mtu: 9000, vlanId: 10 },
        { bridge: "vmbr0", model: "virtio", macAddress: "BC:24:11:00:12:C1", mtu: 1500, vlanId: 20 },
      ],
      onBoot: true,
      started: true,
      startup: { order: 1, upDelay: 180, downDelay: 600 },
      tabletDevice: false,
      rebootAfterUpdate: false,
      migrate: false,
      disks: [{ interface: "scsi0", datastoreId: "local-zfs", size: 32, iothread: true, discard: "on", ssd: true }],
      cdrom: { fileId: "local:iso/TrueNAS-SCALE-25.10.6.iso", interface: "ide2" },
      bootOrders: ["scsi0", "ide2"],
      agent: { enabled: true, waitForIp: { disabled: true } },
      protection: true,
      stopOnDestroy: false,
      purgeOnDestroy: false,
      deleteUnreferencedDisksOnDestroy: false,
    });
  });

  describe("under a change of the site", () => {
    let plugin: PluginClient;
    beforeAll(async () => {
      plugin = await PluginClient.start("proxmoxve", { endpoint: "https://192.0.2.1:8006/" });
    });

    type Change = (vm: Record<string, unknown>, site: ReturnType<typeof wholeSiteOf>) => void;
    const kept: [string, Change][] = [
      ["cores", (vm) => Object.assign(vm, { cores: 4 })],
      ["memory", (vm) => Object.assign(vm, { memory: "32 GiB" })],
      ["the size of its disk", (vm) => Object.assign(vm, { disk: "64 GiB" })],
      ["its storage", (vm) => Object.assign(vm, { storage: "tank" })],
      ["its devices", (vm) => Object.assign(vm, { devices: ["din-h330"] })],
      ["a MAC address", (vm) => Object.assign(vm, { nics: { lan: { mac: "BC:24:11:AA:BB:CC" } } })],
      ["its delays", (vm) => Object.assign(vm, { startup: { upDelay: 300 } })],
      [
        "its installer",
        (_, site) => Object.assign(site.images?.["truenas"] ?? {}, { url: "https://images.example/TrueNAS-26.iso" }),
      ],
    ];

    test.each(kept)("of %s is changed in place", async (_, change) => {
      const site = siteWith((yaml) => change(yaml.appliances["truenas-primary"]?.vm ?? {}, yaml));
      const { changes, replaces } = await plugin.diff(VM, storageMachine(siteWith()), storageMachine(site));

      expect(changes.length).toBeGreaterThan(0);
      expect(replaces).toEqual([]);
    });

    test("of its id is the only one that replaces it on its host", async () => {
      const site = siteWith((yaml) => Object.assign(yaml.appliances["truenas-primary"] ?? {}, { vmId: 302 }));
      const { replaces } = await plugin.diff(VM, storageMachine(siteWith()), storageMachine(site));

      expect(replaces).toEqual(["vmId"]);
    });

    test("is accepted by the provider's own checks", async () => {
      expect(await plugin.check(VM, storageMachine(siteWith()))).toEqual([]);
    });
  });
});

describe("the host din", () => {
  const site = siteWith();
  const { din } = site.hosts;

  test("has one bridge with six VLANs, and addresses in two of them", () => {
    if (!din?.proxmox) throw new Error("prod does not describe din");
    expect(interfacesOf("din", din, din.proxmox, site.networks)).toEqual({
      bridges: {
        vmbr0: {
          nodeName: "din",
          name: "vmbr0",
          ports: ["eno1"],
          vlanAware: true,
          vids: "1 10 20 30-32",
          mtu: 9000,
          autostart: true,
        },
      },
      vlans: {
        "vmbr0.20": {
          ...{ nodeName: "din", name: "vmbr0.20", interface: "vmbr0", vlan: 20, mtu: 1500, autostart: true },
          ...{ address: "192.168.0.2/24", gateway: "192.168.0.1", comment: "lan" },
        },
        "vmbr0.10": {
          ...{ nodeName: "din", name: "vmbr0.10", interface: "vmbr0", vlan: 10, mtu: 9000, autostart: true },
          ...{ address: "10.10.10.2/24", comment: "storage" },
        },
      },
    });
  });

  test("gives each controller a mapping of its own", () => {
    const mappings = Object.entries(din?.proxmox?.devices ?? {}).map(([name, device]) =>
      mappingArgs("din", name, device),
    );

    expect(mappings).toEqual([
      {
        name: "din-h330",
        maps: [{ node: "din", path: "0000:03:00.0", id: "1000:005f", subsystemId: "1028:1f4b", iommuGroup: 27 }],
        comment: "Dell H330, disks of bulk and scratch",
      },
      {
        name: "din-9201-8e",
        maps: [{ node: "din", path: "0000:04:00.0", id: "1000:0072", subsystemId: "1000:30d0", iommuGroup: 28 }],
        comment: "LSI 9201-8e, the MD1220 shelf with fast",
      },
    ]);
  });
});
