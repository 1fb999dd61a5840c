import { describe, expect, test } from "vitest";
import { checksum } from "../../../lab/truenas/index.ts";
import { refusal } from "./support/appliance.ts";
import { anApplianceIn, aWorldWithBucket, backupTask, DAY, HOUR, listed, START, s3 } from "./support/cloud.ts";

const WRONG = '{"message_type":"exit_error","code":12,"message":"Fatal: wrong password or no key found"}';

describe("a backup task", () => {
  test("makes its repository at once and fills it on schedule, keeping the last few snapshots", async () => {
    const { world, key } = aWorldWithBucket();
    const nas = await anApplianceIn(world, key);
    nas.console.write("/mnt/tank/photos/2024/a.jpg", "sunset", 4_000_000);

    const task = (await nas.call("cloud_backup.create", backupTask())) as Record<string, unknown>;
    expect(task).toMatchObject({
      id: 1,
      attributes: { storage_class: "", encryption: null },
      job: null,
      locked: false,
    });
    expect(await listed(nas, 1)).toEqual([]);

    await world.advance(14 * HOUR);
    expect(await listed(nas, 1)).toMatchObject([
      { hostname: "din", paths: ["/mnt/tank/photos"], time: { $date: START.getTime() + 14 * HOUR } },
    ]);
    await world.advance(4 * DAY);
    expect((await listed(nas, 1)).map(({ time }) => (time.$date - START.getTime()) / HOUR)).toEqual([62, 86, 110]);
    const [row] = (await nas.call("cloud_backup.query")) as { job: { state: string; method: string } }[];
    expect(row?.job).toMatchObject({ state: "SUCCESS", method: "cloud_backup.sync", arguments: [1] });
  });

  test("uploads what is new only, shows what is in a snapshot, and brings it back elsewhere", async () => {
    const { world, key } = aWorldWithBucket();
    const nas = await anApplianceIn(world, key);
    nas.console.write("/mnt/tank/photos/2024/a.jpg", "sunset", 4_000_000);
    nas.console.write("/mnt/tank/photos/tmp/x", "junk");
    await nas.call("cloud_backup.create", backupTask({ exclude: ["tmp"] }));
    await nas.call("cloud_backup.sync", 1);
    const before = world.cloud.requests;
    nas.console.write("/mnt/tank/photos/b.jpg", "dawn");
    nas.console.remove("/mnt/tank/photos/2024/a.jpg");
    await nas.call("cloud_backup.sync", 1, { dry_run: true });
    expect(world.cloud.requests - before).toBeLessThan(20);
    await nas.call("cloud_backup.sync", 1);

    const [first, second] = await listed(nas, 1);
    expect(await nas.call("cloud_backup.list_snapshot_directory", 1, first?.id, "/")).toMatchObject([
      { name: "2024", type: "dir", size: null },
    ]);
    expect(await nas.call("cloud_backup.list_snapshot_directory", 1, first?.id, "/2024")).toMatchObject([
      { name: "a.jpg", path: "/2024/a.jpg", type: "file", size: 4_000_000 },
    ]);
    expect(await nas.call("cloud_backup.list_snapshot_directory", 1, second?.id, "/")).toMatchObject([
      { name: "b.jpg" },
    ]);

    await nas.call("pool.dataset.create", { name: "tank/scratch" });
    await nas.call("cloud_backup.restore", 1, first?.id, "/", "/mnt/tank/scratch");
    expect(nas.console.checksums("/mnt/tank/scratch")).toEqual({ "2024/a.jpg": checksum("sunset") });
    await nas.call("cloud_backup.restore", 1, "latest", "/", "/mnt/tank/scratch/now", { include: ["b.jpg"] });
    expect(nas.console.checksums("/mnt/tank/scratch/now")).toEqual({ "b.jpg": checksum("dawn") });
    expect(await refusal(nas, "cloud_backup.restore", 1, "latest", "/", "/root")).toContain(
      "destination_path: The path must reside within a pool mount point",
    );

    await nas.call("cloud_backup.delete_snapshot", 1, first?.id);
    expect(await listed(nas, 1)).toHaveLength(1);
    expect(await refusal(nas, "cloud_backup.restore", 1, first?.id, "/", "/mnt/tank/scratch")).toContain(
      "no matching ID found",
    );
  });

  test("reads from a snapshot of its own when told to, and lists absolute paths when told to", async () => {
    const { world, key } = aWorldWithBucket();
    const nas = await anApplianceIn(world, key);
    nas.console.write("/mnt/tank/photos/a.jpg", "sunset");
    await nas.call("cloud_backup.create", backupTask({ snapshot: true }));
    await nas.call(
      "cloud_backup.create",
      backupTask({ absolute_paths: true, attributes: { bucket: "homelab-photos", folder: "abs" } }),
    );
    await nas.call("cloud_backup.sync", 1);
    await nas.call("cloud_backup.sync", 2);

    expect(await listed(nas, 1)).toMatchObject([
      { paths: ["/mnt/tank/photos/.zfs/snapshot/cloud_backup-1-20260105120000"] },
    ]);
    expect(await nas.call("pool.snapshot.query")).toEqual([]);
    expect(await nas.call("cloud_backup.list_snapshot_directory", 2, "latest", "/mnt/tank/photos")).toMatchObject([
      { name: "a.jpg" },
    ]);
  });

  test("leaves its repository behind; the next task in it needs the same password, and prunes what others made", async () => {
    const { world, key } = aWorldWithBucket();
    const nas = await anApplianceIn(world, key);
    await nas.call("cloud_backup.create", backupTask());
    await nas.call("cloud_backup.sync", 1);
    await nas.call("cloud_backup.delete", 1);

    expect(await refusal(nas, "cloud_backup.create", backupTask({ password: "wrong" }))).toBe(
      `[EINVAL] cloud_backup_create.password: ${WRONG}\n`,
    );
    await nas.call("cloud_backup.create", backupTask({ keep_last: 1 }));
    await nas.call("pool.dataset.create", { name: "tank/docs" });
    await nas.call("cloud_backup.create", backupTask({ description: "docs", path: "/mnt/tank/docs", keep_last: 1 }));
    await nas.call("cloud_backup.sync", 2);
    await nas.call("cloud_backup.sync", 3);

    expect(await listed(nas, 2)).toMatchObject([{ paths: ["/mnt/tank/docs"] }]);
    expect(await refusal(nas, "cloud_backup.update", 2, { password: "wrong" })).toBe(
      `[EINVAL] cloud_backup_update.password: ${WRONG}\n`,
    );
  });
});

