import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openConfiguration } from "../../../lab/truenas/index.ts";
import { refusal } from "../../lab/truenas/support/appliance.ts";
import { OTHER_KEY, PRIVATE_KEY } from "../../support/recovery-key.ts";
import { runbookPage, stepThat } from "../../support/runbook.ts";
import { datasetIn, type SiteYaml } from "../../support/site-yaml.ts";
import { expectFine, World } from "../../support/world.ts";
import { Hands } from "./support/hands.ts";
import { rebuilt } from "./support/rebuilt.ts";
import { smallHouse } from "./support/small-house.ts";
import { contentsOf, declaredRpo } from "./support/states.ts";

const HOUR = 3_600_000;
const PHOTOS = "/mnt/tank/photos";
const DATA = ["tank/photos", "tank/documents"];

describe("a house whose data also leaves it", () => {
  let world: World;
  let site: SiteYaml;
  /** What lay there when the newest offsite copies were made, and what the owner wrote on paper. */
  let kept: ReturnType<typeof contentsOf>;
  const sheet = new Map<string, string>();

  const nas = () => world.appliance("nas");
  const vault = () => world.appliance("vault");
  const now = () => nas().clock.now().getTime();
  const type = (lines: readonly string[]) => new Hands(world.dir, { "198.51.100.20": nas() }).type(lines);
  const consumer = () => nas().client({ protocol: "nfs", path: PHOTOS, address: "192.0.2.50", uid: 1000, gid: 1000 });

  beforeAll(async () => {
    world = new World("lab", { policyPacks: [] }, new Date("2026-11-02T08:10:00Z"));
    site = smallHouse();
    await world.settle(site);
    for (const name of ["summer/sea.jpg", "summer/beach.jpg", "cat.jpg"]) consumer().save(name, name, 4e6);
    nas().client({ protocol: "smb", share: "documents", address: "198.51.100.50", user: "alice" }).save("taxes", "42");
    await nas().clock.advance(40 * HOUR);
    kept = contentsOf(nas(), DATA);
    consumer().save("winter/snow.jpg", "too late", 4e6);
    // Until just before the first offsite copies of the next day.
    await nas().clock.advance(3.75 * HOUR);
  });
  afterAll(() => world.close());

  test("a new machine with the old disks is the old appliance, by the copy of its configuration that the vault has", async () => {
    const before = contentsOf(nas(), DATA);
    const [newest] = vault()
      .console.list("/mnt/cold/copies/configuration")
      .toSorted((one, other) => other.writtenAt - one.writtenAt);
    expect(newest?.path).toBe("nas-2026-11-03.tar.cms");
    expect(() => openConfiguration(newest?.content ?? "", OTHER_KEY)).toThrow("is not for this private key");
    // Changed after the copy was made: the update that follows puts it right.
    site = structuredClone(site);
    datasetIn(site, "nas", "tank", "photos").snapshots = [{ tier: "daily" }, { tier: "hourly" }];
    expectFine(await world.stack(site).up({ skipPreview: true }));
    await world.reinstall("nas", openConfiguration(newest?.content ?? "", PRIVATE_KEY));

    expect(contentsOf(nas(), DATA)).toEqual(before);
    expectFine(await world.stack(site).refresh());
    const run = await world.stack(site).up({ skipPreview: true });
    expectFine(run);
    const changed = run.steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
    expect(changed).toEqual(["create nas/tank/photos@hourly"]);
    const lost = (now() - (newest?.writtenAt ?? 0)) / 1000;
    expect(lost).toBeLessThanOrEqual(declaredRpo(site, "nas", "tank/configuration"));
  });

  test("without the passphrase of the state nobody reads its secrets, and the appliance still tells the passwords", async () => {
    const forgotten = world.stack(site, { env: { PULUMI_CONFIG_PASSPHRASE: "forgotten" } });
    expect((await forgotten.preview()).diagnostics.map(({ message }) => message)).toEqual([
      "the passphrase does not open the secrets of this state; set PULUMI_CONFIG_PASSPHRASE to the one it was written with",
    ]);

    const page = runbookPage("dev", site, "passphrase-lost.md");
    const told = await type(stepThat(page, "Do: the passphrase of the state", "the passwords").lines);
    for (const line of told.trim().split("\n")) sheet.set(...(line.split("\t") as [string, string]));
    expect([...sheet.keys()].sort()).toEqual(["configuration", "documents", "photos"]);
    expect(new Set(sheet.values()).size).toBe(3);
  });

  test("after the loss of everything, photos and documents come from the cloud by the runbook's commands", async () => {
    const page = runbookPage("dev", site, "everything-lost.md");
    const lostAt = now();
    await world.lose("nas");
    await world.lose("vault");
    site = rebuilt(rebuilt(site, "nas"), "vault");
    await world.rack(site, { stateFile: join(world.dir, "no-state.json") });
    expectFine(await world.stack(site).refresh());
    expectFine(await world.stack(site).up({ skipPreview: true }));
    await type(stepThat(page, "Do", "Keep its tasks quiet").lines);

    const step = stepThat(page, "Do", "From outside the house");
    for (const dataset of DATA) {
      const [login = ""] = step.lines;
      const first = step.lines.findIndex((line) => line.startsWith("TASK=") && line.includes(`"/mnt/${dataset}"`));
      const [task = "", list = "", choose = "", restore = ""] = step.lines.slice(first);
      const shown = (await type([login, task, list])).trim().split("\n");
      const [id = "", time = ""] = shown.at(-1)?.split("\t") ?? [];
      await type([login, task, choose.replace("ID", id), restore]);

      const lost = (lostAt - Date.parse(time)) / 1000;
      expect(lost, dataset).toBeLessThanOrEqual(declaredRpo(site, "nas", dataset, "site"));
      expect(lost, dataset).toBeGreaterThan(19 * 3600);
    }
    expect(contentsOf(nas(), DATA)).toEqual(kept);
    expectFine(await world.stack(site).up({ refresh: true, skipPreview: true }));
    expect(consumer().load("cat.jpg")).toBe("cat.jpg");
  });

  test("a repository opens with the password on the sheet; without it, nobody ever reads it", async () => {
    const [task] = (await nas().call("cloud_backup.query", [["description", "=", "photos"]])) as {
      id: number;
      attributes: object;
      credentials: { id: number };
    }[];
    await nas().call("cloud_backup.delete", task?.id);
    await nas().call("pool.dataset.create", { name: "tank/back" });
    const opened = (password: string) => ({
      ...{ description: "by hand", path: "/mnt/tank/back", password, keep_last: 30, enabled: false },
      ...{ credentials: task?.credentials.id, attributes: task?.attributes },
    });

    expect(await refusal(nas(), "cloud_backup.create", opened("guessed"))).toContain("wrong password or no key found");
    expect(world.inTheCloud.length).toBeGreaterThan(0);
    expect(world.inTheCloud.filter((body) => /sea\.jpg|taxes/.test(body))).toEqual([]);
    const { id } = (await nas().call("cloud_backup.create", opened(sheet.get("photos") ?? ""))) as { id: number };
    await nas().call("cloud_backup.restore", id, "latest", "/", "/mnt/tank/back");
    expect(nas().console.checksums("/mnt/tank/back")).toEqual(kept[0]);
  });
});
