import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CLOUD_KEY, OFFSITE } from "../support/objects/surroundings.ts";
import { refusal, secret, type Values } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

const PASSWORD = "planted-passphrase-of-photos";
const provider = {
  type: "S3",
  access_key_id: CLOUD_KEY.id,
  secret_access_key: CLOUD_KEY.secret,
  endpoint: "https://s3.us-west-004.backblazeb2.com",
  region: "us-west-004",
};

const backup = (name: string, change: Values = {}): Values => ({
  description: name,
  path: "/mnt/tank/a",
  credential: "b2",
  bucket: OFFSITE,
  folder: name,
  password: secret(PASSWORD),
  keepLast: 7,
  ...change,
});

async function prepared(version = "25.10.6"): Promise<Site> {
  const site = await Site.start({ version }, { TRUENAS_CALL_TIMEOUT: "2" });
  await site.makePool("tank");
  await site.appliance.call("pool.dataset.create", { name: "tank/a" });
  await site.appliance.call("cloudsync.credentials.create", { name: "b2", provider });
  const native = { type: "B2", account: CLOUD_KEY.id, key: CLOUD_KEY.secret };
  await site.appliance.call("cloudsync.credentials.create", { name: "native", provider: native });

  return site;
}

const tasks = async (site: Site, description: string) =>
  (await site.appliance.call("cloud_backup.query", [["description", "=", description]])) as unknown[];

describe("a backup task", () => {
  let site: Site;
  beforeAll(async () => {
    site = await prepared();
  });
  afterAll(async () => {
    await site.stop();
  });
  const create = (name: string, change?: Values) => site.plugin.create("CloudBackup", name, backup(name, change));

  test("is made, changed and taken out without its secrets being seen; its repository stays", async () => {
    const { outputs } = await create("photos");
    await site.plugin.update("CloudBackup", {
      id: "photos",
      oldInputs: backup("photos"),
      oldOutputs: outputs,
      news: backup("photos", { keepLast: 30 }),
    });
    await site.appliance.call("cloud_backup.sync", outputs["rowId"]);
    const repository = site.appliance.world.cloud.objects.keys().filter((key) => key.startsWith(`${OFFSITE}/photos/`));

    await site.plugin.delete("CloudBackup", "photos", backup("photos"), outputs);

    expect(await tasks(site, "photos")).toEqual([]);
    expect(site.appliance.world.cloud.objects.keys()).toEqual(expect.arrayContaining(repository));
    const seen = [
      site.journal(),
      site.appliance.processes,
      await site.appliance.call("core.get_jobs", [], { extra: { raw_result: true } }),
    ];
    for (const word of [PASSWORD, CLOUD_KEY.secret]) expect(JSON.stringify(seen)).not.toContain(word);
    expect(await create("photos", { keepLast: 30 })).toMatchObject({ id: "photos" });
  });

  test("says what to do when the cloud says no", async () => {
    const { cloud } = site.appliance.world;
    await create("taken");

    expect(await refusal(create("another", { folder: "taken", password: secret("guessed-it") }))).toBe(
      "din: cloud_backup.create was refused: cloud_backup_create.password: Fatal: wrong password or no key found; the repository is there already and another password opens it: state the one that it was made with, or another folder",
    );
    expect(await refusal(create("another", { bucket: "not-there" }))).toBe(
      "din: cloud_backup.create failed: This provider can't create buckets; the bucket is not there, and TrueNAS makes none: make it at the provider, or state one that is there",
    );
    cloud.faults.unreachable();
    expect(await refusal(create("another"))).toBe(
      "din: cloud_backup.create failed: operation error S3: ListBuckets, https response error StatusCode: 0, request send failed, dial tcp: i/o timeout; the appliance does not reach the cloud: see that the credential's endpoint is right, and that its DNS and gateway work",
    );
    cloud.faults.clear();
    cloud.admit(CLOUD_KEY, { listsBuckets: false });
    expect(await refusal(create("another"))).toContain("give it listAllBucketNames as well");
    cloud.admit(CLOUD_KEY, { bucket: "elsewhere" });
    expect(await refusal(create("another"))).toContain("the credential's key does not reach this bucket");
    cloud.revoke(CLOUD_KEY.id);
    expect(await refusal(create("another"))).toContain("the cloud does not know the credential's key");
    cloud.admit(CLOUD_KEY);
    expect(await tasks(site, "another")).toEqual([]);
    expect((await create("another")).id).toBe("another");
    expect(await tasks(site, "another")).toHaveLength(1);
  });

  test("is refused with a credential that restic has no use for, or that is not there, before anything is sent", async () => {
    site.appliance.resetCounters();
    expect(await refusal(create("wrong", { credential: "native" }))).toContain(
      'cloud credential "native" is of type B2, and TrueNAS keeps restic repositories with S3 and STORJ_IX only; reach Backblaze B2 with a credential of type S3 and its S3 endpoint',
    );
    expect(await refusal(create("wrong", { credential: "c3" }))).toContain(
      'cloud credential "c3" is not on this appliance (it has: b2, native); create it first, or use one of these',
    );
    expect(site.appliance.counters.writes).toBe(0);
  });

  test("is made once although the cloud was slow, or the answer got lost", async () => {
    site.appliance.faults.slowCall({ method: "cloud_backup.create", ms: 2500 });
    await create("slow");
    site.appliance.faults.dropConnection({ when: "after", method: "cloud_backup.create" });
    await create("lost");
    site.appliance.faults.callTimeout({ method: "cloud_backup.create" });
    await create("late");

    for (const name of ["slow", "lost", "late"]) expect(await tasks(site, name)).toHaveLength(1);
  });

  test("keeps what else its place says when it moves to another folder", async () => {
    const { outputs } = await create("moved");
    const rowId = outputs["rowId"];
    await site.appliance.call("cloud_backup.update", rowId, {
      attributes: { bucket: OFFSITE, folder: "moved", storage_class: "STANDARD" },
    });
    await site.nextPhase();
    const states = { id: "moved", oldInputs: backup("moved"), oldOutputs: outputs };
    await site.plugin.update("CloudBackup", { ...states, news: backup("moved", { folder: "there" }) });

    expect(await site.appliance.call("cloud_backup.get_instance", rowId)).toMatchObject({
      attributes: { bucket: OFFSITE, folder: "there", storage_class: "STANDARD" },
    });
  });
});

test("what the older release has not is refused by name", async () => {
  const site = await prepared("25.04.2");

  expect(
    await refusal(site.plugin.create("CloudBackup", "a", backup("a", { cachePath: "/mnt/tank", rateLimit: 5 }))),
  ).toContain("TrueNAS 25.04 has no cachePath and rateLimit of cloud backups; remove it or upgrade to 25.10");
  expect((await site.plugin.create("CloudBackup", "a", backup("a"))).id).toBe("a");
  expect(
    await refusal(site.plugin.create("CloudBackup", "b", backup("b", { folder: "a", password: secret("another") }))),
  ).toContain("cloud_backup_create.password: Fatal: wrong password or no key found; the repository is there already");
  await site.stop();
});
