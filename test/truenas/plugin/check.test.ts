import { describe, expect, test } from "vitest";
import { resourceType } from "../../../truenas/model/registry.ts";
import { checkInputs } from "../../../truenas/plugin/check.ts";
import { UNKNOWN } from "../support/plugin.ts";

type Values = Record<string, unknown>;

function problems(name: string, inputs: Values, olds?: Values): readonly (readonly [string, string])[] {
  const type = resourceType(`truenas:index:${name}`);
  if (!type) throw new Error(`no type ${name}`);

  return checkInputs(type, inputs, olds).map(({ property, reason }) => [property, reason] as const);
}

const dataset = (more: Values) => problems("Dataset", { name: "tank/a", ...more });
const zvol = (more: Values, olds?: Values) => problems("Zvol", { name: "tank/v", volsize: 16384, ...more }, olds);
const nfs = (more: Values) => problems("NfsShare", { path: "/mnt/tank/a", ...more });
const smb = (more: Values) => problems("SmbShare", { name: "photos", path: "/mnt/tank/a", ...more });
const acl = (more: Values) => problems("FilesystemAcl", { path: "/mnt/tank/a", ...more });
const task = (more: Values) =>
  problems("SnapshotTask", { dataset: "tank/a", namingSchema: "auto-%Y-%m-%d_%H-%M", ...more });
const pool = (topology: Values, olds?: Values) => problems("Pool", { name: "tank", topology }, olds);

describe("every kind of value", () => {
  test("all problems come at once, each with its path", () => {
    const inputs = {
      name: "tank",
      quota: 5,
      compression: "LZ5",
      atime: true,
      schedule: {},
      userProperties: { Class: "x" },
    };

    expect(problems("Dataset", inputs).map(([property]) => property)).toEqual([
      "schedule",
      "name",
      "compression",
      'userProperties["Class"]',
      "atime",
      "quota",
    ]);
  });

  test.each([
    [{ Quota: 1 }, "Quota", 'Dataset has no property "Quota"; did you mean "quota"?'],
    [{ share_type: "SMB" }, "share_type", 'Dataset has no property "share_type"; did you mean "shareType"?'],
    [{ comments: 5 }, "comments", "comments is 5; use text"],
    [{ quota: "5 TB" }, "quota", 'quota is "5 TB"; use a whole number of bytes'],
    [{ quota: 1073741824.5 }, "quota", "quota is 1073741824.5; use a whole number of bytes"],
    [{ copies: "two" }, "copies", 'copies is "two"; use a whole number, or INHERIT'],
    [{ adopt: "yes" }, "adopt", 'adopt is "yes"; use true or false'],
    [{ userProperties: [] }, "userProperties", "userProperties is []; use an object"],
    [{ sync: "SOMETIMES" }, "sync", 'sync "SOMETIMES" is not allowed; use one of STANDARD, ALWAYS, DISABLED, INHERIT'],
    [
      { casesensitivity: "INHERIT" },
      "casesensitivity",
      'casesensitivity "INHERIT" is not allowed; use one of SENSITIVE, INSENSITIVE',
    ],
    [{ quota: 1000 }, "quota", "quota 1000 is below the minimum of 1073741824 bytes; raise it or use 0 for none"],
    [{ copies: 4 }, "copies", "copies 4 is above the maximum of 3; lower it"],
    [{ quotaWarning: -1 }, "quotaWarning", "quotaWarning -1 is below the minimum of 0; raise it"],
    [{ comments: "x".repeat(1025) }, "comments", "comments has 1025 characters and 1024 are allowed; shorten it"],
    [
      { userProperties: { "homelab:class": 5 } },
      'userProperties["homelab:class"]',
      'userProperties["homelab:class"] is 5; use text',
    ],
  ])("%j", (more: Values, property, reason) => {
    expect(dataset(more)).toEqual([[property, reason]]);
  });

  test("a property that exists under no spelling is answered with all that do", () => {
    expect(problems("Service", { service: "nfs", boot: true })).toEqual([
      ["boot", 'Service has no property "boot"; it has service, enable, running'],
    ]);
  });

  test("what is required is named with its meaning", () => {
    expect(problems("Zvol", { name: "tank/v" })).toEqual([
      ["volsize", 'Zvol needs "volsize"; size in bytes, a multiple of `volblocksize`; it can grow and never shrink'],
    ]);
  });

  test("values that are not known yet are passed over", () => {
    expect(
      problems("Dataset", { name: UNKNOWN, quota: UNKNOWN, acltype: UNKNOWN, userProperties: { "a:b": UNKNOWN } }),
    ).toEqual([]);
    expect(
      problems("SnapshotTask", { dataset: UNKNOWN, namingSchema: UNKNOWN, recursive: true, exclude: ["tank/x"] }),
    ).toEqual([]);
    expect(problems("Pool", { name: "tank", topology: UNKNOWN })).toEqual([]);
    expect(problems("NfsShare", { path: UNKNOWN, networks: [UNKNOWN, UNKNOWN] })).toEqual([]);
  });

  test("zero and INHERIT are values where they have a meaning", () => {
    expect(
      dataset({ quota: 0, refquota: 0, compression: "INHERIT", copies: "INHERIT", quotaWarning: "INHERIT" }),
    ).toEqual([]);
  });
});

