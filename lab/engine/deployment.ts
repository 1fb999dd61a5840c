import type { Analyzers } from "./policies/analyzers.ts";
import type { ProviderRegistry } from "./providers/registry.ts";
import type { Recorder } from "./recorder.ts";
import type { ResourceState } from "./state/resource-state.ts";
import type { Snapshot } from "./state/snapshot.ts";

/** What planner and executor share during one operation. */
export interface Deployment {
  readonly project: string;
  readonly stack: string;
  /** True when nothing may be changed: a preview. */
  readonly dryRun: boolean;
  readonly registry: ProviderRegistry;
  readonly analyzers: Analyzers;
  readonly recorder: Recorder;
  readonly snapshot: Snapshot;
  /** The state as it was before this operation, in dependency order. */
  readonly base: readonly ResourceState[];
  /** The resources of `base` that are alive, by URN. */
  readonly olds: ReadonlyMap<string, ResourceState>;
  /** What this operation produced, by URN. */
  readonly news: Map<string, ResourceState>;
}

/** The living resources of a state by URN; those that only wait for their deletion are left out. */
export function byUrn(resources: readonly ResourceState[]): Map<string, ResourceState> {
  return new Map(resources.filter((resource) => !resource.delete).map((resource) => [resource.urn, resource]));
}
