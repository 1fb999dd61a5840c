import type { Step } from "../../../lab/engine/index.ts";
import { type SiteYaml, wholeSiteOf } from "../../support/site-yaml.ts";
import { expectFine, World } from "../../support/world.ts";

/** Something that a program registers; what waits for its host has the type that it waits to become. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What it waits for, when it does. */
  readonly waitingFor: unknown;
}

/** Name of a resource in its program. */
export const nameOf = ({ urn }: { readonly urn: string }) => urn.split("::").slice(3).join("::");

const previews = new Map<string, Promise<Step[]>>();

/** What a preview of a whole site shows, the one of a stack unless another is given; each is previewed once. */
export function previewOf(stack: string, site?: SiteYaml): Promise<Step[]> {
  const preview = previews.get(stack) ?? previewed(site ?? wholeSiteOf(stack));
  previews.set(stack, preview);
  return preview;
}

async function previewed(site: SiteYaml): Promise<Step[]> {
  const world = new World("lab", { policyPacks: [], env: { TRUENAS_ENDPOINTS: "" } });
  try {
    const run = await world.stack(site).preview();
    expectFine(run);
    return run.steps;
  } finally {
    await world.close();
  }
}

/** Everything that a preview registers. */
export function registrationsIn(steps: readonly Step[]): Registration[] {
  return steps.map((step) => {
    const { waitingFor, ...inputs } = step.inputs as Record<string, unknown>;
    const { type = step.type } = (waitingFor ?? {}) as { type?: string };
    return { type, name: nameOf(step), urn: step.urn, inputs, waitingFor };
  });
}
