import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, refusal } from "./support/appliance.ts";

const GIB = 1024 ** 3;

interface Property {
  readonly parsed: unknown;
  readonly rawvalue: string;
  readonly value: string | null;
  readonly source: string;
  readonly source_info: string | null;
}

async function property(nas: SimulatedTrueNas, id: string, name: string): Promise<Property> {
  const entry = (await nas.call("pool.dataset.get_instance", id)) as Record<string, Property>;
  return entry[name] as Property;
}

const create = (nas: SimulatedTrueNas, name: string, fields: object = {}) =>
  nas.call("pool.dataset.create", { name, ...fields });
const update = (nas: SimulatedTrueNas, id: string, fields: object) => nas.call("pool.dataset.update", id, fields);

describe("properties", () => {
  test.each([
    ["atime", { parsed: false, rawvalue: "off", value: "OFF", source: "INHERITED", source_info: "tank" }],
    ["compression", { parsed: "lz4", rawvalue: "lz4", value: "LZ4", source: "INHERITED", source_info: "tank" }],
    ["checksum", { parsed: true, rawvalue: "on", value: "ON", source: "DEFAULT", source_info: null }],
    ["quota", { parsed: null, rawvalue: "0", value: null, source: "DEFAULT", source_info: null }],
    ["reservation", { parsed: null, rawvalue: "0", value: null, source: "DEFAULT", source_info: null }],
    ["recordsize", { parsed: 131072, rawvalue: "131072", value: "128K", source: "DEFAULT", source_info: null }],
    ["copies", { parsed: 1, rawvalue: "1", value: "1", source: "DEFAULT", source_info: null }],
    ["sync", { parsed: "standard", rawvalue: "standard", value: "STANDARD", source: "DEFAULT", source_info: null }],
    ["special_small_block_size", { parsed: "0", rawvalue: "0", value: "0", source: "DEFAULT", source_info: null }],
    [
      "casesensitivity",
      { parsed: "sensitive", rawvalue: "sensitive", value: "SENSITIVE", source: "NONE", source_info: null },
    ],
    ["xattr", { parsed: null, rawvalue: "sa", value: "SA", source: "LOCAL", source_info: null }],
    ["compressratio", { parsed: "1.00", rawvalue: "1.00", value: "1.00x", source: "NONE", source_info: null }],
    ["used", { parsed: 98304, rawvalue: "98304", value: "96 KiB", source: "NONE", source_info: null }],
    ["key_format", { parsed: "none", rawvalue: "none", value: null, source: "DEFAULT", source_info: null }],
  ])("a fresh dataset shows %s", async (name, shown) => {
    const nas = await anAppliance();
    await create(nas, "tank/a");

    expect(await property(nas, "tank/a", name)).toEqual(shown);
  });

  test.each([
    [
      "quota",
      1.5 * GIB,
      { parsed: 1610612736, rawvalue: "1610612736", value: "1.5 GiB", source: "LOCAL", source_info: null },
    ],
    ["recordsize", "1M", { parsed: 1048576, rawvalue: "1048576", value: "1M", source: "LOCAL", source_info: null }],
    [
      "compression",
      "ZSTD-3",
      { parsed: "zstd-3", rawvalue: "zstd-3", value: "ZSTD-3", source: "LOCAL", source_info: null },
    ],
    ["checksum", "SHA256", { parsed: null, rawvalue: "sha256", value: "SHA256", source: "LOCAL", source_info: null }],
    ["readonly", "ON", { parsed: true, rawvalue: "on", value: "ON", source: "LOCAL", source_info: null }],
    ["copies", 2, { parsed: 2, rawvalue: "2", value: "2", source: "LOCAL", source_info: null }],
  ])("%s set on a dataset is local", async (name, value, shown) => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { [name]: value });

    expect(await property(nas, "tank/a", name)).toEqual(shown);
  });

  test("a child follows its parent until it has a value of its own, and again after INHERIT", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { compression: "ZSTD" });
    await create(nas, "tank/a/b");

    const inherited = await property(nas, "tank/a/b", "compression");
    await update(nas, "tank/a/b", { compression: "OFF" });
    const local = await property(nas, "tank/a/b", "compression");
    await update(nas, "tank/a/b", { compression: "INHERIT" });
    await update(nas, "tank/a", { compression: "GZIP" });
    const again = await property(nas, "tank/a/b", "compression");

    expect([inherited.value, inherited.source, inherited.source_info]).toEqual(["ZSTD", "INHERITED", "tank/a"]);
    expect([local.value, local.source, local.source_info]).toEqual(["OFF", "LOCAL", null]);
    expect([again.value, again.source, again.source_info]).toEqual(["GZIP", "INHERITED", "tank/a"]);
  });

  test("a quota is cleared by 0 and by null, and INHERIT is none of its words", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { quota: GIB, refquota: GIB });

    await update(nas, "tank/a", { quota: 0, refquota: null });

    expect((await property(nas, "tank/a", "quota")).source).toBe("DEFAULT");
    expect((await property(nas, "tank/a", "refquota")).source).toBe("DEFAULT");
    expect(await refusal(nas, "pool.dataset.update", "tank/a", { quota: "INHERIT" })).toBe(
      "[EINVAL] data.quota.constrained-int: Input should be a valid integer\n[EINVAL] data.quota.literal[0,None]: Input should be 0\n",
    );
  });
});

