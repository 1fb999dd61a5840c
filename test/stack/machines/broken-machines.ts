import type { Registration } from "./registrations.ts";

type Inputs = Record<string, unknown>;

/** One thing changed in what prod registers, and what is then said, by policy. */
export interface BrokenMachine {
  readonly policy: string;
  readonly machine: string;
  readonly change: (inputs: Inputs) => Inputs;
  /** What else is registered beside it. */
  readonly beside?: Pick<Registration, "type" | "name" | "inputs">;
  readonly says: string;
}

const DIN = "truenas-primary";
const GROGU = "truenas-backup";
const said = (machine: string, what: string) => `virtual machine "${machine}" ${what}`;
const cards = (inputs: Inputs) => inputs["networkDevices"] as Inputs[];
const WORKERS = "prod-cp-1, prod-cp-2, prod-cp-3, prod-worker-1, prod-worker-2, test-cp-1, test-worker-1";
const CLUSTERS = "prod-cp-1, prod-cp-2, prod-cp-3, test-cp-1";

/** Every policy on machines, broken in what prod really registers. */
export const BROKEN: readonly BrokenMachine[] = [
  {
    policy: "storage-vm-has-no-ballooning",
    machine: DIN,
    change: (vm) => ({ ...vm, memory: { dedicated: 65536, floating: 32768 } }),
    says: said(DIN, "drives disks of its host, balloons down to 32768 MiB and must not"),
  },
  {
    policy: "storage-vm-has-no-ballooning",
    machine: GROGU,
    change: (vm) => ({ ...vm, memory: { dedicated: 32768, floating: 16384 } }),
    says: said(GROGU, "drives disks of its host, balloons down to 16384 MiB and must not"),
  },
  {
    policy: "storage-vm-is-protected",
    machine: DIN,
    change: (vm) => ({ ...vm, protection: false }),
    says: said(DIN, "drives disks of its host and must be protected against replacement and deletion by Proxmox"),
  },
  {
    policy: "storage-vm-starts-first",
    machine: DIN,
    change: ({ startup: _, ...vm }) => vm,
    says: said(DIN, "has no place in the start order of its host and must start first"),
  },
  {
    policy: "storage-vm-starts-first",
    machine: DIN,
    change: (vm) => ({ ...vm, startup: { order: 2 } }),
    says: said(DIN, `starts no earlier than ${CLUSTERS} and must start first`),
  },
  {
    policy: "storage-vm-starts-first",
    machine: DIN,
    change: (vm) => ({ ...vm, startup: { order: 3 } }),
    says: said(DIN, `starts no earlier than ${WORKERS} and must start first`),
  },
  {
    policy: "storage-vm-starts-first",
    machine: GROGU,
    change: (vm) => ({ ...vm, startup: { order: 3 } }),
    says: said(GROGU, "starts no earlier than prod-gpu-1 and must start first"),
  },
  {
    policy: "pass-through-uses-mapping",
    machine: "prod-gpu-1",
    change: (vm) => ({ ...vm, hostpcis: [{ device: "hostpci0", id: "0000:04:00.0", pcie: true }] }),
    says: said("prod-gpu-1", "takes the device 0000:04:00.0 by its address and must use a mapping"),
  },
  {
    policy: "device-is-claimed-once",
    machine: "prod-gpu-1",
    change: (vm) => ({ ...vm, hostpcis: [{ device: "hostpci0", mapping: "grogu-sas" }] }),
    says: said("prod-gpu-1", "takes grogu-sas, which truenas-backup has, and must not"),
  },
  {
    policy: "storage-vm-is-dual-homed",
    machine: DIN,
    change: (vm) => ({ ...vm, networkDevices: cards(vm).slice(0, 1) }),
    says: said(DIN, "is a storage machine and must have an interface in the VLAN lan"),
  },
  {
    policy: "storage-vm-is-not-highly-available",
    machine: DIN,
    change: (vm) => vm,
    beside: { type: "proxmoxve:index/haresource:Haresource", name: "ha", inputs: { resourceId: "vm:300" } },
    says: said(DIN, "drives disks of its host and must not be highly available"),
  },
  {
    policy: "management-holds-no-workloads",
    machine: "prod-worker-1",
    change: (vm) => ({
      ...vm,
      networkDevices: cards(vm)
        .map(({ vlanId: _, ...card }) => card)
        .slice(1),
    }),
    says: said("prod-worker-1", "has an interface in the VLAN management and must not"),
  },
];
