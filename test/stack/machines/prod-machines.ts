import { VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import { type Expected, expected } from "./expected.ts";
import { APPLIANCE, card, cloudInit, disk, FROM_IMAGE, LAST, size } from "./kinds.ts";

const PLAIN = "talos-v1.13.9-88d1f7a5c4f1.qcow2";
const WITH_GPU = "talos-v1.13.9-583560d413df.qcow2";
/** MTU of the storage network. */
const LARGE = 9000;

/** A node of Talos: stopped rather than asked when it goes. */
const NODE = { ...FROM_IMAGE, stopOnDestroy: true };
const CONTROL_PLANE = { ...NODE, nodeName: "din", ...size(2, 4), disks: disk(16, PLAIN) };
const OF_PROD = {
  description: "control-plane of the cluster prod",
  tags: ["cluster-prod", "control-plane", "kubernetes"],
};
const PROD_WORKER = { description: "worker of the cluster prod", tags: ["cluster-prod", "kubernetes", "worker"] };

const shared = (address: string) => ({ address: `${address}/24`, gateway: "10.0.1.1" });
const apps = (address: string) => ({ address: `${address}/24`, gateway: "10.0.2.1" });
const tests = (address: string) => ({ address: `${address}/24`, gateway: "10.0.3.1" });

/** The machines of din. */
export const ON_DIN: readonly Expected[] = [
  expected(VmLegacy, {
    "truenas-primary": {
      ...APPLIANCE,
      ...{ nodeName: "din", vmId: 300, name: "truenas-primary", ...size(8, 64), disks: disk(32) },
      hostpcis: [
        { device: "hostpci0", mapping: "din-h330", pcie: true, rombar: false },
        { device: "hostpci1", mapping: "din-9201-8e", pcie: true, rombar: false },
      ],
      networkDevices: [card(10, "BC:24:11:00:12:C0", LARGE), card(20, "BC:24:11:00:12:C1")],
    },
    "prod-cp-1": {
      ...{ ...CONTROL_PLANE, ...OF_PROD, vmId: 311, name: "prod-cp-1" },
      networkDevices: [card(30, "BC:24:11:00:13:70"), card(10, "BC:24:11:00:13:71", LARGE)],
      initialization: cloudInit("10.0.1.1", shared("10.0.1.11"), { address: "10.10.10.31/24" }),
    },
    "prod-cp-2": {
      ...{ ...CONTROL_PLANE, ...OF_PROD, vmId: 312, name: "prod-cp-2" },
      networkDevices: [card(30, "BC:24:11:00:13:80"), card(10, "BC:24:11:00:13:81", LARGE)],
      initialization: cloudInit("10.0.1.1", shared("10.0.1.12"), { address: "10.10.10.32/24" }),
    },
    "prod-cp-3": {
      ...{ ...CONTROL_PLANE, ...OF_PROD, vmId: 313, name: "prod-cp-3" },
      networkDevices: [card(30, "BC:24:11:00:13:90"), card(10, "BC:24:11:00:13:91", LARGE)],
      initialization: cloudInit("10.0.1.1", shared("10.0.1.13"), { address: "10.10.10.33/24" }),
    },
    "prod-worker-1": {
      ...{ ...NODE, ...LAST, ...PROD_WORKER, nodeName: "din", vmId: 321, name: "prod-worker-1", ...size(8, 24) },
      disks: disk(40, PLAIN),
      networkDevices: [card(30, "BC:24:11:00:14:10"), card(10, "BC:24:11:00:14:11", LARGE)],
      initialization: cloudInit("10.0.1.1", shared("10.0.1.21"), { address: "10.10.10.41/24" }),
    },
    "prod-worker-2": {
      ...{ ...NODE, ...LAST, ...PROD_WORKER, nodeName: "din", vmId: 322, name: "prod-worker-2", ...size(8, 24) },
      disks: disk(40, PLAIN),
      networkDevices: [card(31, "BC:24:11:00:14:20"), card(10, "BC:24:11:00:14:21", LARGE)],
      initialization: cloudInit("10.0.2.1", apps("10.0.2.21"), { address: "10.10.10.42/24" }),
    },
    "test-cp-1": {
      ...{ ...CONTROL_PLANE, vmId: 341, name: "test-cp-1", description: "control-plane of the cluster test" },
      tags: ["cluster-test", "control-plane", "kubernetes"],
      networkDevices: [card(32, "BC:24:11:00:15:50"), card(10, "BC:24:11:00:15:51", LARGE)],
      initialization: cloudInit("10.0.3.1", tests("10.0.3.11"), { address: "10.10.10.61/24" }),
    },
    "test-worker-1": {
      ...{ ...NODE, ...LAST, nodeName: "din", vmId: 351, name: "test-worker-1", ...size(4, 8) },
      description: "worker of the cluster test",
      tags: ["cluster-test", "kubernetes", "worker"],
      disks: disk(24, PLAIN),
      networkDevices: [card(32, "BC:24:11:00:15:F0"), card(10, "BC:24:11:00:15:F1", LARGE)],
      initialization: cloudInit("10.0.3.1", tests("10.0.3.21"), { address: "10.10.10.62/24" }),
    },
  }),
];

/** The machines of grogu. */
export const ON_GROGU: readonly Expected[] = [
  expected(VmLegacy, {
    "truenas-backup": {
      ...APPLIANCE,
      ...{ nodeName: "grogu", vmId: 301, name: "truenas-backup", ...size(4, 32), disks: disk(32) },
      hostpcis: [{ device: "hostpci0", mapping: "grogu-sas", pcie: true, rombar: false }],
      networkDevices: [card(10, "BC:24:11:00:12:D0", LARGE), card(20, "BC:24:11:00:12:D1")],
    },
    "prod-gpu-1": {
      ...{ ...NODE, ...LAST, nodeName: "grogu", vmId: 331, name: "prod-gpu-1", ...size(8, 16) },
      description: "worker of the cluster prod",
      tags: ["cluster-prod", "gpu", "kubernetes", "worker"],
      disks: disk(40, WITH_GPU),
      // A graphics card brings its own firmware; a controller's is not needed.
      hostpcis: [{ device: "hostpci0", mapping: "grogu-a310", pcie: true, rombar: true }],
      networkDevices: [card(31, "BC:24:11:00:14:B0"), card(10, "BC:24:11:00:14:B1", LARGE)],
      initialization: cloudInit("10.0.2.1", apps("10.0.2.31"), { address: "10.10.10.51/24" }),
    },
  }),
];
