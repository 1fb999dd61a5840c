import type { ResourceState } from "../state/resource-state.ts";

/**
 * The state after a refresh: refreshed resources in place of the old ones, vanished ones left out, and nothing that
 * still refers to those. `outcome` holds undefined for what vanished, and no entry for what was not read.
 */
export function withoutVanished(
  base: readonly ResourceState[],
  outcome: ReadonlyMap<ResourceState, ResourceState | undefined>,
): ResourceState[] {
  const resources: ResourceState[] = [];
  const alive = new Set<string>();
  /** Parents of everything seen, so that a child of something vanished moves up. */
  const parents = new Map<string, string>();
  for (const old of base) {
    const next = outcome.has(old) ? outcome.get(old) : old;
    const parent = alive.has(old.parent) ? old.parent : (parents.get(old.parent) ?? "");
    parents.set(old.urn, parent);
    if (next === undefined) continue;
    resources.push(repaired(next, parent, (urn) => alive.has(urn)));
    alive.add(next.urn);
  }
  return resources;
}

/** The same object when nothing needs repair. */
function repaired(state: ResourceState, parent: string, isAlive: (urn: string) => boolean): ResourceState {
  const mentioned = [...state.dependencies, ...Object.values(state.propertyDependencies).flat()];
  const deletedWith = isAlive(state.deletedWith) ? state.deletedWith : "";
  if (mentioned.every(isAlive) && state.parent === parent && state.deletedWith === deletedWith) return state;
  const properties = Object.entries(state.propertyDependencies);
  return {
    ...state,
    parent,
    deletedWith,
    dependencies: state.dependencies.filter(isAlive),
    propertyDependencies: Object.fromEntries(properties.map(([key, urns]) => [key, urns.filter(isAlive)])),
  };
}
