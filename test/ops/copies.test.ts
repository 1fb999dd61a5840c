import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checksum } from "../../lab/truenas/index.ts";
import { applianceOf, type DeclaredStack, declaredStack } from "../../ops/declared/stack.ts";
import { perform } from "../../ops/drill/perform.ts";
import { verify } from "../../ops/verify/verification.ts";
import { parseSite } from "../../src/site/index.ts";
import { smallSite } from "../support/invalid-sites.ts";
import { SmallLab } from "./support/small-lab.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const source = { appliance: "nas", dataset: "tank/apps/data" };
const quarterly = { source, every: "3 months", sample: { files: 10 } };

const MORE = {
  clouds: { b2: { provider: "b2", endpoint: "https://s3.us-west-004.backblazeb2.com", region: "us-west-004" } },
  offsites: {
    data: {
      source,
      method: "restic",
      cloud: "b2",
      bucket: "small-data",
      schedule: "0 3 * * *",
      keep: 7,
      versions: "30 days",
    },
  },
  restoreTests: {
    pulled: { ...quarterly, tier: "replication" },
    beside: { ...quarterly, tier: "replication", into: "copy" },
    offsite: { ...quarterly, tier: "offsite" },
  },
};

/** The small site with everything that lies on its first pool twice. */
function doubled(): unknown {
  type Spec = { access?: { smb?: { name: string }; iscsi?: { target: string }; csi?: { storageClass: string } } };
  const site = {
    ...(smallSite() as { appliances: { nas: { pools: { tank: Record<string, Record<string, Spec>> } } } }),
    ...MORE,
  };
  const { tank } = site.appliances.nas.pools;
  for (const kind of ["datasets", "zvols"]) {
    for (const [name, spec] of Object.entries(tank[kind] ?? {})) {
      const again = structuredClone(spec);
      if (again.access?.smb) again.access.smb.name += "-too";
      if (again.access?.csi) again.access.csi.storageClass += "-too";
      if (again.access?.iscsi) again.access.iscsi.target += "-too";
      Object.assign(tank[kind] ?? {}, { [name.replace(/^[^/]+/, "$&-too")]: again });
    }
  }

  return site;
}