describe("datasets", () => {
  test.each([
    ["tank", 'name "tank" is a pool\'s root dataset; name a dataset below it, e.g. "tank/data"'],
    ["boot-pool/x", 'name "boot-pool/x" lies on the boot pool, which holds no data; use another pool'],
    ["tank/ix-apps", 'name "tank/ix-apps" is TrueNAS\'s own ("ix-apps"); use another name'],
    [
      "tank/a//b",
      'name "" is no dataset name; begin with a letter or digit, use letters, digits and _ . : - and inner spaces',
    ],
    [
      "tank/a ",
      'name "a " is no dataset name; begin with a letter or digit, use letters, digits and _ . : - and inner spaces',
    ],
    [`tank/${"x".repeat(200)}`, `name "tank/${"x".repeat(200)}" has 205 characters and 200 are allowed; shorten it`],
  ])("the name %j", (name, reason) => {
    expect(problems("Dataset", { name })).toEqual([["name", reason]]);
  });

  test.each([
    [
      { acltype: "POSIX", aclmode: "RESTRICTED" },
      "aclmode RESTRICTED does not fit acltype POSIX, which allows DISCARD only; use DISCARD, or acltype NFSV4",
    ],
    [
      { acltype: "NFSV4" },
      "acltype NFSV4 needs another aclmode, which is not stated (a pool's root has DISCARD); use PASSTHROUGH or RESTRICTED",
    ],
    [
      { acltype: "NFSV4", aclmode: "DISCARD" },
      "acltype NFSV4 needs another aclmode, which is DISCARD; use PASSTHROUGH or RESTRICTED",
    ],
  ])("the pair %j", (more, reason) => {
    expect(dataset(more)).toEqual([["aclmode", reason]]);
  });

  test("a guarantee beyond the ceiling", () => {
    const more = { reservation: 3_000_000_000, quota: 2_000_000_000 };

    expect(dataset(more)).toEqual([
      [
        "reservation",
        "reservation of 3000000000 bytes is larger than quota of 2000000000 bytes; lower it or raise the quota",
      ],
    ]);
  });

  test.each([
    [
      { recordsize: "100K" },
      "recordsize",
      'recordsize "100K" is no block size; use a power of two from 512 to 16M, e.g. "128K"',
    ],
    [
      { comments: "INHERIT" },
      "comments",
      'comments is "INHERIT", which TrueNAS would store as text; leave it out to have none',
    ],
    [
      { userProperties: { "Homelab:class": "x" } },
      'userProperties["Homelab:class"]',
      '"Homelab:class" is no user property name; use namespace:name in lower-case letters, digits and : + . _ -',
    ],
  ])("the property %j", (more: Values, property, reason) => {
    expect(dataset(more)).toEqual([[property, reason]]);
  });
});

describe("zvols", () => {
  test.each([
    [{ volsize: 20000 }, undefined, "volsize", "volsize 20000 is not a multiple of volblocksize 16K; use 32768"],
    [
      { volsize: 16384 },
      { name: "tank/v", volsize: 32768 },
      "volsize",
      "volsize 16384 is smaller than the present 32768 bytes; a volume cannot shrink: make a new one and copy the data",
    ],
    [
      { volsize: 1048576, volblocksize: "256K" },
      undefined,
      "volblocksize",
      'volblocksize "256K" is no block size; use a power of two from 512 to 128K, e.g. "128K"',
    ],
  ])("%j after %j", (more: Values, olds, property, reason) => {
    expect(zvol(more, olds)).toEqual([[property, reason]]);
  });
});

