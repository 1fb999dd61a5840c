import { describe, expect, test } from "vitest";
import { checksum, type SimulatedTrueNas, type World } from "../../../lab/truenas/index.ts";
import { refusal } from "./support/appliance.ts";
import { anApplianceIn, aWorldWithBucket, DAY } from "./support/cloud.ts";

const BUCKET = "homelab-photos";

function task(changes: object = {}): object {
  return {
    description: "photos",
    path: "/mnt/tank/photos",
    credentials: 1,
    attributes: { bucket: BUCKET, folder: "plain" },
    direction: "PUSH",
    transfer_mode: "SYNC",
    schedule: { minute: "0", hour: "4", dom: "*", month: "*", dow: "*" },
    ...changes,
  };
}

async function started(): Promise<{ nas: SimulatedTrueNas; world: World }> {
  const { world, key } = aWorldWithBucket(BUCKET);
  const nas = await anApplianceIn(world, key);
  nas.console.write("/mnt/tank/photos/a.jpg", "sunset");
  nas.console.write("/mnt/tank/photos/raw/b.dng", "dawn", 30_000_000);
  return { nas, world };
}

const inBucket = ({ cloud }: World) => cloud.objects.values().map(({ name, body }) => [name, body]);

describe("a sync task", () => {
  test("brings files to the cloud as they are when it is due, and takes away there what is gone here", async () => {
    const { nas, world } = await started();
    const made = (await nas.call("cloudsync.create", task({ exclude: ["raw"] }))) as object;
    expect(made).toMatchObject({ id: 1, direction: "PUSH", bwlimit: [], transfers: null, job: null, locked: false });
    await world.advance(DAY);
    expect(inBucket(world)).toEqual([["plain/a.jpg", "sunset"]]);

    await nas.call("cloudsync.update", 1, { exclude: [] });
    nas.console.remove("/mnt/tank/photos/a.jpg");
    await nas.call("cloudsync.sync", 1, { dry_run: true });
    expect(inBucket(world)).toHaveLength(1);
    await nas.call("cloudsync.sync", 1);
    expect(inBucket(world)).toEqual([["plain/raw/b.dng", "dawn"]]);
    expect(await nas.call("cloudsync.query")).toMatchObject([{ job: { state: "SUCCESS", method: "cloudsync.sync" } }]);
  });

  test("keeps what others brought there when it copies, and empties the directory when it moves", async () => {
    const { nas, world } = await started();
    await nas.call("cloudsync.create", task({ transfer_mode: "MOVE" }));
    await nas.call("cloudsync.sync", 1);
    expect(nas.console.list("/mnt/tank/photos")).toEqual([]);
    nas.console.write("/mnt/tank/photos/c.jpg", "noon");
    await nas.call("cloudsync.update", 1, { transfer_mode: "COPY" });
    await nas.call("cloudsync.sync", 1);
    expect(inBucket(world).map(([key]) => key)).toEqual(["plain/a.jpg", "plain/raw/b.dng", "plain/c.jpg"]);
    expect(
      await nas.call("cloudsync.list_directory", { credentials: 1, attributes: { bucket: BUCKET, folder: "plain" } }),
    ).toMatchObject([{ Name: "a.jpg", IsDir: false, Size: 6 }, { Name: "c.jpg" }, { Name: "raw", IsDir: true }]);
    expect(await nas.call("cloudsync.list_buckets", 1)).toMatchObject([{ Name: BUCKET, IsBucket: true }]);
  });

  test("hides contents and names from the cloud, and its opposite brings them back elsewhere", async () => {
    const { nas, world } = await started();
    const secret = {
      encryption: true,
      filename_encryption: true,
      encryption_password: "hidden",
      encryption_salt: "grain",
    };
    await nas.call("cloudsync.create", task({ ...secret, snapshot: true }));
    await nas.call("cloudsync.sync", 1);
    for (const word of ["sunset", "a.jpg", "hidden"]) expect(JSON.stringify(inBucket(world))).not.toContain(word);
    expect(await nas.call("pool.snapshot.query")).toEqual([]);

    await nas.call("pool.dataset.create", { name: "tank/back" });
    const opposite = await nas.call("cloudsync.restore", 1, { transfer_mode: "COPY", path: "/mnt/tank/back" });
    expect(opposite).toMatchObject({ id: 2, direction: "PULL", enabled: false, description: "" });
    await nas.call("cloudsync.sync", 2);
    expect(nas.console.checksums("/mnt/tank/back")).toEqual({
      "a.jpg": checksum("sunset"),
      "raw/b.dng": checksum("dawn"),
    });

    await nas.call("cloudsync.update", 2, { encryption_password: "another" });
    await expect(nas.call("cloudsync.sync", 2)).rejects.toThrow(
      "failed to authenticate decrypted block - bad password?",
    );
  });
});

test("what is refused is told field by field", async () => {
  const { nas, world } = await started();
  const refused = (changes: object) => refusal(nas, "cloudsync.create", task(changes));

  expect(await refused({ encryption: true })).toContain(
    "cloud_sync_create.encryption_password: This field is required when encryption is enabled",
  );
  expect(await refused({ direction: "PULL" })).toContain(
    "cloud_sync_create.attributes.folder: Directory does not exist",
  );
  expect(await refused({ direction: "PULL", snapshot: true })).toContain(
    "cloud_sync_create.snapshot: This option can only be enabled for PUSH tasks",
  );
  expect(await refused({ transfer_mode: "MOVE", snapshot: true })).toContain(
    "cloud_sync_create.snapshot: This option can not be used for MOVE transfer mode",
  );
  expect(
    await refused({
      bwlimit: [
        { time: "18:00", bandwidth: 1 },
        { time: "08:00", bandwidth: null },
      ],
    }),
  ).toContain("cloud_sync_create.bwlimit.1.time: Invalid time order: 18:00, 08:00");
  expect(await refused({ path: "/dev/zvol/tank/disk" })).toContain(
    "cloud_sync_create.path: The path must reside within a pool mount point",
  );
  expect(await refused({ transfers: 0 })).toContain("cloud_sync_create.transfers: Input should be greater than 0");
  world.cloud.faults.accessDenied();
  await nas.call("cloudsync.create", task());
  await expect(nas.call("cloudsync.sync", 1)).rejects.toThrow(
    "operation error S3: ListObjectsV2, https response error StatusCode: 403",
  );
  expect(await nas.call("cloudsync.query")).toMatchObject([{ job: { state: "FAILED" } }]);
  await expect(nas.call("cloudsync.credentials.delete", 1)).rejects.toThrow(
    "This credential is used by cloud sync task photos",
  );
});

test("a native B2 key brings files to a bucket too", async () => {
  const { nas, world } = await started();
  const key = world.cloud.makeKey({ bucket: BUCKET });
  await nas.call("cloudsync.credentials.create", {
    name: "native",
    provider: { type: "B2", account: key.id, key: key.secret },
  });
  await nas.call("cloudsync.create", task({ credentials: 2 }));
  await nas.call("cloudsync.sync", 1);
  expect(inBucket(world)).toHaveLength(2);
  expect(await nas.call("cloudsync.get_instance", 1)).toMatchObject({
    attributes: { chunk_size: 96, fast_list: false },
  });
});
