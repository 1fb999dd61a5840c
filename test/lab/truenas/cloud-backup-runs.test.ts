import { expect, test } from "vitest";
import { Cloud, checksum, World } from "../../../lab/truenas/index.ts";
import { refusal, temporaryDirectory } from "./support/appliance.ts";
import { anApplianceIn, aWorldWithBucket, backupTask, DAY, HOUR, listed, START } from "./support/cloud.ts";

test("a run that was cut off leaves no snapshot and no state; the next one completes it", async () => {
  const { world, key } = aWorldWithBucket();
  const nas = await anApplianceIn(world, key);
  for (let at = 0; at < 20; at += 1) nas.console.write(`/mnt/tank/photos/${at}.jpg`, `picture ${at}`);
  await nas.call("cloud_backup.create", backupTask());
  world.cloud.faults.strikeAfter(15, () => nas.faults.restartMiddleware());

  await world.advance(14 * HOUR);
  expect(await listed(nas, 1)).toEqual([]);
  expect(await nas.call("cloud_backup.query")).toMatchObject([{ job: null }]);

  await world.advance(DAY);
  expect(await listed(nas, 1)).toHaveLength(1);
  await nas.call("pool.dataset.create", { name: "tank/back" });
  await nas.call("cloud_backup.restore", 1, "latest", "/", "/mnt/tank/back");
  expect(nas.console.checksums("/mnt/tank/back")).toEqual(nas.console.checksums("/mnt/tank/photos"));
});

test("a run that fails says why, and says so in the task until one succeeds", async () => {
  const { world, key } = aWorldWithBucket();
  const nas = await anApplianceIn(world, key);
  await nas.call("cloud_backup.create", backupTask());
  world.cloud.faults.refusing();
  await expect(nas.call("cloud_backup.sync", 1)).rejects.toThrow("Please reduce your request rate.");
  expect(await nas.call("cloud_backup.query")).toMatchObject([{ job: { state: "FAILED" } }]);
  nas.faults.restartMiddleware();
  expect(await nas.call("cloud_backup.query")).toMatchObject([{ job: { state: "FAILED", id: null } }]);

  world.cloud.faults.clear();
  await nas.call("cloud_backup.sync", 1);
  expect(await nas.call("cloud_backup.query")).toMatchObject([{ job: { state: "SUCCESS" } }]);
});

test("an appliance of the older release has no cache and no rate limit", async () => {
  const { world, key } = aWorldWithBucket();
  const nas = await anApplianceIn(world, key, "old", "25.04.2");
  expect(await refusal(nas, "cloud_backup.create", backupTask({ rate_limit: 10 }))).toContain(
    "cloud_backup.rate_limit: Extra inputs are not permitted",
  );
  await nas.call("cloud_backup.create", backupTask());
  expect(Object.keys((await nas.call("cloud_backup.get_instance", 1)) as object)).not.toContain("cache_path");
  expect(await refusal(nas, "cloud_backup.create", backupTask({ password: "wrong" }))).toBe(
    "[EINVAL] cloud_backup_create.password: Fatal: wrong password or no key found\n",
  );
});

test("what is in the cloud cannot be read without the password, and an emptied bucket can be wound back", async () => {
  const { world, key } = aWorldWithBucket();
  const nas = await anApplianceIn(world, key);
  nas.console.write("/mnt/tank/photos/a.jpg", "a most private sunset");
  await nas.call("cloud_backup.create", backupTask());
  await nas.call("cloud_backup.sync", 1);
  const kept = JSON.stringify([world.cloud.objects.entries(), world.cloud.keys.values()]);
  for (const word of ["private", "a.jpg", "correct horse", key.secret]) expect(kept).not.toContain(word);

  const then = world.cloud.version;
  for (const snapshot of await listed(nas, 1)) await nas.call("cloud_backup.delete_snapshot", 1, snapshot.id);
  expect(await listed(nas, 1)).toEqual([]);
  world.cloud.rewind("homelab-photos", then);
  expect(await listed(nas, 1)).toHaveLength(1);
});

test("a run that somebody aborts ends as aborted, and the next one completes it", async () => {
  const { world, key } = aWorldWithBucket();
  const nas = await anApplianceIn(world, key);
  for (let at = 0; at < 20; at += 1) nas.console.write(`/mnt/tank/photos/${at}.jpg`, `picture ${at}`);
  await nas.call("cloud_backup.create", backupTask());
  expect(await nas.call("cloud_backup.abort", 1)).toBe(false);
  const aborted: Promise<unknown>[] = [];
  world.cloud.faults.strikeAfter(15, () => aborted.push(nas.call("cloud_backup.abort", 1)));

  await expect(nas.call("cloud_backup.sync", 1)).rejects.toThrow("aborted");
  expect(await Promise.all(aborted)).toEqual([true]);
  expect(await nas.call("cloud_backup.query")).toMatchObject([{ job: { state: "ABORTED" } }]);
  expect(await listed(nas, 1)).toEqual([]);
  await nas.call("cloud_backup.sync", 1);
  expect(await listed(nas, 1)).toHaveLength(1);
});

test("a cloud that is kept on disk is there again with all that is in it", async () => {
  const dir = await temporaryDirectory();
  const before = new Cloud({ dir });
  before.makeBucket("homelab-photos", { versioning: true });
  const key = before.makeKey();
  const nas = await anApplianceIn(new World({ now: START, cloud: before }), key);
  nas.console.write("/mnt/tank/photos/a.jpg", "sunset");
  await nas.call("cloud_backup.create", backupTask());
  await nas.call("cloud_backup.sync", 1);
  before.close();

  const after = new Cloud({ dir });
  const grogu = await anApplianceIn(new World({ now: START, cloud: after }), key, "grogu");
  await grogu.call("cloud_backup.create", backupTask());
  await grogu.call("cloud_backup.restore", 1, "latest", "/", "/mnt/tank/photos");
  expect(grogu.console.checksums("/mnt/tank/photos")).toEqual({ "a.jpg": checksum("sunset") });
  after.close();
});
