import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { B2_HOST } from "../../../lab/truenas/index.ts";
import { verify } from "../../../ops/verify/verification.ts";
import { SmallLab } from "../support/small-lab.ts";

const HOUR = 3_600_000;
const source = { appliance: "nas", dataset: "tank/apps/data" };
const place = { cloud: "b2", bucket: "small-data", schedule: "0 3 * * *", keep: 7, versions: "30 days" };
const lab = new SmallLab({
  clouds: { b2: { provider: "b2", endpoint: `https://${B2_HOST}`, region: "us-west-004" } },
  offsites: { data: { source, method: "restic", ...place } },
});
const nas = () => lab.appliance("nas");
const vault = () => lab.appliance("vault");

const COPIES = ["replication-is-recent", "offsite-copy-is-recent"];

/** What verify says of the copies, with what is to be done. */
async function said(): Promise<string[]> {
  const { verdicts } = await verify(lab.declared, lab.way);
  return verdicts
    .filter(({ check, status }) => COPIES.includes(check) && status === "failed")
    .map(({ found, remedy }) => `${found} → ${remedy}`);
}

beforeAll(async () => {
  await lab.start();
  await lab.replicate();
  await lab.backUp("small-data");
  nas().console.write("/mnt/tank/apps/data/kept.txt", "kept");
  await lab.world.advance(28 * HOUR);
});
afterAll(() => lab.stop());

const account = (change: object) => async () => {
  const [row] = (await vault().call("user.query", [["username", "=", "replicator"]])) as { id: number }[];
  await vault().call("user.update", row?.id, change);
};
const REFUSED = [
  "the target does not take the key: see that its account is not locked and that from= in its key is the sender's address;",
  "npm run pulumi -- up --refresh puts both back, and the next run goes on",
].join(" ");
const FOREIGN =
  "the target shows another host key: read it at its console (cat /etc/ssh/ssh_host_ed25519_key.pub). If it was reinstalled, state the new one as its ssh.hostKey and run npm run pulumi -- up; otherwise somebody is in between. Nothing was sent";

/** A run that was cut off leaves no trace but its absence. */
const LATE = "state → see the task under Data Protection in TrueNAS; its log says what stopped it";

interface Fault {
  readonly title: string;
  readonly strike: () => unknown;
  readonly heal: () => unknown;
  readonly says: string;
}

const FAULTS: readonly Fault[] = [
  {
    title: "the target does not take the key",
    strike: account({ locked: true }),
    heal: account({ locked: false }),
    says: `ERROR: Authentication failed. → ${REFUSED}`,
  },
  {
    title: "the target shows another host key",
    strike: () => vault().faults.foreignHostKey(),
    heal: () => vault().faults.clear(),
    says: `ERROR: Host key for server '198.51.100.21' does not match: got 'KEY', expected 'KEY'. → ${FOREIGN}`,
  },
  {
    title: "the target's account lost its right",
    strike: account({ sudo_commands_nopasswd: [] }),
    heal: account({ sudo_commands_nopasswd: ["/usr/sbin/zfs"] }),
    says: "ERROR: sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required. → the target's account may not run zfs: npm run pulumi -- up --refresh gives it back, and the next run goes on",
  },
  {
    title: "the target is full",
    strike: () => vault().faults.fullPool("cold"),
    heal: () => vault().faults.healPool("cold"),
    says: "ERROR: cannot receive incremental stream: out of space. → the target is full: free space there, or add disks. What has arrived is kept, and the next run goes on; snapshots that wait are held at the source",
  },
  {
    title: "the target is in use",
    strike: () => vault().faults.busyDataset("cold/data"),
    heal: () => vault().faults.busyDataset("cold/data", false),
    says: "ERROR: cannot receive incremental stream: dataset is busy. → something uses the target: end that use there; the next run goes on",
  },
  {
    title: "the target is off",
    strike: () => lab.world.powerOff("vault"),
    heal: () => lab.world.powerOn("vault"),
    says: "ERROR: Unable to connect to port 22 on 198.51.100.21. → the target is not reached: see that it is up, that its ssh service runs and that the storage network leads there; the next run goes on",
  },
  {
    title: "both sides know no snapshot in common any more",
    strike: async () => {
      const rows = (await vault().call("zfs.snapshot.query", [["dataset", "=", "cold/data"]])) as { id: string }[];
      for (const { id } of rows) await vault().call("pool.snapshot.delete", id);
      await vault().call("pool.dataset.update", "cold/data", { readonly: "OFF" });
    },
    heal: () => vault().call("pool.dataset.delete", "cold/data"),
    says: "ERROR: Target dataset 'cold/data' does not have matching snapshots but has data (e.g. 'kept.txt') and replication from scratch is not allowed. Refusing to overwrite existing data. → the target holds what this replication did not bring, or nothing that both sides know: rename it there (zfs rename), so that nothing is lost, and the next run begins anew; a second copy needs its room",
  },
  {
    title: "a transfer breaks off in the middle",
    strike: () => nas().faults.breakTransfer({ times: 9 }),
    heal: () => nas().faults.clear(),
    says: "ERROR: Broken pipe. → the transfer broke off; the next run takes it up where it broke",
  },
];

describe("what stops a replication is said with what to do, and the next run makes up for it", () => {
  test.each(FAULTS)("$title", async ({ strike, heal, says }) => {
    nas().console.write("/mnt/tank/apps/data/more.bin", says, 1_000_000);
    await strike();
    await lab.world.advance(HOUR);
    const struck = await said();
    await heal();
    await lab.world.advance(HOUR);

    expect(struck.map((line) => line.replaceAll(/'AAAA[^']+'/g, "'KEY'"))).toContain(says);
    expect(await said()).toEqual([]);
    expect(vault().console.checksums("/mnt/cold/data")).toEqual(nas().console.checksums("/mnt/tank/apps/data"));
  });
});

describe("what stops a copy outside the house is said with what to do, and the next run makes up for it", () => {
  const { faults } = lab.world.cloud;
  /** In the middle of every run. */
  const restarts = (): void =>
    faults.strikeAfter(2, () => {
      nas().faults.restartMiddleware();
      restarts();
    });

  test.each([
    {
      title: "the cloud turns the key away",
      strike: () => faults.accessDenied(),
      says: "FAILED → the cloud turns the key away: see that the application key is still there and reaches this bucket, set it anew with pulumi config set --secret, and run npm run pulumi -- up",
    },
    {
      title: "the cloud is not reached",
      strike: () => faults.unreachable(),
      says: "FAILED → the appliance does not reach the cloud: see its gateway and DNS; the next run makes up for it",
    },
    {
      title: "the cloud is too busy",
      strike: () => faults.refusing(),
      says: "FAILED → the cloud was too busy; the next run makes up for it",
    },
    {
      title: "the middleware restarts while it runs",
      strike: restarts,
      says: LATE,
    },
  ])("$title", async ({ strike, says }) => {
    strike();
    await lab.world.advance(36 * HOUR);
    faults.clear();
    const struck = await said();
    await lab.world.advance(36 * HOUR);

    expect(struck.map((line) => line.replace(/: \[EFAULT\].*(?= → )/s, "").replace(/ of .* ago/, ""))).toEqual(
      expect.arrayContaining([says]),
    );
    expect(await said()).toEqual([]);
  });
});
