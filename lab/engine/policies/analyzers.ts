import type { Goal } from "../planner/goal.ts";
import type { PropertyMap } from "../properties/value.ts";
import type { ResourceState } from "../state/resource-state.ts";

/** The policy packs of one operation. */
export class Analyzers {
  /** Has every pack judge one resource before anything is done to it. */
  async analyze(
    _goal: Goal,
    next: ResourceState,
    _provider: ResourceState | undefined,
  ): Promise<{ readonly inputs: PropertyMap; readonly mandatory: boolean }> {
    return { inputs: next.inputs, mandatory: false };
  }

  async analyzeStack(): Promise<void> {}

  async stop(): Promise<void> {}
}