describe("copies of data on another appliance and outside the house", () => {
  const lab = new SmallLab(MORE);
  const drilled = (name: string) => {
    const spec = lab.site.restoreTests[name];
    if (!spec) throw new Error(`the site has no test ${name}`);
    const listener = { tell: () => undefined, note: (text: string) => expect.fail(text) };
    return perform({ declared: lab.declared, name, spec }, lab.way, listener);
  };
  const told = async (check: string) => {
    const { verdicts } = await verify(lab.declared, lab.way, lab.dir);
    return verdicts
      .filter((verdict) => verdict.check === check)
      .map(({ status, subject, found }) => `${status} ${subject}: ${found}`);
  };
  const datasets = async (name: "nas" | "vault") =>
    ((await lab.appliance(name).call("pool.dataset.query")) as { id: string }[]).map(({ id }) => id);

  beforeAll(async () => {
    await lab.start();
    await lab.replicate();
    await lab.backUp("small-data");
    for (const name of ["a.txt", "deep/down/b.txt"])
      lab.appliance("nas").console.write(`/mnt/tank/apps/data/${name}`, `content of ${name}`, 1_000_000);
    await lab.world.advance(4.5 * HOUR);
    lab.appliance("nas").console.write("/mnt/tank/apps/data/a.txt", "changed at half past four", 1_000_000);
  });
  afterAll(() => lab.stop());

  test("are told to be fresh by verify, from what lies at the target", async () => {
    expect(await told("replication-is-recent")).toEqual(["passed data hourly: copy of 30 min ago"]);
    expect(await told("offsite-copy-is-recent")).toEqual(["passed data: state of 1 h 30 min ago"]);
    expect(await told("no-snapshot-is-pending")).toEqual(["passed data: none"]);
  });

  test("cost verify as many processes however many objects there are: kinds and repositories count", async () => {
    const nas = lab.appliance("nas");
    const cost = async (declared: DeclaredStack) => {
      nas.resetCounters();
      const { verdicts } = await verify(declared, lab.way, lab.dir);
      const objects = verdicts.filter(
        ({ check, appliance }) => check === "object-is-as-declared" && appliance === "nas",
      );
      return { objects: objects.length, processes: nas.counters.midcltProcesses, writes: nas.counters.writes };
    };
    const written = doubled();
    const once = await cost(lab.declared);
    const twice = await cost(await declaredStack("small", { file: "", site: parseSite(written), written }));
    const kinds = new Set(applianceOf(lab.declared, "nas").objects.map(({ kind }) => kind)).size;

    expect(twice.objects).toBeGreaterThan(once.objects * 1.4);
    expect(twice).toMatchObject({ processes: once.processes, writes: 0 });
    expect(once.processes).toBeLessThanOrEqual(kinds + 1 + 6);
  });

  test.each(["pulled", "beside"])(
    "are restored from the replica and compared with the same snapshot: %s",
    async (name) => {
      const before = { nas: await datasets("nas"), vault: await datasets("vault") };
      const evidence = await drilled(name);

      expect(evidence.reason).toBeUndefined();
      expect(evidence).toMatchObject({
        result: "passed",
        state: "vault: cold/data@hourly-2026-11-01_04-00",
        takenAt: "2026-11-01T04:00:00.000Z",
        ageSeconds: 1800,
      });
      expect(evidence.files.map(({ path, sha256 }) => [path, sha256]).sort()).toEqual([
        ["a.txt", checksum("content of a.txt")],
        ["deep/down/b.txt", checksum("content of deep/down/b.txt")],
      ]);
      expect({ nas: await datasets("nas"), vault: await datasets("vault") }).toEqual(before);
    },
  );

  test("are restored from offsite, file by file, without what has changed since", async () => {
    const before = await datasets("nas");
    const evidence = await drilled("offsite");

    expect(evidence.reason).toBeUndefined();
    expect(evidence).toMatchObject({
      result: "passed",
      takenAt: "2026-11-01T03:00:00.000Z",
      ageSeconds: 5400,
      changed: 1,
    });
    expect(evidence.files.map(({ path }) => path)).toEqual(["deep/down/b.txt"]);
    expect(await datasets("nas")).toEqual(before);
  });

  test("a pull is refused where it would not fit", async () => {
    const nas = lab.appliance("nas");
    nas.faults.fullPool("tank");

    expect((await drilled("pulled")).reason).toMatch(
      /^restoring vault: cold\/data@\S+ takes \d+ bytes and tank has \d+ free; free some, or restore beside/,
    );
    await nas.faults.clear();
    expect((await drilled("beside")).result).toBe("passed");
  });

  test("a replica that lags turns verify red at the minute that the site allows, and green again when it has caught up", async () => {
    const hourly = async () => (await told("replication-is-recent")).filter((line) => line.includes("data hourly"))[0];
    const sent = "data hourly: copy, as far as its source knows, of";
    await lab.world.advance(HOUR / 2);
    await lab.world.powerOff("vault");

    await lab.world.advance(HOUR);
    expect(await hourly()).toBe(`passed ${sent} 1 h ago`);
    await lab.world.advance(HOUR);
    expect(await hourly()).toBe(`passed ${sent} 2 h ago`);
    await lab.world.advance(MINUTE);
    expect(await hourly()).toBe(`failed ${sent} 2 h 1 min ago`);
    expect(await told("appliance-answers")).toContainEqual(
      expect.stringMatching(/^failed vault: vault: .* cannot be reached/),
    );

    await lab.world.advance(3 * 24 * HOUR - MINUTE);
    // While the target cannot be asked what it has, nothing is deleted: all since one o'clock on the first day are there,
    // and those of the last day and the hour of grace would be anyway.
    const held = 3 * 24 + 7 - 26;
    expect(await told("no-snapshot-is-pending")).toEqual([
      `noted data: ${held} snapshots of 1 datasets, the oldest of 3 d 6 h ago, hold at most 1 MB`,
    ]);

    await lab.world.powerOn("vault");
    await lab.world.advance(HOUR);
    expect(await told("replication-is-recent")).toEqual(["passed data hourly: copy of 0 s ago"]);
    expect(await told("no-snapshot-is-pending")).toEqual(["passed data: none"]);
  });
});