describe("user properties", () => {
  test("25.10 shows them all as local, the middleware's own under short names", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", {
      comments: "photos",
      quota_warning: 70,
      user_properties: [{ key: "homelab:class", value: "authoritative" }],
    });
    await create(nas, "tank/a/b");

    const { user_properties } = (await nas.call("pool.dataset.get_instance", "tank/a/b")) as {
      user_properties: unknown;
    };

    const local = (value: string) => ({ parsed: value, rawvalue: value, value, source: "LOCAL", source_info: null });
    expect(user_properties).toEqual({
      comments: local("photos"),
      quota_warning: local("70"),
      "homelab:class": local("authoritative"),
    });
  });

  test("25.04 shows its own at the top and tells where each comes from", async () => {
    const nas = await anAppliance({ version: "25.04.2" });
    await create(nas, "tank/a", {
      comments: "photos",
      user_properties: [{ key: "homelab:class", value: "authoritative" }],
    });
    await create(nas, "tank/a/b");

    const entry = (await nas.call("pool.dataset.get_instance", "tank/a/b")) as Record<string, unknown>;

    const inherited = (value: string) => ({
      parsed: value,
      rawvalue: value,
      value,
      source: "INHERITED",
      source_info: "tank/a",
    });
    expect(entry["comments"]).toEqual(inherited("photos"));
    expect(entry["user_properties"]).toEqual({ "homelab:class": inherited("authoritative") });
  });

  test("are set, changed and removed one by one", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", {
      user_properties: [
        { key: "a:x", value: "1" },
        { key: "a:y", value: "2" },
      ],
    });

    await update(nas, "tank/a", {
      user_properties_update: [
        { key: "a:x", value: "3" },
        { key: "a:y", remove: true },
      ],
    });

    const { user_properties } = (await nas.call("pool.dataset.get_instance", "tank/a")) as {
      user_properties: Record<string, Property>;
    };
    expect(Object.entries(user_properties).map(([key, { rawvalue }]) => [key, rawvalue])).toEqual([["a:x", "3"]]);
  });

  test.each([
    [
      { user_properties_update: [{ key: "a:z", remove: true }] },
      "[EINVAL] properties.a:z: Property does not exist and cannot be inherited\n",
    ],
    [
      { user_properties_update: [{ key: "a:z" }] },
      '[EINVAL] pool_dataset_update.user_properties_update.0.value: Either "value" or "remove" must be specified\n',
    ],
    [
      { user_properties_update: [{ key: "a:z", value: "1", remove: true }] },
      '[EINVAL] pool_dataset_update.user_properties_update.0.remove: When "value" is specified, this cannot be set\n',
    ],
    [
      { user_properties_update: [{ key: "plain", value: "1" }] },
      "[EINVAL] data.user_properties_update.0.key: String should match pattern '.*:.*'\n",
    ],
  ])("refuses %j", async (fields, message) => {
    const nas = await anAppliance();
    await create(nas, "tank/a");

    expect(await refusal(nas, "pool.dataset.update", "tank/a", fields)).toBe(message);
  });

  test("replacing all of them trips over the short names of 25.10", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { comments: "photos" });

    const message = await refusal(nas, "pool.dataset.update", "tank/a", {
      user_properties: [{ key: "a:x", value: "1" }],
    });

    expect(message).toBe("[EINVAL] properties.comments: Property does not exist and cannot be inherited\n");
  });

  test("INHERIT as a comment is stored as it stands, unlike on create", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { comments: "INHERIT" });
    const before = (await nas.call("pool.dataset.get_instance", "tank/a")) as { user_properties: object };

    await update(nas, "tank/a", { comments: "INHERIT" });

    const after = (await nas.call("pool.dataset.get_instance", "tank/a")) as {
      user_properties: { comments: Property };
    };
    expect(before.user_properties).toEqual({});
    expect(after.user_properties.comments.rawvalue).toBe("INHERIT");
  });
});

