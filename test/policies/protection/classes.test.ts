import { authoritativeDataHasCopyOnAnotherHost } from "../../../policies/protection/authoritative-data-has-copy-on-another-host.ts";
import { authoritativeDataHasOffsiteCopy } from "../../../policies/protection/authoritative-data-has-offsite-copy.ts";
import { authoritativeDataHasSnapshots } from "../../../policies/protection/authoritative-data-has-snapshots.ts";
import { copyLiesOnAHostThatIsThere } from "../../../policies/protection/copy-lies-on-a-host-that-is-there.ts";
import { disposableDataIsNeverBackedUp } from "../../../policies/protection/disposable-data-is-never-backed-up.ts";
import { runtimeDataHasCopyOnAnotherPool } from "../../../policies/protection/runtime-data-has-copy-on-another-pool.ts";
import { runtimeDataHasSnapshots } from "../../../policies/protection/runtime-data-has-snapshots.ts";
import {
  dataset,
  type Judgeable,
  pool,
  replication,
  says,
  site,
  snapshots,
  truenas,
  UNKNOWN,
  zvol,
} from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const photos = dataset("tank/photos", "authoritative");
const vms = dataset("tank/vms", "runtime");
const kept = dataset("tank/kept", "authoritative", {
  userProperties: says("authoritative", "copies", { "homelab:owner": "backup-nas" }),
});
const offsite = truenas("CloudBackup", "photos", { path: "/mnt/tank/photos", schedule: {} });
const local = (source: string, target: string) => replication(source, target, { transport: "LOCAL" });
const external = (props: Readonly<Record<string, unknown>>): Judgeable => ({
  type: "homelab:protection:ExternalCopy",
  name: "nas/copy",
  props: { dataset: "tank/photos", recursive: false, method: "rsync", sourceHost: "alpha", ...props },
  on: "nas",
});

const UNSNAPPED = "must be covered by an enabled snapshot task";

testRule(authoritativeDataHasSnapshots, {
  violates: [
    [[photos], `dataset "nas/tank/photos" is authoritative and ${UNSNAPPED}`],
    [
      [photos, snapshots("tank/photos", { enabled: false })],
      `dataset "nas/tank/photos" is authoritative and ${UNSNAPPED}`,
    ],
    [[photos, snapshots("tank")], `dataset "nas/tank/photos" is authoritative and ${UNSNAPPED}`],
    [
      [zvol("tank/a/b", "authoritative"), snapshots("tank/a", { recursive: true, exclude: ["tank/a/b"] })],
      `zvol "nas/tank/a/b" is authoritative and ${UNSNAPPED}`,
    ],
  ],
  complies: [
    [photos, snapshots("tank/photos")],
    [photos, snapshots("tank", { recursive: true })],
  ],
  ignores: [[vms], [kept]],
  undecided: [[photos, snapshots(UNKNOWN)], "nas/tank/photos"],
});

testRule(runtimeDataHasSnapshots, {
  violates: [[[vms], `dataset "nas/tank/vms" is runtime and ${UNSNAPPED}`]],
  complies: [[vms, snapshots("tank/vms")]],
  ignores: [[photos], [dataset("tank/scratch", "disposable")]],
  undecided: [[vms, snapshots(UNKNOWN)], "nas/tank/vms"],
});

const ALONE = 'dataset "nas/tank/photos" is authoritative and must be copied to another host';

testRule(authoritativeDataHasCopyOnAnotherHost, {
  violates: [
    [[photos], ALONE],
    [[photos, local("tank/photos", "bulk/photos")], ALONE],
    [[photos, replication("tank", "backup/tank")], ALONE],
    [[photos, replication("tank/photos", "backup/photos", { enabled: false })], ALONE],
    [[photos, external({ host: "alpha" })], ALONE],
  ],
  complies: [
    [photos, replication("tank/photos", "backup/photos")],
    [photos, replication("tank", "backup/tank", { recursive: true })],
    [photos, external({ host: "beta" })],
  ],
  ignores: [[vms], [kept]],
  undecided: [[photos, replication(UNKNOWN, "backup/photos")], "nas/tank/photos"],
});

testRule(authoritativeDataHasOffsiteCopy, {
  violates: [
    [[photos], 'dataset "nas/tank/photos" is authoritative and must be copied outside the house'],
    [
      [photos, truenas("CloudSync", "pull", { path: "/mnt/tank/photos", direction: "PULL" })],
      'dataset "nas/tank/photos" is authoritative and must be copied outside the house',
    ],
  ],
  complies: [
    [photos, offsite],
    [photos, external({})],
    [photos, truenas("CloudSync", "push", { path: "/mnt/tank", direction: "PUSH" })],
  ],
  ignores: [[vms], [kept]],
  undecided: [[photos, truenas("CloudBackup", "photos", { path: UNKNOWN })], "nas/tank/photos"],
});

testRule(runtimeDataHasCopyOnAnotherPool, {
  violates: [
    [[vms], 'dataset "nas/tank/vms" is runtime state and must have a copy on another pool'],
    [
      [vms, local("tank/vms", "tank/copy")],
      'dataset "nas/tank/vms" is runtime state and must have a copy on another pool',
    ],
  ],
  complies: [
    [vms, local("tank/vms", "bulk/vms")],
    [vms, replication("tank/vms", "backup/vms")],
  ],
  ignores: [[photos], [dataset("tank/scratch", "disposable")]],
  undecided: [[vms, replication(UNKNOWN, "backup/vms")], "nas/tank/vms"],
});

const scratch = dataset("tank/scratch", "disposable");

testRule(disposableDataIsNeverBackedUp, {
  violates: [
    [
      [scratch, snapshots("tank", { recursive: true })],
      'dataset "nas/tank/scratch" is disposable and must not be kept by nas/tank@hourly',
    ],
    [
      [scratch, replication("tank/scratch", "backup/scratch")],
      'dataset "nas/tank/scratch" is disposable and must not be kept by nas/copy of tank/scratch',
    ],
  ],
  complies: [[scratch], [scratch, snapshots("tank", { recursive: true, exclude: ["tank/scratch"] })]],
  ignores: [[vms, snapshots("tank/vms")]],
  undecided: [[dataset("tank/scratch", UNKNOWN)], "nas/tank/scratch"],
});

const grogu = { waitingFor: { type: "truenas:index:Pool", host: "grogu", state: "offline" } };
const absent = { ...pool("backup", grogu, "vault"), type: "homelab:waiting:Pool" };
const hosts = { beta: { state: "not-installed" } };

testRule(copyLiesOnAHostThatIsThere, {
  violates: [
    [
      [photos, absent, replication("tank/photos", "backup/photos")],
      'dataset "nas/tank/photos" has its copy on grogu, which is offline, and must have one on a host that is there',
    ],
    [
      [site({ hosts }), photos, external({ host: "beta" })],
      'dataset "nas/tank/photos" has its copy on beta, which is not-installed, and must have one on a host that is there',
    ],
  ],
  complies: [
    [photos, pool("backup", {}, "vault"), replication("tank/photos", "backup/photos")],
    [photos, absent, replication("tank/photos", "backup/photos"), external({ host: "gamma" })],
  ],
  ignores: [[photos], [scratch, absent, replication("tank/scratch", "backup/scratch")]],
  undecided: [
    [dataset("tank/photos", UNKNOWN), absent, replication("tank/photos", "backup/photos")],
    "nas/tank/photos",
  ],
});