describe("what is refused", () => {
  test("is told field by field, and nothing is stored", async () => {
    const { world, key } = aWorldWithBucket();
    const nas = await anApplianceIn(world, key);
    await nas.call("pool.dataset.create", { name: "tank/photos/raw" });
    await nas.call("pool.dataset.create", { name: "tank/disk", type: "VOLUME", volsize: 1024 ** 3 });
    const refused = async (changes: object) => refusal(nas, "cloud_backup.create", backupTask(changes));

    expect(await refused({ keep_last: 0 })).toContain("cloud_backup.keep_last: Input should be greater than 0");
    expect(await refused({ password: "" })).toContain("cloud_backup.password: String should have at least 1 character");
    expect(await refused({ attributes: { bucket: "homelab-photos" } })).toContain(
      "cloud_backup_create.attributes.folder: Field required",
    );
    expect(await refused({ attributes: { bucket: "b", folder: "", chunk_size: 96 } })).toContain(
      "cloud_backup_create.attributes.chunk_size: Extra inputs are not permitted",
    );
    expect(await refused({ credentials: 9 })).toContain("cloud_backup_create.credentials: Invalid credentials");
    expect(await refused({ path: "/root" })).toContain(
      "cloud_backup_create.path: The path must reside within a pool mount point",
    );
    expect(await refused({ path: "/dev/zvol/tank/none" })).toContain("cloud_backup_create.path: Volume does not exist");
    expect(await refused({ path: "/dev/zvol/tank/disk" })).toContain(
      "cloud_backup_create.path: Backed up zvol must be used by a local or VMware VM",
    );
    expect(await refused({ snapshot: true })).toContain(
      "cloud_backup_create.snapshot: This option is only available for datasets that have no further nesting",
    );
    expect(await refused({ snapshot: true, absolute_paths: true })).toContain(
      "cloud_backup_create.snapshot: This option can't be used when absolute paths are enabled",
    );
    expect(await refused({ cache_path: "/mnt/tank/none" })).toContain(
      "cloud_backup_create.cache_path: The path must be a directory",
    );
    expect(await refused({ args: "'" })).toContain("cloud_backup_create.args: Parse error: No closing quotation");
    expect(await refused({ dataset: "tank" })).toContain("cloud_backup.dataset: Extra inputs are not permitted");
    expect(await nas.call("cloud_backup.query")).toEqual([]);
    await nas.call("cloudsync.credentials.create", {
      name: "native",
      provider: { type: "B2", account: "a", key: "k" },
    });
    await expect(nas.call("cloud_backup.create", backupTask({ credentials: 2 }))).rejects.toThrow();
  });

  test("names the cloud when it cannot be reached, or does not let the key in", async () => {
    const { world, key } = aWorldWithBucket();
    const nas = await anApplianceIn(world, key);
    const refused = () => refusal(nas, "cloud_backup.create", backupTask());

    world.cloud.faults.unreachable();
    expect(await refused()).toContain("operation error S3: ListBuckets, https response error StatusCode: 0");
    world.cloud.faults.clear();
    world.cloud.faults.accessDenied();
    expect(await refused()).toContain("StatusCode: 403, RequestID: , HostID: , api error AccessDenied: Access Denied.");
    world.cloud.faults.clear();
    world.cloud.admit(key, { bucket: "homelab-photos", listsBuckets: false });
    expect(await refused()).toContain("api error AccessDenied: not entitled");
    world.cloud.admit(key, { bucket: "another" });
    expect(await refused()).toContain(
      "create repository at s3:https://s3.us-west-004.backblazeb2.com/homelab-photos/photos failed: not entitled",
    );
    world.cloud.admit(key);
    expect(
      await refusal(nas, "cloud_backup.create", backupTask({ attributes: { bucket: "none", folder: "" } })),
    ).toContain("This provider can't create buckets");
    world.cloud.revoke(key.id);
    expect(await refused()).toContain("api error InvalidAccessKeyId: Malformed Access Key Id");
    await nas.call("cloudsync.credentials.update", 1, { provider: { ...s3(key), region: "" } });
    expect(await refused()).toBe(
      "An error occurred (InvalidAccessKeyId) when calling the GetBucketLocation operation: Malformed Access Key Id",
    );
    await nas.call("cloudsync.credentials.update", 1, {
      provider: { ...s3(key), endpoint: "http://s3.us-west-004.backblazeb2.com" },
    });
    expect(await refused()).toContain("dial tcp: connect: connection refused");
    await nas.call("cloudsync.credentials.update", 1, {
      provider: { ...s3(key), endpoint: "https://s3.nowhere.example" },
    });
    expect(await refused()).toContain("dial tcp: lookup s3.nowhere.example: no such host");
  });
});
