import { authoritativeDataHasRestoreTest } from "../../../policies/protection/authoritative-data-has-restore-test.ts";
import { restoreTestIsRecent } from "../../../policies/protection/restore-test-is-recent.ts";
import { dataset, restoreTest, says, UNKNOWN, zvol } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const photos = dataset("tank/photos", "authoritative");
const copy = dataset("tank/copy", "authoritative", {
  userProperties: says("authoritative", "a copy", { "homelab:owner": "backup-nas" }),
});

testRule(authoritativeDataHasRestoreTest, {
  violates: [
    [[photos], 'dataset "nas/tank/photos" is authoritative and must have a restore test'],
    [
      [photos, restoreTest("tank/photos", {}, "other"), restoreTest("tank/photos/raw")],
      'dataset "nas/tank/photos" is authoritative and must have a restore test',
    ],
    [[zvol("tank/disk", "authoritative")], 'zvol "nas/tank/disk" is authoritative and must have a restore test'],
  ],
  complies: [[photos, restoreTest("tank/photos")]],
  ignores: [[dataset("tank/films", "runtime")], [copy]],
  undecided: [[photos, restoreTest("tank/photos", { dataset: UNKNOWN })], "nas/tank/photos"],
});

const performed = (performedAt: string, more: object = {}) =>
  restoreTest("tank/photos", { evidence: { performedAt, result: "passed", ...more } });

testRule(restoreTestIsRecent, {
  violates: [
    [
      [restoreTest("tank/photos", { evidence: undefined })],
      'restore test "tank-photos" was never performed and must be',
    ],
    [
      [restoreTest("tank/photos", { evidence: undefined, firstBy: "2026-05-31" })],
      'restore test "tank-photos" was never performed and must have been by 2026-05-31',
    ],
    [
      [performed("2026-03-02T23:00:00Z")],
      'restore test "tank-photos" was last performed on 2026-03-02 and must be repeated every 90 days',
    ],
    [
      [performed("2026-05-30T23:00:00Z", { result: "failed", reason: "1 of 20 files differs" })],
      'restore test "tank-photos" failed on 2026-05-30 (1 of 20 files differs) and must succeed',
    ],
  ],
  complies: [
    [performed("2026-03-03T00:00:00Z")],
    [restoreTest("tank/photos", { evidence: undefined, firstBy: "2026-06-01" })],
  ],
  ignores: [[photos]],
  undecided: [[restoreTest("tank/photos", { evidence: UNKNOWN })], "tank-photos"],
});
