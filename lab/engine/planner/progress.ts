import type { ResourceState } from "../state/resource-state.ts";

/** What has been planned so far, by URN. */
export class Progress {
  /** Every resource that the program has registered or read. */
  readonly registered = new Set<string>();
  readonly replaced = new Set<string>();
  /** Planned for deletion; a resource that comes back later is taken off. */
  readonly deleted = new Set<string>();
  /** Deleted ahead of a replacement they depend on; what exactly forced it is shown when they come back. */
  readonly condemned = new Set<ResourceState>();
  /** Provider resources as last registered. */
  readonly providers = new Map<string, ResourceState>();
}
