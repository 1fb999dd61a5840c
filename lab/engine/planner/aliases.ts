import type { ResourceState } from "../state/resource-state.ts";
import { createUrn, parseUrn, STACK_TYPE } from "../urn.ts";
import type { Alias, Goal } from "./goal.ts";
import { PlanFailed } from "./planned-step.ts";

/** Finds the recorded state of a resource under today's URN or one of its aliases, and remembers who took which name. */
export class AliasResolver {
  readonly #stack: string;
  readonly #project: string;
  /** Today's URN -> the URN under which the state was found. */
  readonly #found = new Map<string, string>();
  /** The other way round. */
  readonly #taken = new Map<string, string>();

  constructor(stack: string, project: string) {
    this.#stack = stack;
    this.#project = project;
  }

  /** The URN of today for a recorded one that was found through an alias; else the same. */
  current(urn: string): string {
    return this.#taken.get(urn) ?? urn;
  }

  /**
   * The recorded state and, when found under another name, that name. Throws `PlanFailed` when two resources of the
   * program claim the same state.
   */
  find(
    urn: string,
    goal: Goal,
    olds: ReadonlyMap<string, ResourceState>,
    registered: (urn: string) => boolean,
  ): { readonly old: ResourceState | undefined; readonly alias: string | undefined } {
    const claimant = this.#taken.get(urn);
    if (claimant !== undefined) throw new PlanFailed(claimedTwice(urn, claimant, urn));
    for (const candidate of [urn, ...this.#candidates(goal)]) {
      const old = olds.get(candidate);
      if (old === undefined) continue;
      if (candidate === urn) return { old, alias: undefined };
      const other = this.#taken.get(candidate) ?? (registered(candidate) ? candidate : undefined);
      if (other !== undefined) throw new PlanFailed(claimedTwice(candidate, other, urn));
      this.#found.set(urn, candidate);
      this.#taken.set(candidate, urn);
      return { old, alias: candidate };
    }
    return { old: undefined, alias: undefined };
  }

  #candidates(goal: Goal): string[] {
    const own = goal.aliases.map((alias) => this.#urnOf(alias, goal));
    const parentAlias = this.#found.get(goal.parent);
    if (parentAlias === undefined) return own;
    const parentName = parseUrn(goal.parent).name;
    const identities = [{ type: goal.type, name: goal.name }, ...own.map(parseUrn)];
    return [...own, ...identities.map(({ type, name }) => this.#inherited(type, name, parentName, parentAlias))];
  }

  /** A child is named after its parent by convention, so a renamed parent renames the child's alias too. */
  #inherited(type: string, name: string, parentName: string, parentAlias: string): string {
    const aliasName = name.startsWith(parentName) ? parseUrn(parentAlias).name + name.slice(parentName.length) : name;
    return createUrn(this.#stack, this.#project, parentAlias, type, aliasName);
  }

  #urnOf(alias: Alias, goal: Goal): string {
    if (alias.urn) return alias.urn;
    let parent = alias.parent || goal.parent;
    if (alias.parent) parent = this.#found.get(alias.parent) ?? alias.parent;
    if (alias.noParent || (parent !== "" && parseUrn(parent).qualifiedType === STACK_TYPE)) parent = "";
    return createUrn(
      alias.stack || this.#stack,
      alias.project || this.#project,
      parent,
      alias.type || goal.type,
      alias.name || goal.name,
    );
  }
}

function claimedTwice(recorded: string, first: string, second: string): string {
  return `the recorded resource ${recorded} is claimed by both ${first} and ${second}; remove one of the aliases`;
}
