import { backup, download, hardware, network, storage } from "@muhlba91/pulumi-proxmoxve";
import { accountsOf } from "./accounts.ts";
import { type Expected, expected } from "./expected.ts";

const BRIDGE = {
  name: "vmbr0",
  ports: ["eno1"],
  vlanAware: true,
  vids: "1 10 20 30-32",
  mtu: 9000,
  autostart: true,
};
const STORAGE = { name: "vmbr0.10", interface: "vmbr0", vlan: 10, mtu: 9000, autostart: true, comment: "storage" };
const LAN = {
  ...{ name: "vmbr0.20", interface: "vmbr0", vlan: 20, mtu: 1500, autostart: true, comment: "lan" },
  gateway: "192.168.0.1",
};

const FACTORY = "https://factory.talos.dev/image";
const PLAIN = "88d1f7a5c4f1d3aba7df787c448c1d3d008ed29cfb34af53fa0df4336a56040b";
const WITH_GPU = "583560d413df7502f15f3c274c36fc23ce1af48cef89e98b1e563fb49127606e";
const ISO = "TrueNAS-SCALE-25.10.6.iso";
const INSTALLER = {
  ...{ datastoreId: "local", contentType: "iso", fileName: ISO, overwrite: false },
  url: `https://download.sys.truenas.net/TrueNAS-SCALE-Goldeye/25.10.6/${ISO}`,
};

/** How a node's image is downloaded, by the Image Factory's name of it. */
const talos = (schematic: string) => ({
  ...{ datastoreId: "local", contentType: "import", overwrite: false },
  fileName: `talos-v1.13.9-${schematic.slice(0, 12)}.qcow2`,
  url: `${FACTORY}/${schematic}/v1.13.9/nocloud-amd64.qcow2`,
});

const JOB = {
  mode: "snapshot",
  compress: "zstd",
  enabled: true,
  notesTemplate: "{{guestname}}",
  repeatMissed: true,
};
/** The storage machine's own disk, which never goes to what that machine serves. */
const OF_STORAGE = { ...JOB, schedule: "sun 01:30", storage: "local", pruneBackups: { "keep-last": "2" } };

/** The host din itself, and what is kept on it. */
export const DIN: readonly Expected[] = [
  ...accountsOf("din"),
  expected(network.linux.Bridge, { "din/vmbr0": { ...BRIDGE, nodeName: "din" } }),
  expected(network.linux.Vlan, {
    "din/vmbr0.10": { ...STORAGE, nodeName: "din", address: "10.10.10.2/24" },
    "din/vmbr0.20": { ...LAN, nodeName: "din", address: "192.168.0.2/24" },
  }),
  expected(hardware.mapping.Pci, {
    "din-h330": {
      name: "din-h330",
      maps: [{ node: "din", path: "0000:03:00.0", id: "1000:005f", subsystemId: "1028:1f4b", iommuGroup: 27 }],
      comment: "Dell H330, disks of bulk and scratch",
    },
    "din-9201-8e": {
      name: "din-9201-8e",
      maps: [{ node: "din", path: "0000:04:00.0", id: "1000:0072", subsystemId: "1000:30d0", iommuGroup: 28 }],
      comment: "LSI 9201-8e, the MD1220 shelf with fast",
    },
  }),
  expected(download.File, {
    [`din/${ISO}`]: { ...INSTALLER, nodeName: "din" },
    "din/talos-v1.13.9-88d1f7a5c4f1.qcow2": { ...talos(PLAIN), nodeName: "din" },
  }),
  expected(storage.Nfs, {
    "din/nas": {
      resourceId: "nas",
      nodes: ["din"],
      server: "10.10.10.20",
      export: "/mnt/bulk/backups/proxmox",
      contents: ["backup"],
      options: "vers=4.2,soft,timeo=100,retrans=2",
    },
  }),
  expected(backup.Job, {
    "din/nightly": {
      ...JOB,
      resourceId: "din-nightly",
      node: "din",
      schedule: "02:30",
      storage: "nas",
      vmids: ["311", "312", "313"],
      pruneBackups: { "keep-daily": "7", "keep-weekly": "4" },
    },
    "din/truenas": { ...OF_STORAGE, resourceId: "din-truenas", node: "din", vmids: ["300"] },
  }),
];

/** The host grogu itself, and what is kept on it. */
export const GROGU: readonly Expected[] = [
  ...accountsOf("grogu"),
  expected(network.linux.Bridge, { "grogu/vmbr0": { ...BRIDGE, nodeName: "grogu" } }),
  expected(network.linux.Vlan, {
    "grogu/vmbr0.10": { ...STORAGE, nodeName: "grogu", address: "10.10.10.3/24" },
    "grogu/vmbr0.20": { ...LAN, nodeName: "grogu", address: "192.168.0.3/24" },
  }),
  expected(hardware.mapping.Pci, {
    "grogu-sas": {
      name: "grogu-sas",
      maps: [{ node: "grogu", path: "0000:03:00.0", id: "1000:0072", subsystemId: "1000:30d0", iommuGroup: 24 }],
      comment: "LSI SAS controller, the MD1200 shelf with backup",
    },
    "grogu-a310": {
      name: "grogu-a310",
      maps: [{ node: "grogu", path: "0000:04:00.0", id: "8086:56a6", subsystemId: "1849:6008", iommuGroup: 25 }],
      comment: "Intel Arc A310, for Jellyfin",
    },
  }),
  expected(download.File, {
    [`grogu/${ISO}`]: { ...INSTALLER, nodeName: "grogu" },
    "grogu/talos-v1.13.9-583560d413df.qcow2": { ...talos(WITH_GPU), nodeName: "grogu" },
  }),
  expected(backup.Job, {
    "grogu/truenas": { ...OF_STORAGE, resourceId: "grogu-truenas", node: "grogu", vmids: ["301"] },
  }),
];
