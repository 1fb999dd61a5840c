import { describe, expect, test } from "vitest";
import { resourceType } from "../../../truenas/model/registry.ts";
import { diffInputs } from "../../../truenas/plugin/diff.ts";
import { UNKNOWN } from "../support/plugin.ts";

type Values = Record<string, unknown>;

function diff(name: string, oldInputs: Values, news: Values, oldOutputs: Values = oldInputs, ignore: string[] = []) {
  const type = resourceType(`truenas:index:${name}`);
  if (!type) throw new Error(`no type ${name}`);
  const result = diffInputs(type, { id: type.idOf(oldInputs), oldInputs, oldOutputs, news, ignore });
  const paths = result.differences.map(({ path, kind, replaces }) => [path, replaces ? `${kind}-replace` : kind]);

  return { paths: Object.fromEntries(paths), changed: result.changed, deleteFirst: result.deleteFirst };
}

const dataset = (before: Values, after: Values, outputs?: Values) =>
  diff(
    "Dataset",
    { name: "tank/a", ...before },
    { name: "tank/a", ...after },
    outputs && { name: "tank/a", ...outputs },
  );

describe("a property of a dataset", () => {
  test("changes, with the new value to send", () => {
    expect(dataset({ quota: 2e9 }, { quota: 3e9 })).toMatchObject({
      paths: { quota: "update" },
      changed: { quota: 3e9 },
    });
  });

  test("taken out returns to its parent's value", () => {
    expect(dataset({ compression: "LZ4" }, {})).toMatchObject({
      paths: { compression: "delete" },
      changed: { compression: "INHERIT" },
    });
  });

  test("taken out returns to none where TrueNAS has no INHERIT", () => {
    expect(dataset({ quota: 2e9, comments: "x", reservation: 5 }, {})).toMatchObject({
      paths: { comments: "delete", reservation: "delete", quota: "delete" },
      changed: { quota: 0, comments: "", reservation: 0 },
    });
  });

  test("that is INHERIT and taken out is no change", () => {
    expect(dataset({ compression: "INHERIT", quota: 0 }, {}).paths).toEqual({});
  });

  test("INHERIT is a value: it differs from one that is set", () => {
    expect(dataset({ compression: "LZ4" }, { compression: "INHERIT" })).toMatchObject({
      paths: { compression: "update" },
      changed: { compression: "INHERIT" },
    });
  });

  test("stated for the first time is added unless the appliance has it so", () => {
    expect(dataset({}, { compression: "LZ4", atime: "OFF" }, { compression: "INHERIT", atime: "OFF" }).paths).toEqual({
      compression: "add",
    });
  });

  test("never stated is not compared", () => {
    expect(dataset({}, {}, { compression: "GZIP", quota: 5 }).paths).toEqual({});
  });

  test("not known yet counts as changed", () => {
    expect(dataset({ comments: "x" }, { comments: UNKNOWN }).paths).toEqual({ comments: "update" });
  });

  test("spelled otherwise is the same", () => {
    expect(dataset({ recordsize: "128K" }, { recordsize: "131072" }).paths).toEqual({});
  });

  test("that share_type sets by itself may go from the program", () => {
    const before = { shareType: "SMB", acltype: "NFSV4", aclmode: "RESTRICTED", casesensitivity: "INSENSITIVE" };

    expect(dataset(before, { shareType: "SMB" }).paths).toEqual({});
    expect(dataset({ ...before, aclmode: "PASSTHROUGH" }, { shareType: "SMB" }).paths).toEqual({ aclmode: "delete" });
  });

  test("fixed at creation makes a new dataset, the old one first when the name stays", () => {
    expect(dataset({ casesensitivity: "SENSITIVE" }, { casesensitivity: "INSENSITIVE" })).toMatchObject({
      paths: { casesensitivity: "update-replace" },
      deleteFirst: true,
    });
    expect(diff("Dataset", { name: "tank/a" }, { name: "tank/b" })).toMatchObject({
      paths: { name: "update-replace" },
      deleteFirst: false,
    });
  });

  test("that TrueNAS does not give back is compared with the program only", () => {
    expect(dataset({ shareType: "NFS" }, { shareType: "SMB" }).paths).toEqual({ shareType: "update-replace" });
    expect(dataset({}, { shareType: "SMB" }).paths).toEqual({});
  });

  test("under ignoreChanges is passed over", () => {
    const before = { name: "tank/a", quota: 2e9, userProperties: { "a:b": "1" } };
    const after = { name: "tank/a", quota: 3e9, userProperties: { "a:b": "2" } };

    expect(diff("Dataset", before, after, before, ["quota", "userProperties"]).paths).toEqual({});
  });

  test("that only guides the provider: onDestroy is a change, adopt is none", () => {
    expect(dataset({}, { onDestroy: "destroy", adopt: true }, {}).paths).toEqual({ onDestroy: "add" });
    expect(dataset({ onDestroy: "destroy" }, {}).paths).toEqual({ onDestroy: "delete" });
  });

  test("user properties are compared key by key", () => {
    const before = { userProperties: { "a:gone": "1", "a:same": "1", "a:changed": "1" } };
    const after = { userProperties: { "a:same": "1", "a:changed": "2", "a:new": "1" } };

    expect(dataset(before, after).paths).toEqual({
      'userProperties["a:gone"]': "delete",
      'userProperties["a:changed"]': "update",
      'userProperties["a:new"]': "add",
    });
  });

  test("a user property that the parent shows already is no addition", () => {
    const outputs = { userProperties: { "homelab:owner": "nas" } };

    expect(dataset({}, { userProperties: { "homelab:owner": "nas" } }, outputs).paths).toEqual({});
  });
});

