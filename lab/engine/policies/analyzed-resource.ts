import type { Goal } from "../planner/goal.ts";
import { encode } from "../properties/codec.ts";
import type { PropertyMap } from "../properties/value.ts";
import { analyzer } from "../protocol/wire.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { parseUrn } from "../urn.ts";

/** A resource before anything is done to it: what a resource policy judges. */
export function analyzeRequest(goal: Goal, next: ResourceState, provider: ResourceState | undefined) {
  return new analyzer.AnalyzeRequest()
    .setUrn(next.urn)
    .setType(next.type)
    .setName(parseUrn(next.urn).name)
    .setProperties(properties(next.inputs))
    .setOptions(options(next, goal.deleteBeforeReplace))
    .setProvider(providerMessage(provider));
}

/** A resource with its outputs: what a stack policy judges. */
export function stackResource(
  state: ResourceState,
  deleteBeforeReplace: boolean | undefined,
  provider: ResourceState | undefined,
) {
  const message = new analyzer.AnalyzerResource()
    .setUrn(state.urn)
    .setType(state.type)
    .setName(parseUrn(state.urn).name)
    .setProperties(properties(state.outputs))
    .setOptions(options(state, deleteBeforeReplace))
    .setProvider(providerMessage(provider))
    .setParent(state.parent)
    .setDependenciesList(state.dependencies);
  for (const [key, urns] of Object.entries(state.propertyDependencies)) {
    if (urns.length === 0) continue;
    message.getPropertydependenciesMap().set(key, new analyzer.AnalyzerPropertyDependencies().setUrnsList(urns));
  }
  return message;
}

/** Unknowns and secrets stay marked; what concerns only the engine is left out. */
function properties(map: PropertyMap) {
  const visible = Object.entries(map).filter(([key]) => !key.startsWith("__"));
  return encode(Object.fromEntries(visible), { unknowns: true, secrets: true });
}

function options(state: ResourceState, deleteBeforeReplace: boolean | undefined) {
  const { create = 0, update = 0, delete: remove = 0, read = 0 } = state.customTimeouts;
  return new analyzer.AnalyzerResourceOptions()
    .setProtect(state.protect)
    .setIgnorechangesList(state.ignoreChanges)
    .setDeletebeforereplace(deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList(state.additionalSecretOutputs)
    .setAliasesList(state.aliases)
    .setParent(state.parent)
    .setCustomtimeouts(
      new analyzer.AnalyzerResourceOptions.CustomTimeouts()
        .setCreate(create)
        .setUpdate(update)
        .setDelete(remove)
        .setRead(read),
    );
}

function providerMessage(provider: ResourceState | undefined) {
  if (provider === undefined) return undefined;
  return new analyzer.AnalyzerProviderResource()
    .setUrn(provider.urn)
    .setType(provider.type)
    .setName(parseUrn(provider.urn).name)
    .setProperties(encode(provider.inputs, { unknowns: true, secrets: true }));
}