describe("shares", () => {
  test.each([
    [{ path: "/home/x" }, "path", 'path "/home/x" is not a path below /mnt; use /mnt/pool/path'],
    [
      { networks: ["10.0.0.0/33"] },
      "networks[0]",
      'networks[0] "10.0.0.0/33" is no network; use CIDR notation such as 10.10.10.0/24',
    ],
    [
      { networks: ["0.0.0.0/0"] },
      "networks[0]",
      'networks[0] "0.0.0.0/0" is everybody; leave networks empty to say so',
    ],
    [
      { networks: ["10.0.0.0/8", "10.1.0.0/16"] },
      "networks",
      "networks 10.0.0.0/8 and 10.1.0.0/16 overlap; keep the wider one",
    ],
    [{ hosts: ["a b"] }, "hosts[0]", 'hosts[0] "a b" is no host; use a name or an address without spaces and quotes'],
    [{ hosts: ["a", "a"] }, "hosts", 'hosts has "a" twice; remove one'],
    [{ security: ["NONE"] }, "security[0]", 'security[0] "NONE" is not allowed; use one of SYS, KRB5, KRB5I, KRB5P'],
    [
      { maprootUser: "root", mapallUser: "apps" },
      "mapallUser",
      "mapallUser and maprootUser exclude each other; state one of them",
    ],
    [{ maprootGroup: "wheel" }, "maprootGroup", "maprootGroup needs maprootUser; state the user as well"],
    [{ mapallGroup: "apps" }, "mapallGroup", "mapallGroup needs mapallUser; state the user as well"],
  ])("NFS %j", (more: Values, property, reason) => {
    expect(nfs(more)).toEqual([[property, reason]]);
  });

  test("one network spelled twice", () => {
    expect(nfs({ networks: ["10.0.0.5/24", "10.0.0.0/24"] })).toEqual([
      ["networks", 'networks has "10.0.0.0/24" twice; remove one'],
      ["networks", "networks 10.0.0.0/24 and 10.0.0.0/24 overlap; keep the wider one"],
    ]);
  });

  test.each([
    [{ name: "homes" }, "name", 'name "homes" is Samba\'s own; use another name'],
    [
      { name: "a:b" },
      "name",
      'name "a:b" has a character that SMB forbids; avoid % < > * ? | / \\ + = ; : " , [ ] and control characters',
    ],
    [{ name: " " }, "name", "name is blank; give the share a name"],
    [
      { options: { recyclebin: true } },
      "options.recyclebin",
      'DEFAULT_SHARE has no option "recyclebin"; it takes aaplNameMangling, hostsallow, hostsdeny',
    ],
    [{ path: "EXTERNAL" }, "path", "path EXTERNAL needs purpose EXTERNAL_SHARE; change one of them"],
    [{ purpose: "EXTERNAL_SHARE" }, "path", "purpose EXTERNAL_SHARE needs path EXTERNAL; change one of them"],
    [
      { audit: { enable: true } },
      "audit",
      "audit.enable needs a watchList or an ignoreList of SMB groups; name at least one group",
    ],
    [
      { purpose: "TIME_LOCKED_SHARE", options: { gracePeriod: 5 } },
      "options.gracePeriod",
      "gracePeriod 5 is below the minimum of 60 seconds; raise it",
    ],
  ])("SMB %j", (more: Values, property, reason) => {
    expect(smb(more)).toEqual([[property, reason]]);
  });
});

describe("permissions", () => {
  test.each([
    [{}, "mode", "nothing to set; state at least one of user, uid, group, gid, mode and dacl"],
    [{ mode: "rwx" }, "mode", 'mode "rwx" is no mode; use three octal digits such as "770"'],
    [{ mode: "770", user: "apps", uid: 568 }, "uid", "uid and user exclude each other; state one of them"],
    [{ mode: "770", acltype: "NFS4" }, "acltype", "acltype says what kind dacl is; state dacl or leave it out"],
    [
      { dacl: [{ tag: "USER", perms: { BASIC: "READ" } }] },
      "dacl[0]",
      "an entry for a USER needs id or who; state one of them",
    ],
    [{ dacl: [] }, "dacl", "dacl is empty; give at least 1"],
    [
      { dacl: [{ tag: "owner@", perms: { BASIC: 5 } }] },
      'dacl[0].perms["BASIC"]',
      'perms["BASIC"] is 5; use text, true or false',
    ],
  ])("%j", (more: Values, property, reason) => {
    expect(acl(more)).toEqual([[property, reason]]);
  });

  test("the pool's mount point", () => {
    expect(problems("FilesystemAcl", { path: "/mnt/tank", mode: "770" })).toEqual([
      ["path", '"/mnt/tank" is a pool\'s mount point, which TrueNAS does not let change; name a directory below it'],
    ]);
  });
});