describe("names and parents", () => {
  test.each([
    ["tank", "[EINVAL] pool_dataset_create.name: You need a full name, e.g. pool/newdataset\n"],
    ["tank//a", "[EINVAL] pool_dataset_create.name: Invalid dataset name\n"],
    ["tank/a@b", "[EINVAL] pool_dataset_create.name: Invalid dataset name\n"],
    ["tank/a ", "[EINVAL] pool_dataset_create.name: Trailing spaces are not permitted in dataset names\n"],
    ["pond/a", "[EINVAL] pool_dataset_create.name: zpool (pond) does not exist.\n"],
    ["tank/a/b", "[EINVAL] pool_dataset_create.name: Parent dataset (tank/a) does not exist.\n"],
    [
      "tank/ix-apps",
      "[EINVAL] pool_dataset_create.name: 'tank/ix-apps' is using system internal managed dataset. Please specify a different parent.\n",
    ],
  ])("refuses %s", async (name, message) => {
    const nas = await anAppliance();

    expect(await refusal(nas, "pool.dataset.create", { name })).toBe(message);
  });

  test("refuses a path that exists, a read-only parent and a volume as parent", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { readonly: "ON" });
    await create(nas, "tank/vol", { type: "VOLUME", volsize: GIB });

    expect(await refusal(nas, "pool.dataset.create", { name: "tank/a" })).toBe(
      "[EINVAL] pool_dataset_create.name: Path /mnt/tank/a already exists\n",
    );
    expect(await refusal(nas, "pool.dataset.create", { name: "tank/a/b" })).toBe(
      "[EINVAL] pool_dataset_create.readonly: Turn off readonly mode on tank/a to create tank\n",
    );
    expect(await refusal(nas, "pool.dataset.create", { name: "tank/vol/b" })).toContain(
      "tank/vol: parent may not be a ZFS volume\n",
    );
    expect(await refusal(nas, "pool.dataset.create", { name: "tank/vol", type: "VOLUME", volsize: GIB })).toBe(
      "[EFAULT] Failed to create dataset: dataset already exists",
    );
  });

  test("makes missing parents on request", async () => {
    const nas = await anAppliance();

    await create(nas, "tank/a/b/c", { create_ancestors: true, quota: GIB });

    expect(
      await nas.call("pool.dataset.query", [["id", "^", "tank/"]], { select: ["id", ["quota.parsed", "quota"]] }),
    ).toEqual([
      { id: "tank/a", quota: null },
      { id: "tank/a/b", quota: null },
      { id: "tank/a/b/c", quota: GIB },
    ]);
  });
});

