import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checksum } from "../../lab/truenas/index.ts";
import { applianceOf } from "../../ops/declared/stack.ts";
import { perform } from "../../ops/drill/perform.ts";
import { makeScratch, removeLeftovers } from "../../ops/drill/scratch.ts";
import { readEvidence, writeEvidence } from "../../ops/evidence-files.ts";
import { entryTo } from "../../ops/way.ts";
import { RestoreBench } from "../../truenas/restore.ts";
import { SmallLab } from "./support/small-lab.ts";

const HOUR = 3_600_000;

const FILES = { "letters/a.txt": "dear a", "letters/it's \\ odd.txt": "dear b", "c.bin": "cc" };

describe("a drill from snapshots", () => {
  const lab = new SmallLab({
    restoreTests: {
      data: {
        source: { appliance: "nas", dataset: "tank/apps/data" },
        tier: "snapshot",
        every: "3 months",
        sample: { files: 10, paths: ["letters/a.txt"] },
      },
    },
  });
  const said: string[] = [];
  const drilled = () => {
    const spec = lab.site.restoreTests["data"];
    if (!spec) throw new Error("the site has no such test");
    const listener = { tell: (text: string) => said.push(text), note: (text: string) => said.push(`note: ${text}`) };
    return perform({ declared: lab.declared, name: "data", spec }, lab.way, listener);
  };
  const datasets = async () =>
    ((await lab.appliance("nas").call("pool.dataset.query")) as { id: string }[]).map(({ id }) => id);

  beforeAll(async () => {
    await lab.start();
    const nas = lab.appliance("nas");
    for (const [path, content] of Object.entries(FILES)) nas.console.write(`/mnt/tank/apps/data/${path}`, content);
    await nas.clock.advance(HOUR * 1.5);
    nas.console.write("/mnt/tank/apps/data/c.bin", "written since");
  });
  beforeEach(async () => {
    said.length = 0;
    lab.appliance("nas").resetCounters();
    await lab.appliance("nas").faults.clear();
  });
  afterAll(() => lab.stop());

  test("compares what a clone of the newest snapshot holds, and leaves nothing behind", async () => {
    const before = await datasets();
    const evidence = await drilled();

    expect(evidence).toMatchObject({
      version: 1,
      stack: "small",
      test: "data",
      appliance: "nas",
      dataset: "tank/apps/data",
      tier: "snapshot",
      performedAt: "2026-11-01T01:30:00.000Z",
      result: "passed",
      state: "tank/apps/data@hourly-2026-11-01_01-00",
      takenAt: "2026-11-01T01:00:00.000Z",
      ageSeconds: 1800,
      changed: 0,
    });
    expect(Object.fromEntries(evidence.files.map(({ path, sha256 }) => [path, sha256]))).toEqual(
      Object.fromEntries(Object.entries(FILES).map(([path, content]) => [path, checksum(content)])),
    );
    expect(await datasets()).toEqual(before);
    expect(lab.appliance("nas").console.read("/mnt/tank/apps/data/c.bin")).toBe("written since");
  });

  test("changes nothing outside its scratch dataset", async () => {
    await drilled();
    const reading = /(\.query|\.config|^filesystem\.(stat|listdir)|^system\.|^core\.)/;
    const writes = lab.appliance("nas").calls.filter(({ method }) => !reading.test(method));

    expect(
      writes.map(({ method, params }) => [method, JSON.stringify(params).includes("tank/restore-test-data")]),
    ).toEqual([
      ["pool.dataset.create", true],
      ["pool.snapshot.clone", true],
      ["pool.dataset.delete", true],
    ]);
  });

  test("cleans up and says so when something goes wrong on the way", async () => {
    const before = await datasets();
    lab.appliance("nas").faults.errorOn({ method: "filesystem.listdir", text: "[EFAULT] the disk is tired" });
    const evidence = await drilled();

    expect(evidence).toMatchObject({
      result: "failed",
      reason: expect.stringContaining("the disk is tired"),
      files: [],
    });
    expect(await datasets()).toEqual(before);
  });

  test("removes what a drill left that was killed, and nothing that only looks like it", async () => {
    const before = await datasets();
    const address = entryTo(applianceOf(lab.declared, "nas"), lab.way);
    const killed = new RestoreBench(address, "tank/restore-test-old", lab.way.environment);
    await makeScratch(killed, "small/old");
    await killed.change("pool.snapshot.clone", {
      snapshot: "tank/apps/data@hourly-2026-11-01_01-00",
      dataset_dst: "tank/restore-test-old/copy",
    });
    killed.close();
    await lab.appliance("nas").call("pool.dataset.create", { name: "tank/restore-test-mine" });

    expect(await removeLeftovers({ ...lab.declared, stack: "other" }, "nas", lab.way)).toEqual([]);
    expect(await removeLeftovers(lab.declared, "nas", lab.way)).toEqual(["tank/restore-test-old"]);
    expect(await datasets()).toEqual([...before, "tank/restore-test-mine"].sort());
    await lab.appliance("nas").call("pool.dataset.delete", "tank/restore-test-mine");
  });

  test("does not touch a dataset that bears the name of its scratch space by chance", async () => {
    await lab.appliance("nas").call("pool.dataset.create", { name: "tank/restore-test-data" });
    const evidence = await drilled();

    expect(evidence.reason).toBe("tank/restore-test-data is there already and is not ours; rename it, or remove it");
    expect(await datasets()).toContain("tank/restore-test-data");
    await lab.appliance("nas").call("pool.dataset.delete", "tank/restore-test-data");
  });

  test("keeps its evidence in a file for each test, the newest only", async () => {
    const folder = join(lab.dir, "evidence");
    const evidence = await drilled();

    expect(readEvidence(folder, "small", "data")).toBeUndefined();
    const file = writeEvidence(folder, { ...evidence, result: "failed" });
    writeEvidence(folder, evidence);
    expect(file).toBe(join(folder, "small/data.json"));
    expect(readEvidence(folder, "small", "data")).toEqual(evidence);
    expect(readdirSync(join(folder, "small"))).toEqual(["data.json"]);
    expect(existsSync(join(folder, "data.json"))).toBe(false);
  });
});
