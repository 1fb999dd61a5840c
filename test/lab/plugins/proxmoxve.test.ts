import { readdirSync } from "node:fs";
import * as proxmoxve from "@muhlba91/pulumi-proxmoxve";
import { beforeAll, describe, expect, test } from "vitest";
import { PluginClient, sharedFolder } from "./support/plugin-client.ts";

/** Type token of a class of the package. */
const tokenOf = (Type: object) => (Type as { readonly __pulumiType: string }).__pulumiType;
const VM = tokenOf(proxmoxve.VmLegacy);
const BRIDGE = tokenOf(proxmoxve.network.linux.Bridge);
const VLAN = tokenOf(proxmoxve.network.linux.Vlan);
const MAPPING = tokenOf(proxmoxve.hardware.mapping.Pci);
const FILE = tokenOf(proxmoxve.download.File);
const ROLE = tokenOf(proxmoxve.RoleLegacy);
const USER = tokenOf(proxmoxve.UserLegacy);
const TOKEN = tokenOf(proxmoxve.user.Token);
const ACL = tokenOf(proxmoxve.Acl);
const JOB = tokenOf(proxmoxve.backup.Job);
const NFS = tokenOf(proxmoxve.storage.Nfs);
const METRICS = tokenOf(proxmoxve.metrics.Server);

const apiToken = "root@pam!first=00000000-0000-0000-0000-000000000000";
const ENDPOINT = { endpoint: "https://192.0.2.1:8006/", apiToken };
const bridge = { nodeName: "din", name: "vmbr0", ports: ["eno1"], vlanAware: true, vids: "1 10 20 30-32" };
const mapping = { name: "din-h330", maps: [{ node: "din", path: "0000:03:00.0", id: "1000:005f" }] };
const image = {
  nodeName: "din",
  datastoreId: "local",
  contentType: "import",
  url: "https://factory.example/talos.qcow2",
  fileName: "talos-1.qcow2",
};
const vm = {
  nodeName: "din",
  vmId: 300,
  name: "nas",
  hostpcis: [{ device: "hostpci0", mapping: "din-h330", rombar: false }],
  networkDevices: [{ bridge: "vmbr0", vlanId: 10, macAddress: "BC:24:11:00:00:01" }],
  disks: [{ interface: "scsi0", datastoreId: "local-zfs", size: 32, importFrom: "local:import/talos-1.qcow2" }],
};