describe("ACL type and mode", () => {
  test("NFSv4 needs a mode of its own, POSIX the mode DISCARD", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/n", { acltype: "NFSV4", aclmode: "PASSTHROUGH" });

    expect(await refusal(nas, "pool.dataset.create", { name: "tank/a", acltype: "NFSV4" })).toBe(
      "[EINVAL] pool_dataset_create.aclmode: DISCARD aclmode may not be set for NFSv4 acl type\n",
    );
    expect(await refusal(nas, "pool.dataset.create", { name: "tank/a", aclmode: "RESTRICTED" })).toBe(
      "[EINVAL] pool_dataset_create.aclmode: Must be set to DISCARD when acltype is POSIX or OFF\n",
    );
    expect(await refusal(nas, "pool.dataset.update", "tank/n", { acltype: "POSIX" })).toBe(
      "[EINVAL] pool_dataset_update.aclmode: Must be set to DISCARD when acltype is POSIX or OFF\n",
    );
  });

  test("the type may not change under an SMB share", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a");
    await nas.call("sharing.smb.create", { name: "a", path: "/mnt/tank/a" });

    expect(await refusal(nas, "pool.dataset.update", "tank/a", { acltype: "NFSV4", aclmode: "PASSTHROUGH" })).toBe(
      "[EINVAL] pool_dataset_update.acltype: This dataset is hosting SMB shares. Before acltype can be updated the following shares must be disabled: ['a']. The shares may be re-enabled after the change.\n",
    );
  });

  test.each([
    ["SMB", { casesensitivity: "insensitive", acltype: "nfsv4", aclmode: "restricted", atime: "off" }, [544, 545]],
    ["NFS", { casesensitivity: "sensitive", acltype: "nfsv4", aclmode: "passthrough", atime: "off" }, []],
    ["APPS", { casesensitivity: "sensitive", acltype: "nfsv4", aclmode: "passthrough", atime: "off" }, [544, 545, 568]],
    ["GENERIC", { casesensitivity: "sensitive", acltype: "posix", aclmode: "discard", atime: "off" }, []],
  ])("share type %s decides them", async (share_type, expected, named) => {
    const nas = await anAppliance();

    await create(nas, "tank/a", { share_type });

    const entry = (await nas.call("pool.dataset.get_instance", "tank/a")) as Record<string, Property>;
    const acl = (await nas.call("filesystem.getacl", "/mnt/tank/a")) as { acl: { tag: string; id: number }[] };
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, entry[key]?.rawvalue]))).toEqual(expected);
    expect(
      acl.acl
        .filter(({ id }) => id !== -1)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(named);
  });
});

describe("limits", () => {
  test("quotas below 1 GiB are refused, for every member of the union", async () => {
    const nas = await anAppliance();

    expect(await refusal(nas, "pool.dataset.create", { name: "tank/a", quota: GIB - 1 })).toBe(
      "[EINVAL] data.PoolDatasetCreateFilesystem.quota.constrained-int: Input should be greater than or equal to 1073741824\n" +
        "[EINVAL] data.PoolDatasetCreateFilesystem.quota.literal[0,None]: Input should be 0\n" +
        "[EINVAL] data.PoolDatasetCreateVolume.volsize: Field required\n" +
        "[EINVAL] data.PoolDatasetCreateVolume.quota: Extra inputs are not permitted\n",
    );
  });

  test("a reservation is taken from the siblings, and one too large is refused", async () => {
    const nas = await anAppliance();
    const before = (await property(nas, "tank", "available")).parsed as number;

    await create(nas, "tank/a", { reservation: 100 * GIB });

    const after = (await property(nas, "tank", "available")).parsed as number;
    expect(before - after).toBe(100 * GIB);
    expect((await property(nas, "tank/a", "available")).parsed).toBe(before - 98304);
    expect(await refusal(nas, "pool.dataset.create", { name: "tank/b", reservation: before })).toBe(
      "[EFAULT] Failed to create dataset: out of space",
    );
    expect(await refusal(nas, "pool.dataset.update", "tank/a", { reservation: 2 * before })).toBe(
      "[EFAULT] Failed to update properties: ZFSException('size is greater than available space')",
    );
  });

  test("available is the tightest of own quota, ancestors' quotas and refquota", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { quota: 10 * GIB });
    await create(nas, "tank/a/b", { quota: 20 * GIB });
    await create(nas, "tank/a/c", { refquota: 5 * GIB });

    expect((await property(nas, "tank/a", "available")).parsed).toBe(10 * GIB - 3 * 98304);
    expect((await property(nas, "tank/a/b", "available")).parsed).toBe(10 * GIB - 3 * 98304);
    expect((await property(nas, "tank/a/c", "available")).parsed).toBe(5 * GIB - 98304);
  });

  test("a quota below what is used or reserved is refused", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { reservation: 3 * GIB });

    expect(await refusal(nas, "pool.dataset.update", "tank/a", { quota: 2 * GIB })).toBe(
      "[EFAULT] Failed to update properties: ZFSException('size is less than current used or reserved space')",
    );
  });
});

