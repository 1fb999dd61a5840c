import { dataLivesInOneBackend } from "../../../policies/kubernetes/data-lives-in-one-backend.ts";
import { localPathForWhatMayBeLost } from "../../../policies/kubernetes/local-path-for-what-may-be-lost.ts";
import { longhornOnlyForSqlite } from "../../../policies/kubernetes/longhorn-only-for-sqlite.ts";
import { noCephForApplications } from "../../../policies/kubernetes/no-ceph-for-applications.ts";
import { sqliteNeverOnNfs } from "../../../policies/kubernetes/sqlite-never-on-nfs.ts";
import { volumeNamesOneClass } from "../../../policies/kubernetes/volume-names-one-class.ts";
import {
  annotated,
  claim,
  claimed,
  cronJob,
  deployment,
  kubernetes,
  storageClass,
  UNKNOWN,
  volume,
} from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const sqlite = (more: Readonly<Record<string, string>> = {}) =>
  annotated("runtime", { "homelab/engine": "sqlite", ...more });

testRule(sqliteNeverOnNfs, {
  violates: [
    [
      [claim("db", "truenas-nfs-fast", sqlite())],
      'persistent volume claim "db" holds a SQLite database and must not lie on NFS',
    ],
    [
      [
        kubernetes("core/v1:PersistentVolumeClaim", "db", { spec: { volumeName: "db" } }, sqlite()),
        volume("db", { nfs: { server: "nas", path: "/mnt/tank/db" } }),
      ],
      'persistent volume claim "db" holds a SQLite database and must not lie on NFS',
    ],
    [
      [
        storageClass("fast", "org.democratic-csi.fast", { parameters: { fsType: "nfs" } }),
        claim("db", "fast", sqlite()),
      ],
      'persistent volume claim "db" holds a SQLite database and must not lie on NFS',
    ],
  ],
  complies: [[claim("db", "longhorn-sqlite", sqlite())], [claim("db", "truenas-iscsi-fast", sqlite())]],
  ignores: [[claim("files", "truenas-nfs-fast")]],
  undecided: [[claim("db", UNKNOWN, sqlite())], "db"],
});

testRule(longhornOnlyForSqlite, {
  violates: [
    [
      [claim("files", "longhorn")],
      'persistent volume claim "files" holds files on Longhorn, which must hold SQLite only',
    ],
    [
      [storageClass("replicated", "driver.longhorn.io"), claim("files", "replicated")],
      'persistent volume claim "files" holds files on Longhorn, which must hold SQLite only',
    ],
  ],
  complies: [[claim("db", "longhorn-sqlite", sqlite())]],
  ignores: [[claim("files", "truenas-nfs-fast")]],
  undecided: [[claim("files", UNKNOWN)], "files"],
});

testRule(noCephForApplications, {
  violates: [
    [
      [storageClass("block", "rook-ceph.rbd.csi.ceph.com"), claim("files", "block")],
      'persistent volume claim "files" lies on Ceph and must not',
    ],
    [[volume("files", { rbd: { image: "files" } })], 'persistent volume "files" lies on Ceph and must not'],
  ],
  complies: [[claim("files", "truenas-nfs-fast"), volume("v", { nfs: {} })]],
  ignores: [[storageClass("block", "rook-ceph.rbd.csi.ceph.com")]],
  undecided: [[claim("files", UNKNOWN)], "files"],
});

const backup = (schedule: string) =>
  cronJob("backup", schedule, [claimed("db"), { name: "nas", nfs: { server: "nas", path: "/mnt/tank/backups" } }]);
const rpo = sqlite({ "homelab/rpo": "6 hours" });
const velero = kubernetes("velero.io/v1:Schedule", "apps", {
  spec: { schedule: "0 */4 * * *", template: { includedNamespaces: ["apps"] } },
});

testRule(localPathForWhatMayBeLost, {
  violates: [
    [[claim("files", "local-path")], 'persistent volume claim "files" holds runtime data on its node and must not'],
    [
      [claim("db", "local-path", rpo)],
      'persistent volume claim "db" holds SQLite on its node, is not backed up to the NAS and must be within its RPO, 6 hours',
    ],
    [
      [claim("db", "local-path", rpo), backup("0 1 * * *")],
      'persistent volume claim "db" holds SQLite on its node, is backed up every 1 day and must be within its RPO, 6 hours',
    ],
    [
      [claim("db", "local-path", sqlite()), backup("0 * * * *")],
      'persistent volume claim "db" holds SQLite on its node, is backed up every 1 hour and must be within its RPO, which it does not declare',
    ],
  ],
  complies: [
    [claim("cache", "local-path", annotated("disposable"))],
    [claim("db", "local-path", rpo), backup("0 */6 * * *")],
    [claim("db", "local-path", rpo), velero],
  ],
  ignores: [[claim("files", "truenas-nfs-fast")]],
  undecided: [[claim("files", UNKNOWN)], "files"],
});

testRule(volumeNamesOneClass, {
  violates: [
    [[claim("files", "")], 'persistent volume claim "files" names neither a class nor a volume and must name one'],
  ],
  complies: [
    [claim("files", "truenas-nfs-fast")],
    [kubernetes("core/v1:PersistentVolumeClaim", "media", { spec: { storageClassName: "", volumeName: "media" } })],
  ],
  ignores: [[volume("media", { nfs: {} })]],
  undecided: [[claim("files", UNKNOWN)], "files"],
});

const named = (purpose: string) => annotated("runtime", { "homelab/purpose": purpose });
const both = [claimed("one"), claimed("two")];

testRule(dataLivesInOneBackend, {
  violates: [
    [
      [
        claim("one", "truenas-nfs-fast", named("database")),
        claim("two", "longhorn", named("database")),
        deployment("forgejo", both),
      ],
      'deployment "forgejo" keeps "database" live on nfs and longhorn and must keep it on one',
    ],
  ],
  complies: [
    [
      claim("one", "truenas-nfs-fast", named("config")),
      claim("two", "truenas-iscsi-fast", named("database")),
      deployment("forgejo", both),
    ],
    [claim("one", "nfs-a", named("database")), claim("two", "nfs-b", named("database")), deployment("forgejo", both)],
  ],
  ignores: [
    [claim("one", "longhorn", named("a")), claim("two", "nfs", named("a")), cronJob("backup", "0 1 * * *", both)],
  ],
  undecided: [[claim("one", UNKNOWN, named("a")), deployment("forgejo", [claimed("one")])], "forgejo"],
});
