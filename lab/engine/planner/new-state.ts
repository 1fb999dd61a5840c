import { blankState, type ResourceState } from "../state/resource-state.ts";
import type { Goal } from "./goal.ts";

/** The state that a goal asks for, before its provider has said anything. */
export function newState(urn: string, goal: Goal, alias: string | undefined): ResourceState {
  return {
    ...blankState({ urn, type: goal.type, custom: goal.custom }),
    inputs: goal.inputs,
    parent: goal.parent,
    protect: goal.protect ?? false,
    retainOnDelete: goal.retainOnDelete ?? false,
    dependencies: [...goal.dependencies],
    propertyDependencies: { ...goal.propertyDependencies },
    provider: goal.provider,
    additionalSecretOutputs: [...goal.additionalSecretOutputs],
    aliases: alias === undefined ? [] : [alias],
    customTimeouts: goal.customTimeouts,
    importId: goal.importId,
    deletedWith: goal.deletedWith,
    ignoreChanges: [...goal.ignoreChanges],
    replaceOnChanges: [...goal.replaceOnChanges],
  };
}
