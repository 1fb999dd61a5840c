import type { Deployment, StoredResource } from "../../../lab/engine/index.ts";
import { objectOf } from "../../support/declared-objects.ts";

/** What must be there before what, as a state records it. */
export class Order {
  readonly #resources: ReadonlyMap<string, StoredResource>;

  constructor({ resources = [] }: Deployment) {
    this.#resources = new Map(resources.map((resource) => [resource.urn, resource]));
  }

  /** The links of a chain that do not come after the one before them, as `later after earlier`. */
  broken(chain: readonly string[]): string[] {
    return chain.slice(1).flatMap((later, at) => {
      const earlier = chain[at] ?? "";
      return this.#before(later).has(earlier) ? [] : [`${later} after ${earlier}`];
    });
  }

  /** Everything that must be there before a resource, as `Kind name`. */
  #before(object: string): Set<string> {
    const found = new Set<string>();
    const open = [...this.#resources.values()].filter((resource) => objectOf(resource) === object);
    for (let resource = open.pop(); resource !== undefined; resource = open.pop()) {
      for (const urn of needsOf(resource)) {
        const needed = this.#resources.get(urn);
        if (!needed || found.has(objectOf(needed))) continue;
        found.add(objectOf(needed));
        open.push(needed);
      }
    }
    return found;
  }
}

function needsOf({ dependencies = [], provider }: StoredResource): string[] {
  return [...dependencies, ...(provider ? [provider.slice(0, provider.lastIndexOf("::"))] : [])];
}