describe("what TrueNAS normalises", () => {
  test("networks and sets in another order or spelling", () => {
    const before = {
      path: "/mnt/tank/a",
      networks: ["10.0.0.0/24", "10.1.0.7/32"],
      hosts: ["a", "b"],
      security: ["SYS", "KRB5"],
    };
    const after = {
      path: "/mnt/tank/a/",
      networks: ["10.1.0.7", "10.0.0.9/24"],
      hosts: ["b", "a"],
      security: ["KRB5", "SYS"],
    };

    expect(diff("NfsShare", before, after).paths).toEqual({});
  });

  test("schedules", () => {
    const base = { dataset: "tank/a", namingSchema: "x-%s" };
    const before = { ...base, schedule: { minute: "00", hour: "*", dow: "1,3", begin: "09:00" } };
    const after = { ...base, schedule: { minute: "0", dow: "wed,mon", begin: "9:00", end: "23:59" } };

    expect(diff("SnapshotTask", before, after).paths).toEqual({});
    expect(diff("SnapshotTask", before, { ...after, schedule: { ...after.schedule, minute: "5" } }).paths).toEqual({
      "schedule.minute": "update",
    });
  });

  test("defaults of SMB options and an identity that TrueNAS made up", () => {
    const base = { name: "tm", path: "/mnt/tank/tm", purpose: "TIMEMACHINE_SHARE" };
    const before = { ...base, options: { timemachineQuota: 0, autoSnapshot: false, vuid: "d5", hostsallow: [] } };

    expect(diff("SmbShare", before, { ...base, options: {} }).paths).toEqual({});
    expect(diff("SmbShare", before, { ...base, options: { autoSnapshot: true } })).toMatchObject({
      paths: { options: "update" },
      changed: { options: { autoSnapshot: true } },
    });
    expect(diff("SmbShare", before, { ...base, options: { vuid: "e6" } }).paths).toEqual({ options: "update" });
  });

  test("the case of a share's name", () => {
    const before = { name: "Photos", path: "/mnt/tank/a" };

    expect(diff("SmbShare", before, { ...before, name: "photos" }).paths).toEqual({});
  });

  test("access control presets and the rights they stand for", () => {
    const rights = ["READ_DATA", "READ_NAMED_ATTRS", "READ_ATTRIBUTES", "READ_ACL", "EXECUTE", "SYNCHRONIZE"];
    const detailed = Object.fromEntries([...rights.map((right) => [right, true]), ["WRITE_DATA", false]]);
    const before = {
      path: "/mnt/tank/a",
      dacl: [
        { tag: "GROUP", id: 568, who: "apps", type: "ALLOW", perms: { BASIC: "READ" }, flags: { BASIC: "INHERIT" } },
      ],
    };
    const after = {
      path: "/mnt/tank/a",
      dacl: [{ tag: "GROUP", who: "apps", perms: detailed, flags: { FILE_INHERIT: true, DIRECTORY_INHERIT: true } }],
    };

    expect(diff("FilesystemAcl", before, after).paths).toEqual({});
    expect(diff("FilesystemAcl", before, { ...after, dacl: [{ ...after.dacl[0], who: "root" }] }).paths).toEqual({
      dacl: "update",
    });
  });

  test("the order of POSIX entries means nothing, that of NFSv4 entries does", () => {
    const posix = [
      { tag: "USER_OBJ", perms: { READ: true }, default: false },
      { tag: "OTHER", perms: { READ: false }, default: false },
    ];
    const nfs4 = [
      { tag: "owner@", perms: { BASIC: "READ" } },
      { tag: "group@", perms: { BASIC: "MODIFY" } },
    ];
    const at = (dacl: unknown[]) => ({ path: "/mnt/tank/a", dacl });

    expect(diff("FilesystemAcl", at(posix), at([...posix].reverse())).paths).toEqual({});
    expect(diff("FilesystemAcl", at(nfs4), at([...nfs4].reverse())).paths).toEqual({ dacl: "update" });
  });

  test("stripes, which ZFS shows disk by disk, and the order of disks", () => {
    const before = {
      name: "tank",
      topology: { data: [{ type: "STRIPE", disks: ["A", "B"] }], spares: { disks: ["S", "T"] } },
    };
    const after = {
      name: "tank",
      topology: {
        data: [
          { type: "STRIPE", disks: ["B"], diskSize: 5 },
          { type: "STRIPE", disks: ["A"] },
        ],
        spares: { disks: ["T", "S"] },
      },
    };

    expect(diff("Pool", before, after).paths).toEqual({});
  });
});

