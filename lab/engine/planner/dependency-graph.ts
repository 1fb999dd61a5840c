import type { ResourceState } from "../state/resource-state.ts";
import { parseReference } from "../urn.ts";

/** URNs of everything a resource needs but its parent: provider, and dependencies of any kind. */
function dependenciesOf(resource: ResourceState): Set<string> {
  const urns = new Set([...resource.dependencies, ...Object.values(resource.propertyDependencies).flat()]);
  if (resource.provider !== "") urns.add(parseReference(resource.provider).urn);
  if (resource.deletedWith !== "") urns.add(resource.deletedWith);
  return urns;
}

/**
 * The resources that depend on `root`, directly or not, in dependency order; being a child alone does not count.
 * `resources` must be in the order of a state: everything after what it depends on.
 */
export function dependentsOf(
  root: ResourceState,
  resources: readonly ResourceState[],
  ignored: (urn: string) => boolean,
): ResourceState[] {
  const found = new Set([root.urn]);
  return resources.slice(resources.indexOf(root) + 1).filter((candidate) => {
    if (ignored(candidate.urn)) return false;
    const dependent = [...dependenciesOf(candidate)].some((urn) => found.has(urn));
    if (dependent) found.add(candidate.urn);
    return dependent;
  });
}

/**
 * Groups resources for deletion: each group may go at once, after all groups before it. `resources` must be in the
 * order of a state.
 */
export function deletionOrder(resources: readonly ResourceState[]): ResourceState[][] {
  const rank = new Map<ResourceState, number>();
  const latest = new Map<string, ResourceState[]>();
  for (const resource of resources) {
    const needed = [...dependenciesOf(resource), resource.parent].flatMap((urn) => latest.get(urn) ?? []);
    rank.set(resource, 1 + Math.max(-1, ...needed.map((other) => rank.get(other) ?? 0)));
    latest.set(resource.urn, [...(latest.get(resource.urn) ?? []), resource]);
  }
  const groups: ResourceState[][] = [];
  for (const [resource, index] of rank) {
    const group = groups[index] ?? [];
    groups[index] = group;
    group.push(resource);
  }
  return groups.reverse();
}
