import type { Provider } from "../providers/provider.ts";
import type { ResourceState } from "../state/resource-state.ts";
import type { Goal } from "./goal.ts";

/** One resource on its way through the planner. */
export interface Subject {
  readonly goal: Goal;
  readonly next: ResourceState;
  readonly provider: Provider | undefined;
}