describe("volumes", () => {
  test("a thick one reserves its size and a little more, a sparse one nothing", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/thick", { type: "VOLUME", volsize: 10 * GIB });
    await create(nas, "tank/thin", { type: "VOLUME", volsize: 10 * GIB, sparse: true, volblocksize: "64K" });

    const thick = (await nas.call("pool.dataset.get_instance", "tank/thick")) as Record<string, Property>;
    const thin = (await nas.call("pool.dataset.get_instance", "tank/thin")) as Record<string, Property>;

    expect(thick["volsize"]).toEqual({
      parsed: 10737418240,
      rawvalue: "10737418240",
      value: "10 GiB",
      source: "LOCAL",
      source_info: null,
    });
    expect(thick["volblocksize"]).toMatchObject({ parsed: 16384, value: "16K" });
    expect(Number(thick["refreservation"]?.parsed)).toBeGreaterThan(10 * GIB);
    expect(thick["mountpoint"]).toBeNull();
    expect(thick["quota"]).toBeUndefined();
    expect(thin["refreservation"]?.parsed).toBeNull();
    expect(thin["volblocksize"]).toMatchObject({ parsed: 65536, value: "64K" });
  });

  test.each([
    [
      { volsize: 10 * GIB + 1 },
      "[EINVAL] pool_dataset_create.volsize: Volume size should be a multiple of volume block size\n",
    ],
    [
      { volsize: 1800 * GIB },
      "[EINVAL] pool_dataset_create.volsize: It is not recommended to use more than 80% of your available space for VOLUME\n",
    ],
  ])("refuses %j", async (fields, message) => {
    const nas = await anAppliance();

    expect(await refusal(nas, "pool.dataset.create", { name: "tank/v", type: "VOLUME", ...fields })).toBe(message);
  });

  test("grow, but do not shrink", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/v", { type: "VOLUME", volsize: 2 * GIB, sparse: true });

    await update(nas, "tank/v", { volsize: 4 * GIB });

    expect((await property(nas, "tank/v", "volsize")).parsed).toBe(4 * GIB);
    expect(await refusal(nas, "pool.dataset.update", "tank/v", { volsize: GIB })).toBe(
      "[EINVAL] pool_dataset_update.volsize: You cannot shrink a zvol from GUI, this may lead to data loss.\n",
    );
    expect(await refusal(nas, "pool.dataset.update", "tank/v", { quota: GIB })).toBe(
      "[EINVAL] pool_dataset_update.quota: This field is not valid for VOLUME\n",
    );
  });
});

describe("updating", () => {
  test.each([
    "name",
    "type",
    "casesensitivity",
    "share_type",
    "sparse",
    "volblocksize",
    "encryption",
    "inherit_encryption",
  ])("does not take %s", async (field) => {
    const nas = await anAppliance();
    await create(nas, "tank/a");

    expect(await refusal(nas, "pool.dataset.update", "tank/a", { [field]: "x" })).toBe(
      `[EINVAL] data.${field}: Extra inputs are not permitted\n`,
    );
  });

  test("changes nothing that was not sent", async () => {
    const nas = await anAppliance();
    const before = (await create(nas, "tank/a", { quota: GIB, comments: "x", compression: "ZSTD" })) as Record<
      string,
      unknown
    >;

    const after = (await update(nas, "tank/a", { sync: "ALWAYS" })) as Record<string, unknown>;

    expect({ ...after, sync: null }).toEqual({ ...before, sync: null });
    expect(after["sync"]).toMatchObject({ value: "ALWAYS", source: "LOCAL" });
    expect(await refusal(nas, "pool.dataset.update", "tank/none", {})).toBe("[ENOENT] id: tank/none does not exist\n");
  });
});

