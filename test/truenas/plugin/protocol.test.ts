import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lifecycles } from "../support/lifecycles/index.ts";
import { Plugin, refusal, secret, UNKNOWN } from "../support/plugin.ts";

const directory = mkdtempSync(join(tmpdir(), "truenas-plugin-"));
const journal = join(directory, "journal.jsonl");
let plugin: Plugin;

beforeAll(async () => {
  plugin = await Plugin.start({ TRUENAS_JOURNAL: journal });
  await plugin.handshake();
  await plugin.configure({ host: "192.0.2.1", label: "din" });
});
afterAll(async () => {
  await plugin.stop();
});

describe("the provider process", () => {
  test("shakes hands, names its version and describes its types", async () => {
    expect(await plugin.handshake()).toEqual({ acceptSecrets: true });
    expect(await plugin.version()).toBe("0.1.0");
    const schema = await plugin.schema();
    const told = new Set(["Pool", ...lifecycles.map(({ type }) => type)]);
    expect(Object.keys(schema["resources"] as object).sort()).toEqual(
      [...told].map((name) => `truenas:index:${name}`).sort(),
    );
  });

  test("leaves what it does not do to the protocol's own answer", async () => {
    expect(await refusal(plugin.invoke())).toContain("does not implement");
  });

  test("ends when the engine goes away", async () => {
    const short = await Plugin.start();

    expect(await short.stop()).toBe(0);
  });

  test("previews a create without reaching anything and shows the call", async () => {
    const inputs = { name: "fast/photos", quota: 5_000_000_000_000, comments: UNKNOWN };

    const { id, outputs } = await plugin.create("Dataset", "photos", inputs, true);

    expect(id).toBe("");
    expect(outputs).toEqual({ ...inputs, mountpoint: "/mnt/fast/photos", pool: "fast" });
    const lines = readFileSync(journal, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      {
        host: "din",
        method: "pool.dataset.create",
        params: [
          {
            name: "fast/photos",
            comments: "<not known yet>",
            quota: 5_000_000_000_000,
            type: "FILESYSTEM",
            managedby: `pulumi:${createHash("sha256").update(plugin.urn("Dataset", "photos")).digest("hex").slice(0, 12)}`,
          },
        ],
        seconds: 0,
        planned: true,
      },
    ]);
  });

  test("names the remedy when no private key is configured, at the first call that needs it", async () => {
    const message = await refusal(plugin.create("Dataset", "photos", { name: "fast/photos" }));

    expect(message).toBe(
      "din: no SSH private key is configured; set it with  pulumi config set --secret truenas:privateKey  and run again",
    );
  });

  test("returns a secret input as a secret output", async () => {
    const { outputs } = await plugin.create("Dataset", "s", { name: "fast/s", comments: secret("hush hush") }, true);

    expect(outputs["comments"]).toEqual(secret("hush hush"));
    expect(readFileSync(journal, "utf8")).not.toContain("hush");
  });

  test("hands checked inputs back as they came", async () => {
    const inputs = { name: "fast/s", comments: secret("hush"), quota: UNKNOWN };

    expect(await plugin.checkedInputs("Dataset", "s", inputs)).toEqual(inputs);
  });
});
