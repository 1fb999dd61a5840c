import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { TalosPlan } from "../../../components/clusters/talos/plan.ts";
import { readSecrets } from "../../../components/clusters/talos/secrets.ts";
import { KEEP_SECRETS, makeSecrets } from "../../../components/clusters/talos/steps.ts";
import { PluginClient, sharedFolder } from "../../lab/plugins/support/plugin-client.ts";

const ROUNDS = 50;

/** A secret of a cluster as it is registered, in every release of the program and of the cluster. */
interface Secret {
  readonly of: string;
  readonly pkg: string;
  readonly type: string;
  readonly output: string;
  /** What is registered in a round, the first one included. */
  inputs(round: number): Record<string, unknown>;
  readonly leftAlone: readonly string[];
}

const SECRETS: readonly Secret[] = [
  {
    ...{ of: "Talos, from release to release", pkg: "command", type: "command:local:Command", output: "stdout" },
    inputs: (round) => ({ create: makeSecrets(talos(`v1.${13 + round}.0`)), update: KEEP_SECRETS, logging: "none" }),
    leftAlone: ["create"],
  },
  {
    ...{ of: "Talos, even where nothing is left alone", pkg: "command", type: "command:local:Command" },
    output: "stdout",
    inputs: (round) => ({ create: makeSecrets(talos(`v1.${13 + round}.0`)), update: KEEP_SECRETS, logging: "none" }),
    leftAlone: [],
  },
  {
    ...{ of: "K3s, should the program ask for another length", pkg: "random", output: "result" },
    type: "random:index/randomPassword:RandomPassword",
    inputs: (round) => ({ length: 48 + round, special: false }),
    leftAlone: ["length"],
  },
];

function talos(version: string): TalosPlan {
  const [endpoint, subnet] = ["10.0.1.10", "10.0.1.0/24"];
  return { name: "prod", version, kubernetes: "v1.36.3", endpoint, subnet, nodes: [] };
}

describe("the secrets of a cluster", () => {
  const plugins = new Map<string, PluginClient>();
  const folder = sharedFolder();

  beforeAll(async () => {
    const tools = join(import.meta.dirname, "../../../lab/talos");
    const env = { TALOS_LAB: folder, PATH: [tools, process.env["PATH"] ?? ""].join(delimiter) };
    for (const pkg of ["command", "random"]) plugins.set(pkg, await PluginClient.start(pkg, {}, env));
  });

  test.each(SECRETS)(`of $of, are made once and stay through ${ROUNDS} previews and updates`, async (secret) => {
    const { pkg, type, output, inputs, leftAlone } = secret;
    const plugin = plugins.get(pkg);
    if (!plugin) throw new Error(`${pkg} was not started`);
    const made = await plugin.create(type, inputs(0));
    if (pkg === "command") readSecrets(String(made.outputs[output]));

    let [state, recorded] = [made.outputs, inputs(0)];
    for (let round = 1; round <= ROUNDS; round++) {
      const next = inputs(round);
      const { changes, replaces } = await plugin.diff(type, recorded, next, leftAlone);
      expect([changes.length > 0, replaces]).toEqual([leftAlone.length === 0, []]);
      if (changes.length === 0) continue;

      await plugin.update(type, made.id, state, next, { preview: true });
      state = await plugin.update(type, made.id, state, next);
      recorded = next;
      expect(state[output]).toBe(made.outputs[output]);
    }
    expect(state[output]).toBe(made.outputs[output]);
  });
});
