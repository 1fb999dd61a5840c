import { randomBytes } from "node:crypto";
import type { Deployment } from "../deployment.ts";
import { parsePath, valueAt } from "../properties/path.ts";
import { display, type PropertyMap } from "../properties/value.ts";
import type { CheckFailure } from "../providers/provider.ts";
import type { Recorder } from "../recorder.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { ignoringChanges } from "./effective-diff.ts";
import { PlanFailed } from "./planned-step.ts";
import type { Subject } from "./subject.ts";

/** The inputs as the provider wants them; failures are all reported before the plan fails. */
export async function checkedInputs(
  deployment: Deployment,
  { goal, next, provider }: Subject,
  old: ResourceState | undefined,
): Promise<PropertyMap> {
  const { recorder, dryRun } = deployment;
  let news = goal.inputs;
  if (old !== undefined && goal.ignoreChanges.length > 0) {
    const { inputs, impossible } = ignoringChanges(news, old.inputs, goal.ignoreChanges);
    news = inputs;
    if (impossible.length > 0) {
      const message = `changes cannot be ignored in elements that were added or removed: ${impossible.join(", ")}`;
      recorder.diagnostic({ source: "engine", severity: "info", urn: next.urn, message });
    }
  }
  if (provider === undefined) return news;
  const args = { urn: next.urn, olds: old?.inputs ?? {}, news, allowUnknowns: dryRun, randomSeed: randomBytes(32) };
  const { inputs, failures } = await provider.check(args);
  if (failures.length > 0) refuse(recorder, next, news, failures);
  return inputs;
}

function refuse(
  recorder: Recorder,
  { urn, type }: ResourceState,
  inputs: PropertyMap,
  failures: readonly CheckFailure[],
): never {
  for (const { property, reason } of failures) {
    const value = property === "" ? undefined : valueAt(inputs, parsePath(property));
    const seen = value === undefined ? "" : ` (value: ${JSON.stringify(display(value))})`;
    const message = property === "" ? reason : `${property}: ${reason}${seen}`;
    recorder.error("provider", `${type} is invalid: ${message}`, urn, property);
  }
  throw new PlanFailed(`${urn} is invalid`);
}