describe("other resources", () => {
  test("a confirmation that changes is no change of the pool", () => {
    const before = { name: "tank", topology: { data: [{ type: "STRIPE", disks: ["A"] }] }, create: "abc" };

    expect(diff("Pool", before, { ...before, create: undefined }).paths).toEqual({});
  });

  test("disks are never a reason for a new pool", () => {
    const before = { name: "tank", topology: { data: [{ type: "STRIPE", disks: ["A"] }] } };
    const after = { name: "tank", topology: { data: [{ type: "STRIPE", disks: ["B"] }] } };

    expect(diff("Pool", before, after).paths).toEqual({ topology: "update" });
  });

  test("a share's other path makes a new NFS share and changes an SMB share", () => {
    expect(diff("NfsShare", { path: "/mnt/a/b" }, { path: "/mnt/a/c" }).paths).toEqual({ path: "update-replace" });
    expect(diff("SmbShare", { name: "x", path: "/mnt/a/b" }, { name: "x", path: "/mnt/a/c" }).paths).toEqual({
      path: "update",
    });
  });

  test("an identity taken out of an NFS share is cleared", () => {
    expect(diff("NfsShare", { path: "/mnt/a/b", mapallUser: "apps" }, { path: "/mnt/a/b" })).toMatchObject({
      paths: { mapallUser: "delete" },
      changed: { mapallUser: null },
    });
  });

  test("a service's run state taken out is left alone", () => {
    expect(diff("Service", { service: "nfs", running: true }, { service: "nfs" }).paths).toEqual({});
  });
});
