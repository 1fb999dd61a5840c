import { copiesCarrySomething } from "../../../policies/protection/copies-carry-something.ts";
import { tasksReachMadeVolumes } from "../../../policies/protection/tasks-reach-made-volumes.ts";
import { volumesAreNotLeftToFileCopies } from "../../../policies/protection/volumes-are-not-left-to-file-copies.ts";
import { dataset, externalCopy, replication, site, snapshots, truenas, UNKNOWN, zvol } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const disk = zvol("tank/apps/disk", "authoritative");
const cloud = truenas("CloudBackup", "apps", { path: "/mnt/tank/apps", schedule: {} });
const local = replication("tank/apps/disk", "bulk/disk", { transport: "LOCAL" });
const BLIND = "cannot see";
const madeSite = site({ made: { "nas/tank/volumes": "iscsi", "nas/tank/files": "nfs" } });
const volumes = dataset("tank/volumes", "authoritative");
const files = dataset("tank/files", "runtime");

testRule(volumesAreNotLeftToFileCopies, {
  violates: [
    [[disk, cloud], `zvol "nas/tank/apps/disk" holds blocks, which nas/apps ${BLIND}`],
    [[disk, cloud, local], `zvol "nas/tank/apps/disk" holds blocks, which nas/apps ${BLIND}`],
    [
      [disk, cloud, externalCopy("tank/apps", { recursive: true, host: "beta" })],
      `zvol "nas/tank/apps/disk" holds blocks, which nas/apps and nas/tank/apps to beta ${BLIND}`,
    ],
    [
      [madeSite, volumes, truenas("CloudBackup", "volumes", { path: "/mnt/tank/volumes", schedule: {} })],
      `dataset "nas/tank/volumes" holds blocks, which nas/volumes ${BLIND}`,
    ],
  ],
  complies: [
    [disk, local],
    [disk, truenas("CloudBackup", "disk", { path: "/dev/zvol/tank/apps/disk", schedule: {} })],
    [disk, externalCopy("tank/apps", { recursive: true, host: "beta" }), replication("tank/apps/disk", "backup/disk")],
  ],
  ignores: [
    [zvol("tank/apps/disk", "disposable"), cloud],
    [dataset("tank/apps/data", "authoritative"), cloud],
  ],
  undecided: [[disk, truenas("CloudBackup", "apps", { path: UNKNOWN }), cloud], "nas/tank/apps/disk"],
});

testRule(tasksReachMadeVolumes, {
  violates: [
    [
      [madeSite, files, snapshots("tank/files")],
      'snapshot task "nas/tank/files@hourly" leaves out the volumes made below tank/files and must be recursive',
    ],
    [
      [madeSite, volumes, replication("tank/volumes", "backup/volumes")],
      'replication task "nas/copy of tank/volumes" leaves out the volumes made below tank/volumes and must be recursive',
    ],
  ],
  complies: [
    [madeSite, files, snapshots("tank/files", { recursive: true })],
    [madeSite, volumes, replication("tank/volumes", "backup/volumes", { recursive: true })],
  ],
  ignores: [[files, snapshots("tank/files")], [disk]],
  undecided: [[madeSite, files, snapshots("tank/files", { recursive: UNKNOWN })], "nas/tank/files@hourly"],
});

const apps = dataset("tank/apps", "container");
const config = dataset("tank/apps/config", "authoritative");
const copied = (props: Readonly<Record<string, unknown>> = {}) => replication("tank/apps", "backup/apps", props);
const EMPTY = 'replication task "nas/copy of tank/apps" copies tank/apps without anything below it and must carry data';

testRule(copiesCarrySomething, {
  violates: [
    [[apps, config, copied()], EMPTY],
    [[apps, config, copied({ recursive: true, exclude: ["tank/apps/config"] })], EMPTY],
  ],
  complies: [
    [apps, config, copied({ recursive: true })],
    [apps, config, disk, copied({ recursive: true, exclude: ["tank/apps/config"] })],
    [apps, copied({ recursive: true })],
  ],
  ignores: [[config, replication("tank/apps/config", "backup/config")]],
  undecided: [[apps, config, copied({ recursive: UNKNOWN })], "nas/copy of tank/apps"],
});