describe("the stand-in for Proxmox", () => {
  const folder = sharedFolder();
  let host: PluginClient;

  beforeAll(async () => {
    host = await PluginClient.start("proxmoxve", ENDPOINT, { PROXMOX_LAB: folder });
    await host.create(BRIDGE, bridge);
    await host.create(MAPPING, mapping);
    await host.create(FILE, image);
    await host.create(VM, vm);
  });

  test("checks what the provider is given", async () => {
    expect(
      await host.checkConfig({ ...ENDPOINT, insecure: "true", ssh: '{"nodes":[{"name":"din","address":"a"}]}' }),
    ).toEqual([]);
    expect(
      await host.checkConfig({ endpoint: "http://din", apiToken: "secret", insecure: "maybe", colour: "red" }),
    ).toEqual([
      "apiToken: must be user@realm!token=uuid",
      "colour: is not a property of this type",
      "endpoint: must be https://host:port/",
      "insecure: must be of type boolean",
    ]);
    expect(await host.checkConfig({ endpoint: "https://din:8006/", username: "root@pam" })).toEqual([
      "apiToken: or username and password or authTicket must be given",
    ]);
  });

  test("says everything that is wrong with a machine, as deep as it lies", async () => {
    const wrong = {
      machine: "Q35",
      bios: "uefi",
      cpu: { cores: 0, kind: "host", limit: 129.5 },
      memory: { dedicated: "64 GiB" },
      disks: [{ size: 0, serial: "a-serial-that-is-too-long" }],
      hostpcis: [{ device: "hostpci16", mapping: "a" }],
      numas: [{ device: "numa0", cpus: "0,1" }],
      virtiofs: [{ cache: "sometimes" }],
      networkDevices: [{ vlanId: 5000, macAddress: "one" }],
      kvmArguments: "-cpu max",
      started: 1,
    };

    expect(await host.check(VM, wrong)).toEqual([
      "bios: must be one of ovmf, seabios",
      "cpu.cores: must be from 1 to 2304",
      "cpu.kind: is not a property of this type",
      "cpu.limit: must be from 0 to 128",
      "disks[0].interface: is required, but missing",
      "disks[0].serial: must be at most 20 characters",
      "disks[0].size: must be from 1 to 65536",
      "hostpcis[0].device: must be hostpci0 to hostpci15",
      "kvmArguments: is not supported by the lab's stand-in for this plugin",
      "machine: must be a machine type, such as q35",
      "memory.dedicated: must be of type integer",
      "networkDevices[0].macAddress: must be a MAC address, such as BC:24:11:00:00:01",
      "networkDevices[0].vlanId: must be from 0 to 4094",
      "nodeName: is required, but missing",
      "numas[0].cpus: must be numbers and ranges with ; between them, such as 0-3;8",
      "numas[0].memory: is required, but missing",
      "started: must be of type boolean",
      "virtiofs[0].cache: must be one of auto, always, metadata, never",
      "virtiofs[0].mapping: is required, but missing",
    ]);
    expect(await host.check(VM, { ...vm, cpu: { limit: 1.5 } })).toEqual([]);
  });

  test("knows what goes together", async () => {
    const devices = [{ device: "hostpci0", id: "0000:03:00.0" }, { device: "hostpci0" }];
    const disks = [{ interface: "scsi0" }, { interface: "scsi0" }];

    expect(await host.check(VM, { nodeName: "din", hostpcis: devices, disks })).toEqual([
      "disks: has scsi0 twice",
      "hostpcis: has hostpci0 twice",
      "hostpcis[0].id: is for root with a password only; use a mapping",
      "hostpcis[1]: must have either a mapping or an id",
    ]);
    expect(await host.check(BRIDGE, { nodeName: "din", name: "vmbr1", vids: "10" })).toEqual([
      "vids: needs vlanAware to be true",
    ]);
    expect(await host.check(VLAN, { nodeName: "din", name: "storage", vlan: 10 })).toEqual([
      "name: must be the interface and the tag with a dot between them, or come with interface and vlan",
    ]);
    expect(await host.check(FILE, { ...image, checksum: "abc" })).toEqual(["checksum: goes with checksumAlgorithm"]);
    expect(await host.check(JOB, { resourceId: "j", schedule: "daily", storage: "local" })).toEqual([
      "vmids: or pool or all must say what to back up, and only one",
    ]);
    expect(await host.check(ACL, { path: "/", roleId: "PVEAdmin" })).toEqual([
      "userId: or groupId or tokenId must be given, and only one",
    ]);
    expect(await host.check(MAPPING, { name: "m", maps: [] })).toEqual(["maps: must hold a device"]);
  });

  test.each([
    ["the id", { vmId: 301 }, ["vmId: UPDATE_REPLACE"]],
    ["the node", { nodeName: "grogu" }, ["nodeName: UPDATE_REPLACE"]],
    ["the node of one that may move", { nodeName: "grogu", migrate: true }, ["migrate: ADD", "nodeName: UPDATE"]],
    [
      "an image that was copied over SSH",
      { disks: [{ ...vm.disks[0], fileId: "local:iso/b.img" }] },
      ["disks[0].fileId: ADD_REPLACE"],
    ],
    [
      "an image that was imported",
      { disks: [{ ...vm.disks[0], importFrom: "local:import/b.qcow2" }] },
      ["disks[0].importFrom: UPDATE"],
    ],
    ["the way of cloud-init", { initialization: { type: "nocloud" } }, ["initialization: ADD"]],
    ["devices", { hostpcis: [] }, ["hostpcis[0]: DELETE"]],
    ["memory and processors", { memory: { dedicated: 4096 }, cpu: { cores: 2 } }, ["cpu: ADD", "memory: ADD"]],
  ])("tells what a change of %s does to a machine", async (_, change, changes) => {
    const diff = await host.diff(VM, vm, { ...vm, ...change });

    expect(diff.changes).toEqual(changes);
    expect(diff.replaces.length > 0).toBe(changes.some((change) => change.endsWith("REPLACE")));
  });

  test("tells a changed way of cloud-init from a new one", async () => {
    const olds = { ...vm, initialization: { type: "nocloud", datastoreId: "local-zfs" } };
    const news = { ...vm, initialization: { type: "configdrive2", datastoreId: "tank" } };

    expect(await host.diff(VM, olds, news)).toEqual({
      changes: ["initialization.datastoreId: UPDATE", "initialization.type: UPDATE_REPLACE"],
      replaces: ["initialization"],
    });
  });

  test.each([
    ["an id that is taken", VM, vm, "machine '300' already exists"],
    [
      "a device that a running machine has",
      VM,
      { ...vm, vmId: 301 },
      "PCI mapping 'din-h330' is already in use by VM 300",
    ],
    [
      "a device of another host",
      VM,
      { ...vm, vmId: 301, nodeName: "grogu", networkDevices: [], disks: [] },
      "PCI mapping 'din-h330' has no device on node 'grogu'",
    ],
    [
      "a device without a mapping",
      VM,
      { nodeName: "din", vmId: 301, hostpcis: [{ device: "hostpci0", mapping: "gpu" }] },
      "PCI mapping 'gpu' does not exist",
    ],
    [
      "a storage that is not there",
      VM,
      { nodeName: "din", vmId: 301, disks: [{ interface: "scsi0" }] },
      "storage 'local-lvm' does not exist",
    ],
    [
      "a storage for other things",
      VM,
      { nodeName: "din", vmId: 301, disks: [{ interface: "scsi0", datastoreId: "local" }] },
      "storage 'local' does not support content-type 'images'",
    ],
    [
      "a storage that is not there for cloud-init",
      VM,
      { nodeName: "din", vmId: 301, initialization: {} },
      "storage 'local-lvm' does not exist",
    ],
    [
      "an image that is not there",
      VM,
      { nodeName: "din", vmId: 301, cdrom: { fileId: "local:iso/a.iso" } },
      "volume 'local:iso/a.iso' does not exist",
    ],
    [
      "a bridge that is not there",
      VM,
      { nodeName: "din", vmId: 301, networkDevices: [{ bridge: "vmbr9" }] },
      "bridge 'vmbr9' does not exist",
    ],
    [
      "a VLAN that the bridge does not carry",
      VM,
      { nodeName: "din", vmId: 301, networkDevices: [{ vlanId: 33 }] },
      "vlan 33 is not allowed on bridge 'vmbr0', which carries 1 10 20 30-32",
    ],
    [
      "an address in a VLAN that the bridge does not carry",
      VLAN,
      { nodeName: "din", name: "vmbr0.40" },
      "vlan 40 is not allowed on bridge 'vmbr0', which carries 1 10 20 30-32",
    ],
    [
      "an address on a bridge that is not there",
      VLAN,
      { nodeName: "din", name: "a", interface: "vmbr8", vlan: 3 },
      "vlan-raw-device 'vmbr8' does not exist",
    ],
    ["an image on a storage that is not there", FILE, { ...image, datastoreId: "nas" }, "storage 'nas' does not exist"],
    [
      "a backup to where none may go",
      JOB,
      { resourceId: "j", schedule: "daily", storage: "local-zfs", all: true },
      "storage 'local-zfs' does not support backups",
    ],
    [
      "rights of a role that is not there",
      ACL,
      { path: "/", roleId: "Pulumi", userId: "a@pve" },
      "role 'Pulumi' does not exist",
    ],
    ["a token of nobody", TOKEN, { userId: "a@pve", tokenName: "it" }, "no such user ('a@pve')"],
  ])("refuses %s", async (_, type, inputs, message) => {
    await expect(host.create(type, inputs)).rejects.toThrow(new Error(message));
  });

  test("lets a machine have a device that a stopped one has, and frees what is deleted", async () => {
    const stopped = { ...vm, vmId: 302, started: false };
    const { id } = await host.create(VM, stopped);

    await expect(host.update(VM, id, stopped, { ...stopped, started: true })).rejects.toThrow(
      /already in use by VM 300/,
    );
    await expect(host.delete(MAPPING, "din-h330", mapping)).rejects.toThrow(
      "PCI mapping 'din-h330' is in use by VM 300",
    );
    await host.delete(VM, id, stopped);
    expect((await host.read(VM, id, stopped)).id).toBe("");
  });

  test("keeps a machine that is protected", async () => {
    const kept = { nodeName: "din", vmId: 303, protection: true };
    await host.create(VM, kept);

    await expect(host.delete(VM, "303", kept)).rejects.toThrow("can't remove VM 303 - protection mode enabled");
    await host.update(VM, "303", kept, { ...kept, protection: false });
    await host.delete(VM, "303", kept);
  });

  test("gives a machine without an id the first that is free", async () => {
    const { id, outputs } = await host.create(VM, { nodeName: "din", started: false });
    await host.delete(VM, id, outputs);

    expect(id).toBe("100");
  });

  test("knows accounts, and says a token's value once, as a secret", async () => {
    expect(await host.check(ROLE, { roleId: "R", privileges: ["VM.Audit", "VM.Monitor"] })).toEqual([
      expect.stringMatching(/^privileges\[1\]: must be one of Datastore.Allocate, /),
    ]);
    await host.create(ROLE, { roleId: "Pulumi", privileges: ["VM.Audit"] });
    await host.create(USER, { userId: "pulumi@pve", enabled: true });
    await host.create(ACL, { path: "/", roleId: "Pulumi", userId: "pulumi@pve" });
    const { id, outputs } = await host.create(TOKEN, { userId: "pulumi@pve", tokenName: "homelab" });

    expect(id).toBe("pulumi@pve!homelab");
    expect(outputs["value"]).toMatchObject({ value: expect.stringMatching(/^pulumi@pve!homelab=[0-9a-f-]{36}$/) });
  });

  test("backs up to a storage on the network, and sends measurements away", async () => {
    const nfs = { resourceId: "nas", server: "10.0.0.20", export: "/mnt/tank/proxmox", contents: ["backup"] };
    await host.create(NFS, nfs);
    await host.create(JOB, { resourceId: "daily", schedule: "03:00", storage: "nas", vmids: ["303"] });
    const { id } = await host.create(METRICS, { name: "graphite", type: "graphite", server: "10.0.0.30", port: 2003 });

    expect(id).toBe("graphite");
    expect(await host.diff(NFS, nfs, { ...nfs, options: "vers=4.2", preallocation: "off" })).toEqual({
      changes: ["options: ADD", "preallocation: ADD_REPLACE"],
      replaces: ["preallocation"],
    });
  });

  test("adopts what the installer made", async () => {
    expect(await host.read(BRIDGE, "din:vmbr0")).toEqual({ id: "din:vmbr0", inputs: { ...bridge, autostart: true } });
    await expect(host.read(BRIDGE, "din:vmbr7")).rejects.toThrow("interface 'din:vmbr7' does not exist");
  });

  test("goes on where it stood when it is started again, and each endpoint is a world of its own", async () => {
    const again = await PluginClient.start("proxmoxve", ENDPOINT, { PROXMOX_LAB: folder });
    const other = await PluginClient.start(
      "proxmoxve",
      { endpoint: "https://192.0.2.2:8006/" },
      { PROXMOX_LAB: folder },
    );

    await expect(again.create(VM, vm)).rejects.toThrow("machine '300' already exists");
    await expect(other.create(VM, vm)).rejects.toThrow("volume 'local:import/talos-1.qcow2' does not exist");
    expect(readdirSync(folder)).toEqual(["192.0.2.1_8006.json"]);
  });
});
