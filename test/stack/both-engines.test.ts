import { describe, expect, test } from "vitest";
import { ENGINES, type EngineName, WITHOUT_OFFICIAL_ENGINE } from "../support/engines.ts";
import { siteOf } from "../support/site-yaml.ts";
import { World } from "../support/world.ts";

const here = ENGINES.includes("official");
const PROVIDER = "pulumi:providers:";
/** How both engines mark what they encrypt. */
const MARK = "4dabf18193072939515e22adb298388d";
/** What each run makes anew: the keys of a world, and the numbers and sizes that its appliances hand out. */
const PUBLIC_KEY = /(?<=ssh-ed25519 )[\w+/=]+/g;
const MADE_ANEW = ["guid", "rowId", "capacity"];
/** What the official plugin notes for itself, and what the stand-in does not work out. */
const OF_RANDOM = ["__meta", "__pulumi_raw_state_delta", "bcryptHash", "id"];

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

function comparable({ urn, type, inputs, outputs, parent, protect, retainOnDelete, dependencies = [] }: Stored) {
  const left = type.startsWith("random:") ? OF_RANDOM : MADE_ANEW;
  const same = Object.entries(outputs ?? {}).filter(([key]) => !left.includes(key));
  const options = { parent, protect: protect ?? false, retainOnDelete: retainOnDelete ?? false };
  const values = { inputs: masked(inputs ?? {}), outputs: masked(Object.fromEntries(same)) };

  return [urn, { ...values, ...options, dependencies: [...dependencies].sort() }];
}

/** A value without what differs from run to run by its nature: how a secret is encrypted, and keys made anew. */
function masked(value: unknown): unknown {
  if (typeof value === "string") return value.replace(PUBLIC_KEY, "[key]");
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  if (MARK in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, masked(inside)]));
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
