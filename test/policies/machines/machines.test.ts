import { deviceIsClaimedOnce } from "../../../policies/machines/device-is-claimed-once.ts";
import { managementHoldsNoWorkloads } from "../../../policies/machines/management-holds-no-workloads.ts";
import { passThroughUsesMapping } from "../../../policies/machines/pass-through-uses-mapping.ts";
import { storageVmHasNoBallooning } from "../../../policies/machines/storage-vm-has-no-ballooning.ts";
import { storageVmIsDualHomed } from "../../../policies/machines/storage-vm-is-dual-homed.ts";
import { storageVmIsNotHighlyAvailable } from "../../../policies/machines/storage-vm-is-not-highly-available.ts";
import { storageVmIsProtected } from "../../../policies/machines/storage-vm-is-protected.ts";
import { storageVmStartsFirst } from "../../../policies/machines/storage-vm-starts-first.ts";
import { dataset, type Judgeable, machine, site, storageMachine, UNKNOWN } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const NAS = 'virtual machine "truenas-primary"';
const hba = [{ device: "hostpci0", mapping: "din-h330" }];
const unmade = machine("new", {
  disks: [{ interface: "scsi0", datastoreId: "local-zfs", pathInDatastore: UNKNOWN }],
});
const gpu = machine("worker", { hostpcis: [{ mapping: "a310" }], tags: ["gpu"], memory: { floating: 512 } });

testRule(storageVmIsProtected, {
  violates: [
    [
      [storageMachine({ protection: false }, false)],
      `${NAS} drives disks of its host and must be protected against replacement and deletion by the engine and Proxmox`,
    ],
    [
      [storageMachine({ protection: undefined })],
      `${NAS} drives disks of its host and must be protected against replacement and deletion by Proxmox`,
    ],
    [
      [machine("nas", { disks: [{ interface: "scsi1", pathInDatastore: "/dev/disk/by-id/a" }], protection: true })],
      'virtual machine "nas" drives disks of its host and must be protected against replacement and deletion by the engine',
    ],
  ],
  complies: [[storageMachine()]],
  ignores: [[machine("web")], [gpu], [unmade]],
  undecided: [[storageMachine({ protection: UNKNOWN })], "truenas-primary"],
});

testRule(storageVmHasNoBallooning, {
  violates: [
    [
      [storageMachine({ memory: { floating: 2048 } })],
      `${NAS} drives disks of its host, balloons down to 2048 MiB and must not`,
    ],
  ],
  complies: [[storageMachine()], [storageMachine({ memory: { dedicated: 65536 } })]],
  ignores: [[gpu]],
  undecided: [[storageMachine({ memory: UNKNOWN })], "truenas-primary"],
});

testRule(storageVmStartsFirst, {
  violates: [
    [
      [storageMachine({ startup: undefined })],
      `${NAS} has no place in the start order of its host and must start first`,
    ],
    [
      [storageMachine({ startup: { order: 2 } }), machine("cp", { startup: { order: 2 } }), machine("web")],
      `${NAS} starts no earlier than cp and must start first`,
    ],
  ],
  complies: [
    [storageMachine(), machine("cp", { startup: { order: 2 } }), machine("web")],
    [storageMachine({ startup: { order: 3 } }), machine("other", { nodeName: "grogu", startup: { order: 1 } })],
  ],
  ignores: [[machine("web")]],
  undecided: [[storageMachine({ startup: { order: UNKNOWN } })], "truenas-primary"],
});

testRule(passThroughUsesMapping, {
  violates: [
    [
      [storageMachine({ hostpcis: [...hba, { id: "0000:03:00.0" }] })],
      `${NAS} takes the device 0000:03:00.0 by its address and must use a mapping`,
    ],
  ],
  complies: [[storageMachine(), gpu]],
  ignores: [[machine("web")]],
  undecided: [[storageMachine({ hostpcis: [{ mapping: UNKNOWN }] })], "truenas-primary"],
});

const managed = (resourceId: string): Judgeable => ({
  type: "proxmoxve:index/haresource:Haresource",
  name: resourceId,
  props: { resourceId },
  on: "din",
});

testRule(storageVmIsNotHighlyAvailable, {
  violates: [
    [[storageMachine(), managed("vm:300")], `${NAS} drives disks of its host and must not be highly available`],
  ],
  complies: [[storageMachine(), managed("vm:400")]],
  ignores: [[machine("web"), managed("vm:400")]],
  undecided: [[storageMachine(), managed(UNKNOWN)], "truenas-primary"],
});

testRule(deviceIsClaimedOnce, {
  violates: [
    [
      [storageMachine(), machine("second", { hostpcis: hba })],
      'virtual machine "second" takes din-h330, which truenas-primary has, and must not',
    ],
    [[storageMachine({ hostpcis: [...hba, ...hba] })], `${NAS} takes din-h330, which it has already, and must not`],
  ],
  complies: [[storageMachine(), machine("other", { nodeName: "grogu", hostpcis: hba })]],
  ignores: [[machine("web"), machine("dns")], [unmade]],
  undecided: [[storageMachine({ hostpcis: UNKNOWN })], "truenas-primary"],
});

testRule(storageVmIsDualHomed, {
  violates: [
    [
      [storageMachine({ networkDevices: [{ vlanId: 20 }] })],
      `${NAS} is a storage machine and must have an interface in the VLAN storage`,
    ],
    [
      [storageMachine({ networkDevices: [] })],
      `${NAS} is a storage machine and must have an interface in the VLAN storage`,
      `${NAS} is a storage machine and must have an interface in the VLAN lan`,
    ],
  ],
  complies: [[storageMachine()]],
  ignores: [[machine("web")], [site({ networks: {} }), storageMachine({ networkDevices: [] })]],
  undecided: [[storageMachine({ networkDevices: [{ vlanId: UNKNOWN }] })], "truenas-primary"],
});

testRule(managementHoldsNoWorkloads, {
  violates: [
    [
      [machine("web", { networkDevices: [{ vlanId: 1 }] })],
      'virtual machine "web" has an interface in the VLAN management and must not',
    ],
    [
      [machine("web", { networkDevices: [{ bridge: "vmbr0" }] })],
      'virtual machine "web" has an interface in the VLAN management and must not',
    ],
  ],
  complies: [[machine("web")]],
  ignores: [
    [dataset("tank/a", "runtime")],
    [site({ networks: {} }), machine("web", { networkDevices: [{ vlanId: 1 }] })],
  ],
  undecided: [[machine("web", { networkDevices: [{ vlanId: UNKNOWN }] })], "web"],
});