describe("deleting", () => {
  test("needs recursion for children and for snapshots", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a/b", { create_ancestors: true });
    await nas.call("pool.snapshot.create", { dataset: "tank/a/b", name: "s" });

    expect(await refusal(nas, "pool.dataset.delete", "tank/a")).toBe(
      "[ENOTEMPTY] Failed to delete dataset: cannot destroy 'tank/a': filesystem has children",
    );
    expect(await refusal(nas, "pool.dataset.delete", "tank/a/b")).toBe(
      "[EFAULT] Failed to delete dataset: cannot destroy 'tank/a/b': filesystem has children\nuse '-r' to destroy the following datasets:\ntank/a/b@s",
    );
    expect(await nas.call("pool.dataset.delete", "tank/a", { recursive: true })).toBe(true);
    expect(await nas.call("pool.dataset.query", [], { select: ["id"] })).toEqual([{ id: "tank" }]);
    expect(await nas.call("pool.snapshot.query", [], { count: true })).toBe(0);
  });

  test("takes enabled shares and tasks along, even when ZFS then refuses", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a");
    await nas.call("sharing.nfs.create", { path: "/mnt/tank/a" });
    await nas.call("sharing.smb.create", { name: "off", path: "/mnt/tank/a", enabled: false });
    await nas.call("pool.snapshottask.create", { dataset: "tank/a" });
    nas.faults.busyDataset("tank/a");

    const message = await refusal(nas, "pool.dataset.delete", "tank/a");

    expect(message).toBe("[EBUSY] Failed to delete dataset: cannot unmount '/mnt/tank/a': pool or dataset is busy");
    expect(await nas.call("sharing.nfs.query", [], { count: true })).toBe(0);
    expect(await nas.call("pool.snapshottask.query", [], { count: true })).toBe(0);
    expect(await nas.call("sharing.smb.query", [], { count: true })).toBe(1);
    expect(await nas.call("pool.dataset.delete", "tank/a", { force: true })).toBe(true);
  });

  test("is refused for a pool and for what does not exist", async () => {
    const nas = await anAppliance();

    expect(await refusal(nas, "pool.dataset.delete", "tank")).toContain(
      "cannot destroy 'tank': operation does not apply to pools",
    );
    expect(await refusal(nas, "pool.dataset.delete", "tank/none")).toBe(
      "[ENOENT] None: PoolDataset tank/none does not exist",
    );
  });
});

interface Nested {
  readonly id: string;
  readonly children: readonly Nested[];
}

describe("querying", () => {
  test("nests children unless told not to", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a/b", { create_ancestors: true });

    const nested = (await nas.call("pool.dataset.query", [], {
      extra: { flat: false, properties: [] },
    })) as Nested[];
    const flat = (await nas.call("pool.dataset.query", [], { extra: { retrieve_children: false } })) as {
      id: string;
      children: unknown[];
    }[];

    const shape = ({ id, children }: Nested): unknown => [id, children.map(shape)];
    expect(nested.map(shape)).toEqual([["tank", [["tank/a", [["tank/a/b", []]]]]]]);
    expect(flat.map(({ id, children }) => [id, children])).toEqual([
      ["tank", []],
      ["tank/a", []],
      ["tank/a/b", []],
    ]);
  });

  test("fetches only the properties that were asked for", async () => {
    const nas = await anAppliance();

    const [entry] = (await nas.call("pool.dataset.query", [], {
      extra: { properties: ["quota"], retrieve_user_props: false },
    })) as [object];

    expect(Object.keys(entry).sort()).toEqual(
      [
        "children",
        "encrypted",
        "encryption_root",
        "id",
        "key_loaded",
        "locked",
        "mountpoint",
        "name",
        "pool",
        "quota",
        "type",
      ].sort(),
    );
  });
});
