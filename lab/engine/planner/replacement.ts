import type { Deployment } from "../deployment.ts";
import { type PropertyMap, Unknown } from "../properties/value.ts";
import type { Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { isProviderType, parseReference } from "../urn.ts";
import { dependentsOf } from "./dependency-graph.ts";
import { diffWithProvider, type EffectiveDiff, effectiveDiff } from "./effective-diff.ts";
import { PlanFailed, type PlannedStep } from "./planned-step.ts";
import type { Progress } from "./progress.ts";
import { protectedFromDependentReplace } from "./protection.ts";

interface Replacement {
  readonly old: ResourceState;
  readonly next: ResourceState;
  readonly provider: Provider | undefined;
  readonly diff: EffectiveDiff;
  readonly deleteBeforeReplace: boolean;
}

/** The steps of a replacement in the order asked for; what must be deleted with it comes first. */
export async function replacementSteps(
  deployment: Deployment,
  progress: Progress,
  replacement: Replacement,
): Promise<PlannedStep[]> {
  const { old, next, provider, diff } = replacement;
  const { urn } = next;
  progress.replaced.add(urn);
  const create = { op: "create-replacement", urn, old, next, provider, diff: diff.detailed } as const;
  if (!replacement.deleteBeforeReplace) return [{ ...create, keepsOld: true }];

  const steps: PlannedStep[] = [];
  for (const dependent of (await replacedWith(deployment, progress, old)).reverse()) {
    if (progress.condemned.has(dependent)) continue;
    if (dependent.protect) {
      const message = protectedFromDependentReplace(dependent.urn, urn);
      deployment.recorder.error("engine", message, dependent.urn);
      throw new PlanFailed(message);
    }
    progress.condemned.add(dependent);
    progress.deleted.add(dependent.urn);
    steps.push({ op: "delete-replaced", urn: dependent.urn, old: dependent, beforeReplacement: true });
  }
  if (!old.pendingReplacement) {
    progress.deleted.add(old.urn);
    if (old.provider !== "") await deployment.registry.ensure(old.provider, deployment.base);
    steps.push({ op: "delete-replaced", urn: old.urn, old, beforeReplacement: true });
  }
  return [...steps, { ...create, keepsOld: false }];
}

/**
 * The dependents of a resource that cannot live through its deletion, in dependency order: those whose provider says
 * that they would be replaced if every property that comes from a replaced resource changed.
 */
async function replacedWith(deployment: Deployment, progress: Progress, root: ResourceState): Promise<ResourceState[]> {
  const replaced = new Set([root.urn]);
  const found: ResourceState[] = [];
  const settled = (urn: string) => progress.registered.has(urn) || progress.deleted.has(urn);
  for (const candidate of dependentsOf(root, deployment.base, settled)) {
    if (await mustGo(deployment, candidate, replaced)) {
      found.push(candidate);
      replaced.add(candidate.urn);
    }
  }
  return found;
}

async function mustGo(
  deployment: Deployment,
  resource: ResourceState,
  replaced: ReadonlySet<string>,
): Promise<boolean> {
  if (!resource.custom || resource.external || resource.delete) return false;
  const provider = resource.provider === "" ? "" : parseReference(resource.provider).urn;
  if (replaced.has(provider) || replaced.has(resource.deletedWith)) return true;
  const news: PropertyMap = Object.fromEntries(
    Object.entries(resource.inputs).map(([key, value]) => {
      const dependsOnReplaced = resource.propertyDependencies[key]?.some((urn) => replaced.has(urn)) ?? false;
      return [key, dependsOnReplaced ? Unknown.VALUE : value];
    }),
  );
  if (!Object.values(news).includes(Unknown.VALUE)) return false;
  if (isProviderType(resource.type)) return false;
  const args = {
    urn: resource.urn,
    id: resource.id,
    oldInputs: resource.inputs,
    oldOutputs: resource.outputs,
    news,
    allowUnknowns: true,
    ignoreChanges: resource.ignoreChanges,
  };
  const diff = await diffWithProvider(await deployment.registry.ensure(resource.provider, deployment.base), args);
  return effectiveDiff(diff, resource.replaceOnChanges, resource.inputs, news).replace;
}
