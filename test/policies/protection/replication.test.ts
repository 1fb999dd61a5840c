import { replicationHoldsPendingSnapshots } from "../../../policies/protection/replication-holds-pending-snapshots.ts";
import { replicationOverwritesAsDeclared } from "../../../policies/protection/replication-overwrites-as-declared.ts";
import { dataset, replication, site, UNKNOWN } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

testRule(replicationHoldsPendingSnapshots, {
  violates: [
    [
      [replication("tank/a", "backup/a", { holdPendingSnapshots: false })],
      'replication task "nas/copy of tank/a" lets snapshots expire before they are sent and must hold them',
    ],
    [
      [replication("tank/a", "bulk/a", { transport: "LOCAL", holdPendingSnapshots: undefined })],
      'replication task "nas/copy of tank/a" lets snapshots expire before they are sent and must hold them',
    ],
  ],
  complies: [[replication("tank/a", "backup/a", { holdPendingSnapshots: true })]],
  ignores: [
    [replication("tank/a", "backup/a", { direction: "PULL", holdPendingSnapshots: false })],
    [replication("tank/a", "backup/a", { enabled: false, holdPendingSnapshots: false })],
    [dataset("tank/a", "runtime")],
  ],
  undecided: [[replication("tank/a", "backup/a", { holdPendingSnapshots: UNKNOWN })], "nas/copy of tank/a"],
});

const anew = replication("tank/a", "backup/a", { allowFromScratch: true });

testRule(replicationOverwritesAsDeclared, {
  violates: [
    [[anew], 'replication task "nas/copy of tank/a" may destroy what lies in backup/a, and the site does not say so'],
    [
      [site({ fromScratch: ["vault/copy of tank/a"] }), anew],
      'replication task "nas/copy of tank/a" may destroy what lies in backup/a, and the site does not say so',
    ],
  ],
  complies: [[site({ fromScratch: ["nas/copy of tank/a"] }), anew], [replication("tank/a", "backup/a")]],
  ignores: [[dataset("tank/a", "runtime")]],
  undecided: [[replication("tank/a", "backup/a", { allowFromScratch: UNKNOWN })], "nas/copy of tank/a"],
});
