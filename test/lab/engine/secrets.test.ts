import { readFile, stat } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { messages, steps, Workbench } from "./support/workbench.ts";

const LIST = [
  { name: "a", inputs: { password: "hunter2", withToken: true }, secrets: ["password"] },
  { name: "user", inputs: { uses: "$a.token" } },
];

describe("secrets", () => {
  test("what is secret stays so in steps, outputs and state, and what comes of it is secret too", async () => {
    const bench = new Workbench();
    const stack = bench.stack(LIST);

    const up = await stack.up({ skipPreview: true });

    expect(messages(up)).toEqual([]);
    const [a, user] = up.steps.filter(({ type }) => type === "probe:index:Thing");
    expect(a?.inputs).toEqual({ size: 1, password: "[secret]", withToken: true });
    expect(a?.outputs).toMatchObject({ password: "[secret]", token: "[secret]", address: "probe://a-1" });
    expect(user?.inputs).toEqual({ size: 1, uses: "[secret]" });
    expect(up.outputs["tokens"]).toEqual({ a: "[secret]" });
    const text = await readFile(bench.stateFile, "utf8");
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("token of");
    expect((await stat(bench.stateFile)).mode & 0o777).toBe(0o600);

    const again = await stack.up({ skipPreview: true });

    expect(steps(again)).toEqual(["same a", "same user"]);
    const changed = await bench.stack([{ ...LIST[0], name: "a", inputs: { password: "new" } }]).preview();
    expect(steps(changed)).toEqual(["update a", "delete user"]);
  });

  test("a provider that knows no secrets gets plain values, and its answers are marked by name", async () => {
    const bench = new Workbench();
    const env = { PROBE_SECRETS: "off", PROBE_HANDSHAKE: "off" };
    const stack = bench.stack([LIST[0] ?? { name: "" }], { env });

    const up = await stack.up({ skipPreview: true });

    expect(messages(up)).toEqual([]);
    expect(bench.world.get("a-1")).toMatchObject({ password: "hunter2" });
    expect(up.steps.at(-1)?.outputs).toMatchObject({ password: "[secret]" });
    expect(steps(await stack.preview())).toEqual(["same a"]);
  });

  test("outputs that the program declares secret are", async () => {
    const bench = new Workbench();

    const up = await bench
      .stack([{ name: "a", options: { additionalSecretOutputs: ["address"] } }])
      .up({ skipPreview: true });

    expect(up.steps.at(-1)?.outputs).toEqual({ size: 1, address: "[secret]" });
  });

  test("without a passphrase one is made and kept beside the state for its owner alone", async () => {
    const bench = new Workbench();
    const stack = bench.stack(LIST, { env: { PULUMI_CONFIG_PASSPHRASE: "" } });
    await stack.up({ skipPreview: true });

    const file = `${bench.stateFile}.passphrase`;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(steps(await stack.preview())).toEqual(["same a", "same user"]);

    const wrong = await bench.stack(LIST).preview();
    expect(messages(wrong)).toEqual([
      "the passphrase does not open the secrets of this state; set PULUMI_CONFIG_PASSPHRASE to the one it was written with",
    ]);
  });

  test("a secret in the configuration reaches the program as a secret", async () => {
    const bench = new Workbench();

    const preview = await bench.stack([], { config: { "things:pin": "1234" }, secretKeys: ["things:pin"] }).preview();

    expect(messages(preview)).toEqual([]);
    expect(preview.outputs["pin"]).toBe("[secret]");
  });
});
