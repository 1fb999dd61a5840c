import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { TalosPlan } from "../../../components/clusters/talos/plan.ts";
import { readSecrets } from "../../../components/clusters/talos/secrets.ts";
import { KEEP_SECRETS, makeSecrets } from "../../../components/clusters/talos/steps.ts";
import { PluginClient, sharedFolder } from "../../lab/plugins/support/plugin-client.ts";

const LOCAL = "command:local:Command";

function inputs(version: string) {
  const plan: TalosPlan = {
    name: "prod",
    version,
    kubernetes: "v1.36.3",
    endpoint: "10.0.1.10",
    subnet: "10.0.1.0/24",
    nodes: [],
  };
  return { create: makeSecrets(plan), update: KEEP_SECRETS, logging: "none" };
}

describe("the secrets of a Talos cluster", () => {
  let plugin: PluginClient;
  const folder = sharedFolder();

  beforeAll(async () => {
    const tools = join(import.meta.dirname, "../../../lab/talos");
    plugin = await PluginClient.start(
      "command",
      {},
      {
        TALOS_LAB: folder,
        PATH: [tools, process.env["PATH"] ?? ""].join(delimiter),
      },
    );
  });

  test("are made once, and stay through fifty releases", async () => {
    const made = await plugin.create(LOCAL, inputs("v1.13.9"));
    readSecrets(String(made.outputs["stdout"]));

    let state = made.outputs;
    for (let minor = 1; minor <= 50; minor++) {
      const next = inputs(`v1.${minor}.0`);
      const { replaces } = await plugin.diff(LOCAL, inputs("v1.13.9"), next);
      expect(replaces).toEqual([]);
      state = await plugin.update(LOCAL, made.id, state, next);
      expect(state["stdout"]).toBe(made.outputs["stdout"]);
    }
  });
});
