import { onTestFinished } from "vitest";
import { B2_HOST, Cloud, SimulatedTrueNas, World } from "../../../../lab/truenas/index.ts";
import { EIGHT_DISKS, temporaryDirectory } from "./appliance.ts";

/** A moment at which simulated stories begin, so that schedules are known. */
export const START = new Date("2026-01-05T12:00:00Z");
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A world with a cloud in it that has a bucket, and a key for that bucket alone. */
export function aWorldWithBucket(bucket = "homelab-photos"): { world: World; key: { id: string; secret: string } } {
  const cloud = new Cloud();
  cloud.makeBucket(bucket, { versioning: true });
  return { world: new World({ now: START, cloud }), key: cloud.makeKey({ bucket }) };
}

/** An appliance of the world with a pool `tank`, a dataset `tank/photos` and a credential; stopped after the test. */
export async function anApplianceIn(
  world: World,
  key: { readonly id: string; readonly secret: string },
  name = "din",
  version = "25.10.6",
): Promise<SimulatedTrueNas> {
  const dir = await temporaryDirectory();
  const nas = await SimulatedTrueNas.start({ name, version, disks: EIGHT_DISKS }, { dir, world });
  onTestFinished(() => nas.stop());
  const topology = { data: [{ type: "RAIDZ1", disks: ["sda", "sdb", "sdc"] }] };
  await nas.call("pool.create", { name: "tank", topology });
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  await nas.call("cloudsync.credentials.create", { name: "b2", provider: s3(key) });
  return nas;
}

/** What a credential for B2's S3 endpoint holds. */
export function s3(key: { readonly id: string; readonly secret: string }): object {
  return {
    type: "S3",
    access_key_id: key.id,
    secret_access_key: key.secret,
    endpoint: `https://${B2_HOST}`,
    region: "us-west-004",
  };
}

/** A backup task of `tank/photos`, daily at 02:00. */
export function backupTask(changes: object = {}): object {
  return {
    description: "photos",
    path: "/mnt/tank/photos",
    credentials: 1,
    attributes: { bucket: "homelab-photos", folder: "/photos" },
    password: "correct horse",
    keep_last: 3,
    schedule: { minute: "0", hour: "2", dom: "*", month: "*", dow: "*" },
    ...changes,
  };
}

/** A snapshot as `cloud_backup.list_snapshots` tells it. */
export interface ListedSnapshot {
  readonly id: string;
  readonly hostname: string;
  readonly paths: readonly string[];
  readonly time: { readonly $date: number };
}

/** The snapshots of a task's repository. */
export async function listed(nas: SimulatedTrueNas, task: number): Promise<readonly ListedSnapshot[]> {
  return (await nas.call("cloud_backup.list_snapshots", task)) as readonly ListedSnapshot[];
}
