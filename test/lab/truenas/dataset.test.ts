import { describe, expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";
import { create, update } from "./support/datasets.ts";

const GIB = 1024 ** 3;

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
