import { describe, expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";
import { create, type Property, property, update } from "./support/datasets.ts";

const GIB = 1024 ** 3;

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