describe("tasks", () => {
  test.each([
    ["auto-%Y-%m-%d", 'namingSchema "auto-%Y-%m-%d" lacks %H, %M; a snapshot name must tell its minute'],
    ["%s-%Y", 'namingSchema "%s-%Y" has %Y beside %s; use %s alone or leave it out'],
    ["100%%-%s", 'namingSchema "100%%-%s" contains %%, which is not allowed; remove it'],
    ["%Y--%m%d%H%M%z", 'namingSchema "%Y--%m%d%H%M%z" has %z and --, which cannot be told apart; use one of them'],
    [
      "ä-%Y%m%d%H%M",
      'namingSchema "ä-%Y%m%d%H%M" has characters other than letters, digits, space and % _ . : -; remove them',
    ],
  ])("the naming schema %j", (namingSchema, reason) => {
    expect(task({ namingSchema })).toEqual([["namingSchema", reason]]);
  });

  test.each([
    [{ exclude: ["tank/a/b"] }, "exclude", "exclude needs recursive: true; without it nothing below is included"],
    [
      { recursive: true, exclude: ["tank/b"] },
      "exclude[0]",
      '"tank/b" is not below "tank/a"; name datasets below it only',
    ],
    [
      { schedule: { minute: "/5" } },
      "schedule.minute",
      'minute "/5" is no cron field; use *, a number, a range, a list, or a step after * or a range such as */5',
    ],
    [
      { schedule: { begin: "24:00" } },
      "schedule.begin",
      'begin "24:00" is no time of day; use HH:MM from 00:00 to 23:59',
    ],
    [
      { schedule: { seconds: "0" } },
      "schedule.seconds",
      'schedule has no property "seconds"; it has minute, hour, dom, month, dow, begin, end',
    ],
    [{ lifetimeValue: 0 }, "lifetimeValue", "lifetimeValue 0 is below the minimum of 1; raise it"],
  ])("%j", (more: Values, property, reason) => {
    expect(task(more)).toEqual([[property, reason]]);
  });
});

describe("pools", () => {
  const raid = { data: [{ type: "RAIDZ1", disks: ["A", "B", "C"] }] };

  test.each([
    [
      { data: [{ type: "RAIDZ2", disks: ["A", "B", "C"] }] },
      "topology.data",
      "RAIDZ2 needs at least 4 disks and has 3; add disks or choose another type",
    ],
    [{ ...raid, spares: { disks: ["A"] } }, "topology", "disk A is named twice; a disk belongs to one vdev"],
    [{ data: [] }, "topology.data", "data is empty; give at least 1"],
  ])("%j", (topology, property, reason) => {
    expect(pool(topology)).toEqual([[property, reason]]);
  });

  test("a name that ZFS keeps for itself", () => {
    expect(problems("Pool", { name: "mirror1", topology: raid })).toEqual([
      [
        "name",
        'name "mirror1" is no pool name; begin with a letter, use letters, digits and _ . : -, and none of ZFS\'s own words such as mirror or raidz',
      ],
    ]);
  });

  test("another topology than the pool has", () => {
    const olds = { name: "tank", topology: raid };

    expect(pool({ data: [{ type: "RAIDZ1", disks: ["A", "B", "D"] }] }, olds)).toEqual([
      [
        "topology",
        'topology differs from pool "tank" as it is; changing the disks of a pool is not supported: ' +
          "change them by hand in TrueNAS, run refresh, and state the new topology",
      ],
    ]);
  });

  test("the same topology in another order, with sizes, is the same", () => {
    const olds = { name: "tank", topology: raid };

    expect(pool({ data: [{ type: "RAIDZ1", disks: ["C", "A", "B"], diskSize: 5 }] }, olds)).toEqual([]);
  });
});

describe("the network", () => {
  test("has domains that DNS can carry", () => {
    expect(problems("NetworkConfig", { domain: "home_lab", domains: ["home.arpa", "a b"] })).toEqual([
      ["domain", 'domain "home_lab" is no domain; use letters, digits, dots and dashes'],
      ["domains[1]", 'domains[1] "a b" is no domain; use letters, digits, dots and dashes'],
    ]);
  });
});
