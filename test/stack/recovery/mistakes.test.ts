import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runbookPage, stepsBelow, stepThat } from "../../support/runbook.ts";
import type { SiteYaml } from "../../support/site-yaml.ts";
import { expectFine, World } from "../../support/world.ts";
import { Hands } from "./support/hands.ts";
import { smallHouse } from "./support/small-house.ts";
import { contentsOf, declaredRpo, newestState, newestStates } from "./support/states.ts";

const HOUR = 3_600_000;
const PHOTOS = "/mnt/tank/photos";
const AT_HOME = { protocol: "nfs", address: "192.0.2.50", uid: 1000, gid: 1000 } as const;
const DOCUMENTS = "/mnt/tank/documents";

describe("a mistake or a dead machine, just before the next snapshots", () => {
  let world: World;
  let site: SiteYaml;
  let page: string;

  const nas = () => world.appliance("nas");
  const vault = () => world.appliance("vault");
  const lost = () => runbookPage("dev", site, "lost-alpha.md");
  const now = () => nas().clock.now().getTime();
  const type = (lines: readonly string[]) =>
    new Hands(world.dir, { "198.51.100.20": nas(), "198.51.100.21": vault() }).type(lines);
  /** The lines of a step, with what somebody puts in place of what it leaves open. */
  const lines = (heading: string, at: number, choices: Readonly<Record<string, string>> = {}) =>
    (stepsBelow(page, `On nas: ${heading}`)[at]?.lines ?? []).map((line) =>
      Object.entries(choices).reduce((text, [open, chosen]) => text.replaceAll(open, chosen), line),
    );

  beforeAll(async () => {
    world = new World("lab", { policyPacks: [] }, new Date("2026-11-02T08:10:00Z"));
    site = smallHouse();
    delete site.offsites;
    page = runbookPage("dev", site, "dataset-deleted.md");
    await world.settle(site);
    const consumer = nas().client({ ...AT_HOME, path: PHOTOS });
    for (const name of ["summer/sea.jpg", "summer/beach.jpg", "cat.jpg"]) consumer.save(name, name, 4e6);
    nas().client({ protocol: "smb", share: "documents", address: "198.51.100.50", user: "alice" }).save("taxes", "42");
    await nas().clock.advance(40 * HOUR);
    // Whoever types knows the administrator's password, so sudo need not ask for it.
    const [admin] = (await nas().call("user.query", [["username", "=", "truenas_admin"]])) as { id: number }[];
    await nas().call("user.update", admin?.id, { sudo_commands_nopasswd: ["ALL"] });
  });
  afterAll(() => world.close());

  test("deleted files are copied out of a snapshot, and nothing else changes", async () => {
    const before = nas().console.checksums(PHOTOS);
    for (const name of ["sea.jpg", "beach.jpg"]) nas().console.remove(`${PHOTOS}/summer/${name}`);
    const [login = "", dataset = "", look = "", ...copy] = lines("files are gone, the dataset is there", 0, {
      "pool/name": "tank/photos",
      "lost-folder": "summer",
    });
    const [newest = ""] = (await type([login, dataset, look])).split("\n");
    const snapshot = newest.split(" ").at(-1) ?? "";
    await type([login, dataset, ...copy.map((line) => line.replace("SNAPSHOT", snapshot))]);

    expect(nas().console.checksums(PHOTOS)).toEqual(before);
    const seconds = (now() - (await newestState(nas(), "tank/photos")).takenAt) / 1000;
    expect(snapshot).toBe((await newestState(nas(), "tank/photos")).snapshot);
    expect(seconds).toBe((23 * 60 + 55) * 60);
    expect(seconds).toBeLessThanOrEqual(declaredRpo(site, "nas", "tank/photos", "mistake"));
  });

  test("a spoilt dataset is looked at in a clone, and rolled back to its snapshot", async () => {
    const before = await newestState(nas(), "tank/documents");
    nas().console.write(`${DOCUMENTS}/taxes`, "encrypted by somebody else");
    const choices = { "pool/name": "tank/documents", SNAPSHOT: before.snapshot };
    expect(await type(lines("all of a dataset is spoilt", 0, choices))).toContain(" taxes\n");
    const [login = ""] = lines("all of a dataset is spoilt", 0);
    await type([login, ...lines("all of a dataset is spoilt", 1, choices)]);

    expect(nas().console.checksums(DOCUMENTS)).toEqual(before.checksums);
    expect((await nas().call("pool.dataset.query", [["id", "$", "-look"]])) as unknown[]).toEqual([]);
    const seconds = (now() - before.takenAt) / 1000;
    expect(seconds).toBe((23 * 60 + 55) * 60);
    expect(seconds).toBeLessThanOrEqual(declaredRpo(site, "nas", "tank/documents", "mistake"));
  });

  test("a destroyed dataset took its snapshots with it; it comes back from its copy, which comes to no harm", async () => {
    const before = await newestState(nas(), "tank/photos");
    const beside = contentsOf(nas(), ["tank/documents", "tank/configuration"]);
    const [copy] = contentsOf(vault(), ["cold/copies/photos"]);
    const destroyedAt = now();
    await nas().call("pool.dataset.delete", "tank/photos", { recursive: true });
    expect(await nas().call("pool.snapshot.query", [["dataset", "=", "tank/photos"]])).toEqual([]);

    const heading = "the dataset was destroyed";
    expect(lines(heading, 0)).toEqual(["npm run pulumi -- refresh", "npm run pulumi -- up --policy-pack policies"]);
    expectFine(await world.stack(site).refresh());
    expectFine(await world.stack(site).up({ skipPreview: true }));
    await nas().clock.advance(HOUR);
    expect(contentsOf(vault(), ["cold/copies/photos"])).toEqual([copy]);
    await type(lines(heading, 1));
    const others = /run_onetime .*"target_dataset": "(?!tank\/photos")/;
    await type(lines(heading, 2).filter((line) => !others.test(line)));

    expect(await newestState(nas(), "tank/photos")).toEqual(before);
    expect(nas().console.checksums(PHOTOS)).toEqual(before.checksums);
    expect(contentsOf(nas(), ["tank/documents", "tank/configuration"])).toEqual(beside);
    const seconds = (destroyedAt - before.takenAt) / 1000;
    expect(seconds).toBe((23 * 60 + 55) * 60);
    expect(seconds).toBeLessThanOrEqual(declaredRpo(site, "nas", "tank/photos"));
  });

  test("one more update puts everything back to what the site says, and replication goes on", async () => {
    expect(lines("the dataset was destroyed", 3)).toEqual(["npm run pulumi -- up --refresh --policy-pack policies"]);
    expectFine(await world.stack(site).up({ refresh: true, skipPreview: true }));
    await nas().clock.advance(24 * HOUR);

    const rows = (await nas().call("replication.query")) as { name: string; state: { state: string } }[];
    expect(rows.map(({ name, state }) => `${name} ${state.state}`).sort()).toEqual([
      "configuration FINISHED",
      "documents FINISHED",
      "photos FINISHED",
    ]);
    expect(await newestState(vault(), "cold/copies/photos")).toEqual(await newestState(nas(), "tank/photos"));
  });

  test("a machine that dies costs no data while its disks are whole: their pool is imported, and an update does the rest", async () => {
    const datasets = ["tank/photos", "tank/documents", "tank/configuration"];
    const before = [contentsOf(nas(), datasets), await newestStates(nas(), datasets)];
    await world.reinstall("nas");
    expect(await nas().call("pool.query")).toEqual([]);
    const [login = "", find = "", take = ""] = stepThat(lost(), "Do", "Import the pools").lines;
    const [pool] = JSON.parse(await type([login, find])) as [{ guid: string }];
    await type([login, take.replace("GUID", pool.guid)]);
    expectFine(await world.stack(site).refresh());
    const run = await world.stack(site).up({ skipPreview: true });

    expectFine(run);
    const onDisk = run.steps.filter(({ type }) => /^truenas:index:(Pool|Dataset|FilesystemAcl)$/.test(type));
    expect([...new Set(onDisk.map(({ op }) => op))]).toEqual(["same"]);
    expect([contentsOf(nas(), datasets), await newestStates(nas(), datasets)]).toEqual(before);
    expect(
      nas()
        .client({ ...AT_HOME, path: PHOTOS })
        .load("cat.jpg"),
    ).toBe("cat.jpg");
  });
});
