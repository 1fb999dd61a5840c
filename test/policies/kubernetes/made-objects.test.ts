import { describe, expect, test } from "vitest";
import { classOfAuthoritativeDataRetains } from "../../../policies/kubernetes/class-of-authoritative-data-retains.ts";
import { clusterHasOneDefaultClass } from "../../../policies/kubernetes/cluster-has-one-default-class.ts";
import { mediaIsMountedReadOnly } from "../../../policies/kubernetes/media-is-mounted-read-only.ts";
import { nfsMountsAreHard } from "../../../policies/kubernetes/nfs-mounts-are-hard.ts";
import { sqliteNeverOnNfs } from "../../../policies/kubernetes/sqlite-never-on-nfs.ts";
import type { Rule } from "../../../policies/rule.ts";
import { Verdicts } from "../../../policies/verdicts.ts";
import { annotated, dataset, type Judgeable, kubernetes, UNKNOWN } from "../support/resources.ts";
import { judgedFrom } from "../support/rule-tests.ts";

const said = (rule: Rule, ...stack: Judgeable[]) =>
  new Verdicts([rule], judgedFrom(stack))
    .violations(rule)
    .map(({ message }) => message.slice(0, message.indexOf(" (")));

const statefulSet = (...volumeClaimTemplates: object[]) =>
  kubernetes("apps/v1:StatefulSet", "linkding", { spec: { volumeClaimTemplates } }, annotated("runtime"));
const template = (name: string, storageClassName: string) => ({
  metadata: { name, annotations: annotated("runtime", { "homelab/engine": "sqlite" }) },
  spec: { storageClassName },
});
const release = (name: string, ...storageClasses: object[]) =>
  kubernetes("helm.sh/v3:Release", name, { values: { csiDriver: { name: "org.democratic-csi.nfs" }, storageClasses } });

describe("claims that a StatefulSet makes", () => {
  test("are judged like claims that are registered", () => {
    expect(said(sqliteNeverOnNfs, statefulSet(template("data", "truenas-nfs-fast")))).toEqual([
      'persistent volume claim "linkding/data" holds a SQLite database and must not lie on NFS',
    ]);
    expect(said(sqliteNeverOnNfs, statefulSet(template("data", "longhorn-sqlite")))).toEqual([]);
  });

  test("are volumes of its pods", () => {
    expect(said(mediaIsMountedReadOnly, statefulSet(template("media", "truenas-nfs-bulk")))).toEqual([
      'stateful set "linkding" mounts media for writing and must mount media read-only',
    ]);
  });

  test("cost nothing else when they are not known yet", () => {
    expect(said(sqliteNeverOnNfs, kubernetes("apps/v1:StatefulSet", "a", { spec: UNKNOWN }))).toEqual([]);
  });
});

describe("StorageClasses that a CSI driver's release makes", () => {
  const databases = dataset("fast/databases", "authoritative");
  const annotations = { "homelab/parent": "nas/fast/databases" };

  test("are judged like classes that are registered", () => {
    const csi = release("csi", { name: "fast", reclaimPolicy: "Delete", annotations });

    expect(said(classOfAuthoritativeDataRetains, databases, csi)).toEqual([
      'storage class "csi/fast" makes volumes below fast/databases, which is authoritative, and must retain them',
    ]);
    expect(said(nfsMountsAreHard, csi)).toEqual([
      'storage class "csi/fast" mounts NFS and must do so with the option hard',
    ]);
    expect(said(nfsMountsAreHard, release("csi", { name: "fast", mountOptions: ["hard"] }))).toEqual([]);
  });

  test("count among the default classes of their cluster", () => {
    const one = release("one", { name: "fast", defaultClass: true });
    const two = release("two", { name: "bulk", defaultClass: true });

    expect(said(clusterHasOneDefaultClass, one)).toEqual([]);
    expect(said(clusterHasOneDefaultClass, one, two)).toEqual([
      'storage class "one/fast" belongs to a cluster where one/fast and two/bulk are the default, and exactly one class must be',
    ]);
  });
});
