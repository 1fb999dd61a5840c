import { leafDatasetHasQuota } from "../../../policies/capacity/leaf-dataset-has-quota.ts";
import { poolIsNotOverCommitted } from "../../../policies/capacity/pool-is-not-over-committed.ts";
import { poolKeepsHeadroom } from "../../../policies/capacity/pool-keeps-headroom.ts";
import { quotaAlertsComeInTime } from "../../../policies/capacity/quota-alerts-come-in-time.ts";
import { reservationsFitPool } from "../../../policies/capacity/reservations-fit-pool.ts";
import { dataset, pool, replication, says, site, snapshots, TB, UNKNOWN, zvol } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const of = (path: string, quota: unknown) => dataset(path, "runtime", { quota });

testRule(poolIsNotOverCommitted, {
  violates: [
    [
      [pool("tank"), of("tank/a", TB), of("tank/a/b", 0.9 * TB), zvol("tank/disk", "runtime", { volsize: 0.5 * TB })],
      'pool "nas/tank" promises its datasets 1.50 TB of 0.97 TB usable (155 %) and must stay within it',
    ],
  ],
  complies: [
    [pool("tank"), of("tank/a", 0.9 * TB), of("bulk/a", TB)],
    [pool("tank"), dataset("tank/a", "runtime", { quota: TB }, "vault")],
  ],
  ignores: [[of("tank/a", TB)]],
  undecided: [[pool("tank"), of("tank/a", UNKNOWN)], "nas/tank"],
});

testRule(poolKeepsHeadroom, {
  violates: [
    [
      [pool("tank"), of("tank/a", 0.95 * TB)],
      'pool "nas/tank" keeps 1.9 % of 0.97 TB free of promises and must keep 10 %',
    ],
    [
      [site({ minHeadroom: 50 }), pool("tank"), of("tank/a", 0.6 * TB)],
      'pool "nas/tank" keeps 38.1 % of 0.97 TB free of promises and must keep 50 %',
    ],
  ],
  complies: [
    [pool("tank"), of("tank/a", 0.8 * TB)],
    [site({ minHeadroom: 1 }), pool("tank"), of("tank/a", 0.95 * TB)],
  ],
  ignores: [[pool("tank"), of("tank/a", 2 * TB)]],
  undecided: [[pool("tank"), of("tank/a", UNKNOWN)], "nas/tank"],
});

const unbounded = dataset("tank/a", "runtime", { quota: 0 });
const kept = dataset("backup/a", "runtime", {
  quota: 0,
  userProperties: says("runtime", "copies", { "homelab:owner": "backup-nas" }),
});

testRule(leafDatasetHasQuota, {
  violates: [
    [[unbounded], 'dataset "nas/tank/a" must have a quota, or lie below a dataset that has one'],
    [
      [unbounded, dataset("tank/a/b", "runtime", { quota: 0 })],
      'dataset "nas/tank/a/b" must have a quota, or lie below a dataset that has one',
    ],
  ],
  complies: [
    [of("tank/a", TB)],
    [of("tank/a", TB), dataset("tank/a/b", "runtime", { quota: 0 })],
    [unbounded, of("tank/a/b", TB)],
  ],
  ignores: [[kept], [unbounded, replication("bulk/a", "tank/a", { transport: "LOCAL" })], [zvol("tank/z", "runtime")]],
  undecided: [[of("tank/a", UNKNOWN)], "nas/tank/a"],
});

testRule(reservationsFitPool, {
  violates: [
    [
      [
        pool("tank"),
        dataset("tank/a", "runtime", { reservation: 0.6 * TB }),
        zvol("tank/z", "runtime", { volsize: 0.5 * TB }),
      ],
      'pool "nas/tank" has 1.10 TB reserved of 0.97 TB usable and must have them fit',
    ],
  ],
  complies: [[pool("tank"), zvol("tank/z", "runtime", { volsize: 2 * TB, sparse: true })]],
  ignores: [[dataset("tank/a", "runtime", { reservation: 2 * TB })]],
  undecided: [[pool("tank"), dataset("tank/a", "runtime", { refreservation: UNKNOWN })], "nas/tank"],
});

testRule(quotaAlertsComeInTime, {
  violates: [
    [
      [dataset("tank/a", "runtime", { quotaWarning: 0, quotaCritical: 99 })],
      'dataset "nas/tank/a" alerts by quotaWarning at 0 % and must do so at 80, 85, 90, 95 %',
      'dataset "nas/tank/a" alerts by quotaCritical at 99 % and must do so at 80, 85, 90, 95 %',
    ],
    [
      [site({ capacityAlerts: [70, 95] }), of("tank/a", TB)],
      'dataset "nas/tank/a" alerts by quotaWarning at 80 % and must do so at 70, 95 %',
    ],
  ],
  complies: [[of("tank/a", TB)], [dataset("tank/a", "runtime", { quotaWarning: 85, quotaCritical: 90 })]],
  ignores: [[dataset("tank/a", "runtime", { quota: 0, quotaWarning: 0 })], [snapshots("tank/a")]],
  undecided: [[dataset("tank/a", "runtime", { quotaWarning: UNKNOWN })], "nas/tank/a"],
});
