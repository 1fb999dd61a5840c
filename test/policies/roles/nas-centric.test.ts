import { computeDisksAreDisposable } from "../../../policies/roles/compute-disks-are-disposable.ts";
import { runtimeStateLivesOnTheNas } from "../../../policies/roles/runtime-state-lives-on-the-nas.ts";
import {
  annotated,
  claim,
  claimed,
  computeSite,
  cronJob,
  type Judgeable,
  kubernetes,
  machine,
  storageClass,
  storageMachine,
  UNKNOWN,
} from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const velero = kubernetes("velero.io/v1:Schedule", "nightly", { spec: { schedule: "0 1 * * *", template: {} } });

testRule(runtimeStateLivesOnTheNas, {
  violates: [
    [
      [claim("state", "local-path")],
      'persistent volume claim "state" holds runtime state, lies on local storage of its cluster and must live on the NAS or be backed up there',
    ],
    [
      [
        storageClass("fast", "rancher.io/local-path"),
        claim("state", "fast"),
        cronJob("tidy", "0 1 * * *", [claimed("state")]),
      ],
      'persistent volume claim "state" holds runtime state, lies on local storage of its cluster and must live on the NAS or be backed up there',
    ],
  ],
  complies: [
    [claim("state", "truenas-nfs-fast")],
    [storageClass("fast", "csi.truenas.io", { parameters: { protocol: "iscsi" } }), claim("state", "fast")],
    [claim("state", "local-path"), velero],
  ],
  ignores: [[computeSite(), claim("state", "local-path")], [claim("cache", "local-path", annotated("disposable"))]],
  undecided: [[claim("state", UNKNOWN)], "state"],
});

const disks = [{ interface: "scsi0" }, { interface: "scsi1" }];
const job: Judgeable = {
  type: "proxmoxve:backup/job:Job",
  name: "nightly",
  props: { schedule: "02:00", storage: "nas", vmids: ["400"] },
  on: "din",
};
const storage: Judgeable = { type: "proxmoxve:storage/nfs:Nfs", name: "nas", props: { resourceId: "nas" }, on: "din" };

testRule(computeDisksAreDisposable, {
  violates: [
    [
      [machine("web", { disks })],
      'virtual machine "web" keeps data on scsi1 and must have a scheduled backup on the NAS',
    ],
    [
      [machine("web", { disks, bootOrders: ["scsi1"] }), job],
      'virtual machine "web" keeps data on scsi0 and must have a scheduled backup on the NAS',
    ],
    [
      [machine("web", { disks: [...disks, { interface: "scsi2", backup: false }] }), job, storage],
      'virtual machine "web" leaves scsi2 out of its backup and must include it',
    ],
  ],
  complies: [[machine("web", { disks }), job, storage], [machine("web", { disks: disks.slice(0, 1) })]],
  ignores: [[computeSite(), machine("web", { disks })], [storageMachine({ disks })]],
  undecided: [[machine("web", { disks: UNKNOWN })], "web"],
});
