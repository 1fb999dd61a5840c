import { backup, download, hardware, network, VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import { accountsOf } from "./accounts.ts";
import { type Expected, expected } from "./expected.ts";
import { APPLIANCE, card, cloudInit, disk, FROM_IMAGE, LAST, size } from "./kinds.ts";

const ISO = "TrueNAS-SCALE-25.10.6.iso";
const DEBIAN = "debian-13-genericcloud-amd64-20260811-2566.qcow2";
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID+xuQ8476Bow6JsRqx2a399Vn/8XrNX8KDtnXIZ4dss homelab";
const DOWNLOADED = { nodeName: "beta", datastoreId: "local", overwrite: false };
const MACHINE = { ...FROM_IMAGE, nodeName: "beta" };
/** A machine of K3s: cloud-init makes the account over which it is installed. */
const NODE = { ...MACHINE, ...size(2, 4), disks: disk(20, DEBIAN) };
const account = { username: "homelab", keys: [KEY] };
const lan = (address: string) => ({ address: `${address}/24`, gateway: "198.51.100.1" });
const on = { nodeName: "beta", interface: "vmbr0", autostart: true };

/** The host beta, and its machines. */
export const BETA: readonly Expected[] = [
  ...accountsOf("beta"),
  expected(network.linux.Bridge, {
    "beta/vmbr0": {
      ...{ nodeName: "beta", name: "vmbr0", ports: ["eno1"], vlanAware: true, autostart: true },
      ...{ vids: "110 120", mtu: 9000 },
    },
  }),
  expected(network.linux.Vlan, {
    "beta/vmbr0.110": {
      ...{ ...on, name: "vmbr0.110", vlan: 110, mtu: 9000 },
      ...{ address: "192.0.2.3/24", comment: "storage" },
    },
    "beta/vmbr0.120": {
      ...{ ...on, name: "vmbr0.120", vlan: 120, mtu: 1500 },
      ...{ address: "198.51.100.3/24", gateway: "198.51.100.1", comment: "lan" },
    },
  }),
  expected(hardware.mapping.Pci, {
    "beta-sas": {
      name: "beta-sas",
      maps: [{ node: "beta", path: "0000:01:00.0", id: "1000:0097", subsystemId: "1000:30e0", iommuGroup: 12 }],
    },
  }),
  expected(download.File, {
    [`beta/${ISO}`]: {
      ...{ ...DOWNLOADED, contentType: "iso", fileName: ISO },
      url: `https://download.sys.truenas.net/TrueNAS-SCALE-Goldeye/25.10.6/${ISO}`,
    },
    [`beta/${DEBIAN}`]: {
      ...{ ...DOWNLOADED, contentType: "import", fileName: DEBIAN },
      url: `https://cloud.debian.org/images/cloud/trixie/20260811-2566/${DEBIAN}`,
    },
  }),
  expected(backup.Job, {
    "beta/weekly": {
      ...{ resourceId: "beta-weekly", node: "beta", schedule: "sun 01:30", storage: "local", vmids: ["110", "120"] },
      ...{ mode: "snapshot", compress: "zstd", enabled: true, repeatMissed: true, notesTemplate: "{{guestname}}" },
      pruneBackups: { "keep-last": "2" },
    },
  }),
  expected(VmLegacy, {
    vault: {
      ...{ ...APPLIANCE, nodeName: "beta", vmId: 110, name: "vault", ...size(2, 8), disks: disk(16) },
      hostpcis: [{ device: "hostpci0", mapping: "beta-sas", pcie: true, rombar: false }],
      networkDevices: [card(110, "BC:24:11:00:06:E0", 9000), card(120, "BC:24:11:00:06:E1")],
    },
    dns: {
      ...{ ...MACHINE, vmId: 120, name: "dns", description: "Names for the household", ...size(1, 1) },
      tags: ["dns", "infrastructure"],
      disks: disk(8, DEBIAN),
      networkDevices: [card(120, "BC:24:11:00:07:80")],
      initialization: {
        ...cloudInit("198.51.100.1", lan("198.51.100.53")),
        userAccount: { username: "admin", keys: [] },
      },
    },
    mainkube: {
      ...{ ...NODE, vmId: 131, name: "mainkube", description: "control-plane of the cluster home" },
      tags: ["cluster-home", "control-plane", "kubernetes"],
      networkDevices: [card(120, "BC:24:11:00:08:30"), card(110, "BC:24:11:00:08:31", 9000)],
      initialization: {
        ...cloudInit("198.51.100.1", lan("198.51.100.31"), { address: "192.0.2.31/24" }),
        userAccount: account,
      },
    },
    "kube-agent-1": {
      ...{ ...NODE, ...LAST, vmId: 132, name: "kube-agent-1", description: "worker of the cluster home" },
      tags: ["cluster-home", "kubernetes", "worker"],
      networkDevices: [card(120, "BC:24:11:00:08:40"), card(110, "BC:24:11:00:08:41", 9000)],
      initialization: {
        ...cloudInit("198.51.100.1", lan("198.51.100.32"), { address: "192.0.2.32/24" }),
        userAccount: account,
      },
    },
  }),
];
