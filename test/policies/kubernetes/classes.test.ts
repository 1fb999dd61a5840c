import { classDeletesWhatMayGo } from "../../../policies/kubernetes/class-deletes-what-may-go.ts";
import { classOfAuthoritativeDataRetains } from "../../../policies/kubernetes/class-of-authoritative-data-retains.ts";
import { clusterHasOneDefaultClass } from "../../../policies/kubernetes/cluster-has-one-default-class.ts";
import { nfsMountsAreHard } from "../../../policies/kubernetes/nfs-mounts-are-hard.ts";
import { nfsMountsAreVersion41 } from "../../../policies/kubernetes/nfs-mounts-are-version-4-1.ts";
import { claim, dataset, snapshots, storageClass, UNKNOWN, volume } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const below = (path: string) => ({ "homelab/parent": `nas/${path}` });
const databases = dataset("fast/databases", "authoritative");
const dynamic = dataset("fast/dynamic", "runtime");

testRule(classOfAuthoritativeDataRetains, {
  violates: [
    [
      [databases, storageClass("db", "iscsi", { reclaimPolicy: "Delete" }, below("fast/databases"))],
      'storage class "db" makes volumes below fast/databases, which is authoritative, and must retain them',
    ],
    [
      [databases, storageClass("db", "nfs.csi.k8s.io", { parameters: { share: "/mnt/fast/databases" } })],
      'storage class "db" makes volumes below fast/databases, which is authoritative, and must retain them',
    ],
  ],
  complies: [[databases, storageClass("db", "iscsi", { reclaimPolicy: "Retain" }, below("fast/databases"))]],
  ignores: [
    [dynamic, storageClass("nfs", "nfs", {}, below("fast/dynamic"))],
    [storageClass("local", "rancher.io/local-path")],
  ],
  undecided: [[databases, storageClass("db", "iscsi", { reclaimPolicy: UNKNOWN }, below("fast/databases"))], "db"],
});

testRule(classDeletesWhatMayGo, {
  violates: [
    [
      [dynamic, storageClass("nfs", "nfs", { reclaimPolicy: "Delete" }, below("fast/dynamic"))],
      'storage class "nfs" deletes volumes below fast/dynamic, which is runtime state, and must have snapshots there or retain them',
    ],
  ],
  complies: [
    [dynamic, snapshots("fast", { recursive: true }), storageClass("nfs", "nfs", {}, below("fast/dynamic"))],
    [dynamic, storageClass("nfs", "nfs", { reclaimPolicy: "Retain" }, below("fast/dynamic"))],
  ],
  ignores: [[dataset("scratch/dynamic", "disposable"), storageClass("nfs", "nfs", {}, below("scratch/dynamic"))]],
  undecided: [[dynamic, storageClass("nfs", "nfs", { reclaimPolicy: UNKNOWN }, below("fast/dynamic"))], "nfs"],
});

const standard = { "storageclass.kubernetes.io/is-default-class": "true" };

testRule(clusterHasOneDefaultClass, {
  violates: [
    [
      [storageClass("a", "nfs"), storageClass("b", "nfs")],
      'storage class "a" belongs to a cluster where none is the default, and exactly one class must be',
    ],
    [
      [storageClass("a", "nfs", {}, standard), storageClass("b", "nfs", {}, standard)],
      'storage class "a" belongs to a cluster where a and b are the default, and exactly one class must be',
    ],
  ],
  complies: [
    [
      storageClass("a", "nfs", {}, standard),
      storageClass("b", "nfs"),
      { ...storageClass("c", "nfs", {}, standard), on: "test" },
    ],
  ],
  ignores: [[claim("files", "a")]],
  undecided: [[storageClass("a", "nfs", {}, { "storageclass.kubernetes.io/is-default-class": UNKNOWN })], "a"],
});

testRule(nfsMountsAreHard, {
  violates: [
    [
      [storageClass("nfs", "nfs.csi.k8s.io", { mountOptions: ["soft"] })],
      'storage class "nfs" mounts NFS and must do so with the option hard',
    ],
    [
      [storageClass("nfs", "nfs.csi.k8s.io", { parameters: { mountOptions: ["hard"] } })],
      'storage class "nfs" mounts NFS and must do so with the option hard',
    ],
    [[volume("media", { nfs: {} })], 'persistent volume "media" mounts NFS and must do so with the option hard'],
  ],
  complies: [
    [
      storageClass("nfs", "nfs.csi.k8s.io", { mountOptions: ["hard"] }),
      volume("v", { nfs: {}, mountOptions: ["hard"] }),
    ],
  ],
  ignores: [[storageClass("iscsi", "org.democratic-csi.iscsi-fast")]],
  undecided: [[storageClass("nfs", "nfs.csi.k8s.io", { mountOptions: UNKNOWN })], "nfs"],
});

testRule(nfsMountsAreVersion41, {
  violates: [
    [
      [storageClass("nfs", "nfs.csi.k8s.io")],
      'storage class "nfs" mounts NFS with any version and must use 4.1 or later',
    ],
    [
      [volume("media", { nfs: {}, mountOptions: ["vers=3"] })],
      'persistent volume "media" mounts NFS with version 3 and must use 4.1 or later',
    ],
  ],
  complies: [
    [
      storageClass("nfs", "nfs", { mountOptions: ["nfsvers=4.1"] }),
      volume("v", { nfs: {}, mountOptions: ["vers=4.2"] }),
    ],
  ],
  ignores: [[storageClass("iscsi", "org.democratic-csi.iscsi-fast")]],
  undecided: [[storageClass("nfs", UNKNOWN)], "nfs"],
});
