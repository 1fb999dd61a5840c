import { authoritativeDataAvoidsScratch } from "../../../policies/classification/authoritative-data-avoids-scratch.ts";
import { authoritativeDataLeavesCompute } from "../../../policies/classification/authoritative-data-leaves-compute.ts";
import { authoritativeDataLiesOnRedundantPool } from "../../../policies/classification/authoritative-data-lies-on-redundant-pool.ts";
import { noServiceIsTheSoleHolder } from "../../../policies/classification/no-service-is-the-sole-holder.ts";
import { transitionalDataHasDeadline } from "../../../policies/classification/transitional-data-has-deadline.ts";
import { transitionalDataNamesItsHome } from "../../../policies/classification/transitional-data-names-its-home.ts";
import {
  annotated,
  claim,
  claimed,
  computeSite,
  cronJob,
  dataset,
  pool,
  replication,
  says,
  site,
  topology,
  UNKNOWN,
  zvol,
} from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const owned = (owner: string) =>
  dataset("tank/a", "authoritative", { userProperties: says("authoritative", "a", { "homelab:owner": owner }) });

testRule(authoritativeDataLeavesCompute, {
  violates: [
    [
      [owned("ai-compute")],
      'dataset "nas/tank/a" is authoritative, belongs to ai-compute and must also lie on the NAS',
    ],
    [
      [site(), owned("user-compute")],
      'dataset "nas/tank/a" is authoritative, belongs to user-compute and must also lie on the NAS',
    ],
    [
      [owned("staging"), replication("tank/a", "tank2/a", { transport: "LOCAL" })],
      'dataset "nas/tank/a" is authoritative, belongs to staging and must also lie on the NAS',
    ],
  ],
  complies: [[owned("ai-compute"), replication("tank/a", "backup/a")]],
  ignores: [[owned("primary-nas")], [computeSite(), owned("user-compute")], [dataset("tank/a", "runtime")]],
  undecided: [[owned("ai-compute"), replication(UNKNOWN, "backup/a")], "nas/tank/a"],
});

testRule(authoritativeDataAvoidsScratch, {
  violates: [
    [
      [dataset("scratch/a", "authoritative")],
      'dataset "nas/scratch/a" is authoritative and must not lie on scratch, which holds what may be lost',
    ],
    [
      [zvol("tmp/a", "authoritative")],
      'zvol "nas/tmp/a" is authoritative and must not lie on tmp, which holds what may be lost',
    ],
  ],
  complies: [[dataset("tank/a", "authoritative")]],
  ignores: [[dataset("scratch/a", "disposable")]],
  undecided: [[dataset("scratch/a", UNKNOWN)], "nas/scratch/a"],
  settings: { pools: ["scratch", "tmp"] },
});

const special = { ...topology("MIRROR"), special: [{ type: "STRIPE", disks: ["S"] }] };

testRule(authoritativeDataLiesOnRedundantPool, {
  violates: [
    [
      [pool("tank", { topology: topology("STRIPE") }), dataset("tank/a", "authoritative")],
      'dataset "nas/tank/a" is authoritative and must not lie on tank, whose data disks have no redundancy',
    ],
    [
      [pool("tank", { topology: special }), zvol("tank/a", "authoritative")],
      'zvol "nas/tank/a" is authoritative and must not lie on tank, whose special disks have no redundancy',
    ],
  ],
  complies: [[pool("tank"), dataset("tank/a", "authoritative")], [dataset("elsewhere/a", "authoritative")]],
  ignores: [[pool("tank", { topology: topology("STRIPE") }), dataset("tank/a", "runtime")]],
  undecided: [
    [pool("tank", { topology: { data: [{ type: UNKNOWN, disks: [] }] } }), dataset("tank/a", "authoritative")],
    "nas/tank/a",
  ],
});

const passing = (more: Readonly<Record<string, string>>) =>
  dataset("tank/scans", "transitional", { userProperties: says("transitional", "scans", more) });

testRule(transitionalDataNamesItsHome, {
  violates: [
    [
      [passing({})],
      'dataset "nas/tank/scans" is transitional and must name its home to be in the user property homelab:promote-to',
    ],
    [
      [passing({ "homelab:promote-to": "nas/tank/a" }), dataset("tank/a", "runtime")],
      'dataset "nas/tank/scans" is to be promoted to nas/tank/a, which must be authoritative and belong to the NAS',
    ],
  ],
  complies: [
    [passing({ "homelab:promote-to": "nas/tank/a" }), dataset("tank/a", "authoritative")],
    [passing({ "homelab:promote-to": "elsewhere/tank/a" })],
  ],
  ignores: [[dataset("tank/a", "runtime")]],
  undecided: [[passing({ "homelab:promote-to": UNKNOWN })], "nas/tank/scans"],
});

testRule(transitionalDataHasDeadline, {
  violates: [
    [
      [passing({})],
      'dataset "nas/tank/scans" is transitional and must name a day in the user property homelab:deadline',
    ],
    [
      [passing({ "homelab:deadline": "soon" })],
      'dataset "nas/tank/scans" is transitional and must name a day in the user property homelab:deadline',
    ],
  ],
  complies: [[passing({ "homelab:deadline": "2027-06-30" })]],
  ignores: [[dataset("tank/a", "authoritative")]],
  undecided: [[passing({ "homelab:deadline": UNKNOWN })], "nas/tank/scans"],
});

const backup = [claimed("bookmarks"), { name: "nas", nfs: { server: "nas", path: "/mnt/tank/backups" } }];

testRule(noServiceIsTheSoleHolder, {
  violates: [
    [
      [claim("bookmarks", "longhorn-sqlite", annotated("authoritative"))],
      'persistent volume claim "bookmarks" is authoritative, lies on longhorn storage of its cluster and must have a copy on the NAS',
    ],
    [
      [
        claim("bookmarks", "local-path", annotated("authoritative")),
        cronJob("tidy", "0 1 * * *", [claimed("bookmarks")]),
      ],
      'persistent volume claim "bookmarks" is authoritative, lies on local storage of its cluster and must have a copy on the NAS',
    ],
  ],
  complies: [
    [claim("bookmarks", "truenas-iscsi-fast", annotated("authoritative"))],
    [claim("bookmarks", "local-path", annotated("authoritative")), cronJob("backup", "0 1 * * *", backup)],
  ],
  ignores: [[claim("cache", "local-path", annotated("disposable"))]],
  undecided: [[claim("bookmarks", UNKNOWN, annotated("authoritative"))], "bookmarks"],
});
