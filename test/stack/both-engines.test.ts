import { describe, expect, test } from "vitest";
import { ENGINES, type EngineName, WITHOUT_OFFICIAL_ENGINE } from "../support/engines.ts";
import { siteOf } from "../support/site-yaml.ts";
import { World } from "../support/world.ts";

const here = ENGINES.includes("official");
const PROVIDER = "pulumi:providers:";

interface Stored {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly dependencies?: readonly string[];
}

/** What an engine makes of a world: every resource of its state as far as it is the same wherever it is made. */
async function settled(engine: EngineName) {
  const world = new World(engine);
  const site = siteOf("dev");
  try {
    const run = await world.settle(site);
    const state = (await world.stack(site).state()) as { deployment?: { resources: Stored[] }; resources?: Stored[] };
    const resources = state.deployment?.resources ?? state.resources ?? [];
    return {
      operations: Object.fromEntries(run.steps.map(({ urn, op }) => [urn, op])),
      resources: Object.fromEntries(resources.filter(({ type }) => !type.startsWith(PROVIDER)).map(comparable)),
    };
  } finally {
    await world.close();
  }
}

function comparable({ urn, inputs, outputs, parent, protect, retainOnDelete, dependencies = [] }: Stored) {
  const { guid, rowId, capacity, ...same } = outputs ?? {};
  const options = { parent, protect: protect ?? false, retainOnDelete: retainOnDelete ?? false };
  return [urn, { inputs: inputs ?? {}, outputs: same, ...options, dependencies: [...dependencies].sort() }];
}

describe(here ? "both engines" : `both engines (${WITHOUT_OFFICIAL_ENGINE})`, () => {
  test.skipIf(!here)("do the same with the dev site, and store the same", async () => {
    const [ours, theirs] = [await settled("lab"), await settled("official")];

    expect(Object.values(ours.operations).filter((op) => op === "create").length).toBeGreaterThan(30);
    expect(Object.keys(ours.resources).length).toBeGreaterThan(30);
    expect(ours.operations).toEqual(theirs.operations);
    expect(ours.resources).toEqual(theirs.resources);
  });
});
