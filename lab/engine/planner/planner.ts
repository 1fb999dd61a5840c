import { randomBytes } from "node:crypto";
import type { Deployment } from "../deployment.ts";
import { diffMaps } from "../properties/diff.ts";
import { parsePath, valueAt } from "../properties/path.ts";
import { display, type PropertyMap } from "../properties/value.ts";
import { type CheckFailure, DiffUnavailable, type Provider } from "../providers/provider.ts";
import { blankState, type ResourceState } from "../state/resource-state.ts";
import { createUrn, isProviderType, parseReference } from "../urn.ts";
import { AliasResolver } from "./aliases.ts";
import {
  diffWithProvider,
  type EffectiveDiff,
  effectiveDiff,
  forcedReplacement,
  ignoringChanges,
  NO_DIFF,
} from "./effective-diff.ts";
import type { Goal, ReadGoal } from "./goal.ts";
import { PlanFailed, type PlannedStep } from "./planned-step.ts";
import { Progress } from "./progress.ts";
import { protectedFromReplace } from "./protection.ts";
import { replacementSteps } from "./replacement.ts";

/** How the planner has an import carried out before it goes on with what was found. */
export type ImportNow = (step: Extract<PlannedStep, { op: "import" }>) => Promise<ResourceState>;

/** The plan for one registration: steps, or the state that already is as it should be. */
export type Plan = { readonly steps: readonly PlannedStep[] } | { readonly settled: ResourceState };

/** One resource on its way through the planner. */
interface Subject {
  readonly goal: Goal;
  readonly next: ResourceState;
  readonly provider: Provider | undefined;
}

/**
 * Turns what the program registers into steps. One registration at a time: Check and Diff are serial, as in the
 * official engine, and what is planned for one resource may decide over the next.
 */
export class Planner {
  readonly progress = new Progress();
  readonly #deployment: Deployment;
  readonly #aliases: AliasResolver;
  readonly #importNow: ImportNow;

  constructor(deployment: Deployment, importNow: ImportNow) {
    this.#deployment = deployment;
    this.#aliases = new AliasResolver(deployment.stack, deployment.project);
    this.#importNow = importNow;
  }

  /** True when the program has registered the resource, under its recorded URN or another. */
  isRegistered(urn: string): boolean {
    return this.progress.registered.has(this.#aliases.current(urn));
  }

  /** Plans a registration; throws `PlanFailed` when what is wrong has been reported. */
  async plan(goal: Goal): Promise<Plan> {
    const urn = this.#register(goal);
    const { old: recorded, alias } = this.#find(urn, goal);
    const next = this.#newState(urn, goal, alias);
    if (isProviderType(goal.type)) this.progress.providers.set(urn, next);
    const provider = await this.#providerOf(goal, urn);
    const subject = { goal, next, provider };

    const imported = await this.#importIfAsked(subject, recorded);
    const old = imported ?? recorded;
    const recreating = imported === undefined && this.progress.deleted.has(urn);
    const fresh = old === undefined || old.external || recreating;
    next.inputs = await this.#check(subject, fresh ? undefined : old);
    await this.#analyze(goal, next);

    if (old === undefined) return { steps: [{ op: "create", urn, next, provider }] };
    if (recreating) {
      this.progress.deleted.delete(urn);
      this.progress.replaced.add(urn);
      const diff = diffMaps(old.inputs, next.inputs);
      return { steps: [{ op: "create-replacement", urn, old, next, provider, keepsOld: false, diff }] };
    }
    if (old.external) return { steps: [{ op: "create-replacement", urn, old, next, provider, keepsOld: true }] };
    return await this.#compare(subject, old, imported !== undefined);
  }

  /** Plans the read of a resource that is not managed. */
  async planRead(goal: ReadGoal): Promise<PlannedStep> {
    const urn = this.#register(goal);
    const old = this.#deployment.olds.get(urn);
    const next: ResourceState = {
      ...blankState({ urn, type: goal.type, custom: true }),
      id: goal.id,
      inputs: goal.inputs,
      parent: goal.parent,
      external: true,
      dependencies: [...goal.dependencies],
      provider: goal.provider,
      additionalSecretOutputs: [...goal.additionalSecretOutputs],
    };
    const provider = await this.#deployment.registry.ensure(goal.provider, this.#deployment.base);
    return { op: "read", urn, old, next, provider };
  }

  #register(goal: { readonly parent: string; readonly type: string; readonly name: string }): string {
    const urn = createUrn(this.#deployment.stack, this.#deployment.project, goal.parent, goal.type, goal.name);
    if (this.progress.registered.has(urn)) {
      this.#fail(`the program registers ${urn} twice; give one of the two resources another name`, urn);
    }
    this.progress.registered.add(urn);
    return urn;
  }

  #find(urn: string, goal: Goal) {
    try {
      return this.#aliases.find(urn, goal, this.#deployment.olds, (other) => this.progress.registered.has(other));
    } catch (error) {
      return this.#fail((error as Error).message, urn);
    }
  }

  #newState(urn: string, goal: Goal, alias: string | undefined): ResourceState {
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

  async #providerOf(goal: Goal, urn: string): Promise<Provider | undefined> {
    if (!goal.custom) return undefined;
    if (isProviderType(goal.type)) return this.#deployment.registry;
    try {
      return await this.#deployment.registry.ensure(goal.provider, this.#deployment.base);
    } catch (error) {
      return this.#fail((error as Error).message, urn);
    }
  }

  async #importIfAsked({ goal, next, provider }: Subject, old: ResourceState | undefined) {
    if (!goal.custom || goal.importId === "" || provider === undefined) return undefined;
    const managed = old === undefined || old.external ? undefined : old;
    if (managed !== undefined && (managed.importId || managed.id) === goal.importId) return undefined;
    return await this.#importNow({ op: "import", urn: next.urn, replaced: managed, next: { ...next }, provider });
  }

  /** The inputs as the provider wants them; failures are all reported before the plan fails. */
  async #check({ goal, next, provider }: Subject, old: ResourceState | undefined): Promise<PropertyMap> {
    const { recorder, dryRun } = this.#deployment;
    let news = goal.inputs;
    if (old !== undefined && goal.ignoreChanges.length > 0) {
      const { inputs, impossible } = ignoringChanges(news, old.inputs, goal.ignoreChanges);
      news = inputs;
      if (impossible.length > 0) {
        const message = `changes cannot be ignored in elements that were added or removed: ${impossible.join(", ")}`;
        recorder.diagnostic({ source: "engine", severity: "info", urn: next.urn, message });
      }
    }
    if (provider === undefined) return news;
    const args = { urn: next.urn, olds: old?.inputs ?? {}, news, allowUnknowns: dryRun, randomSeed: randomBytes(32) };
    const { inputs, failures } = await provider.check(args);
    if (failures.length > 0) this.#failChecks(next, news, failures);
    return inputs;
  }

  #failChecks({ urn, type }: ResourceState, inputs: PropertyMap, failures: readonly CheckFailure[]): never {
    for (const { property, reason } of failures) {
      const value = property === "" ? undefined : valueAt(inputs, parsePath(property));
      const seen = value === undefined ? "" : ` (value: ${JSON.stringify(display(value))})`;
      const message = property === "" ? reason : `${property}: ${reason}${seen}`;
      this.#deployment.recorder.error("provider", `${type} is invalid: ${message}`, urn, property);
    }
    throw new PlanFailed(`${urn} is invalid`);
  }

  async #analyze(goal: Goal, next: ResourceState): Promise<void> {
    const { analyzers, dryRun } = this.#deployment;
    const provider = next.provider === "" ? undefined : this.#providerResource(next.provider);
    const { inputs, mandatory } = await analyzers.analyze(goal, next, provider);
    next.inputs = inputs;
    // A preview goes on, so that everything that is wrong is seen at once; an update stops before it touches anything.
    if (mandatory && !dryRun) throw new PlanFailed(`a mandatory policy forbids ${next.urn}`);
  }

  #providerResource(reference: string): ResourceState | undefined {
    const { urn } = parseReference(reference);
    return this.progress.providers.get(urn) ?? this.#deployment.olds.get(urn);
  }

  async #compare(subject: Subject, old: ResourceState, imported: boolean): Promise<Plan> {
    const { goal, next, provider } = subject;
    const { urn } = next;
    const diff = await this.#diff(subject, old);
    if (diff.replace || old.pendingReplacement) {
      this.#refuseIfProtected(old, next);
      if (provider !== undefined) next.inputs = await this.#check(subject, undefined);
      const deleteBeforeReplace = goal.deleteBeforeReplace ?? diff.deleteBeforeReplace;
      const replacement = { old, next, provider, diff, deleteBeforeReplace };
      return { steps: await replacementSteps(this.#deployment, this.progress, replacement) };
    }
    if (diff.changed || old.initErrors.length > 0) {
      const { ignoreChanges } = goal;
      return { steps: [{ op: "update", urn, old, next, provider, diff: diff.detailed, ignoreChanges }] };
    }
    if (imported) return { settled: old };
    return { steps: [{ op: "same", urn, old, next }] };
  }

  async #diff({ goal, next, provider }: Subject, old: ResourceState): Promise<EffectiveDiff> {
    if (next.deletedWith !== "" && this.progress.replaced.has(next.deletedWith))
      return forcedReplacement("deletedWith");
    if (await this.#providerChanged(old, next)) return forcedReplacement("provider");
    if (provider === undefined) {
      const detailed = diffMaps(old.inputs, next.inputs);
      return { ...NO_DIFF, changed: Object.keys(detailed).length > 0, detailed };
    }
    try {
      const { urn, inputs: news } = next;
      const { ignoreChanges } = goal;
      const allowUnknowns = this.#deployment.dryRun;
      const identity = { urn, id: old.id, oldInputs: old.inputs, oldOutputs: old.outputs };
      const diff = await diffWithProvider(provider, { ...identity, news, allowUnknowns, ignoreChanges });
      return effectiveDiff(diff, goal.replaceOnChanges, old.inputs, news);
    } catch (error) {
      if (!(error instanceof DiffUnavailable)) throw error;
      this.#deployment.recorder.warning("engine", error.message, next.urn);
      return { ...NO_DIFF, changed: true, detailed: diffMaps(old.inputs, next.inputs) };
    }
  }

  /** A change of provider replaces the resource only when the new provider says that the old one cannot be the same. */
  async #providerChanged(old: ResourceState, next: ResourceState): Promise<boolean> {
    if (old.provider === next.provider) return false;
    if (old.provider === "" || next.provider === "") return true;
    const [oldReference, newReference] = [parseReference(old.provider), parseReference(next.provider)];
    if (this.#aliases.current(oldReference.urn) === newReference.urn && oldReference.id === newReference.id)
      return false;
    const provider = this.#deployment.registry.get(next.provider);
    const [before, after] = [
      this.#deployment.olds.get(oldReference.urn),
      this.progress.providers.get(newReference.urn),
    ];
    if (provider === undefined || before === undefined || after === undefined) return false;
    const diff = await provider.diffConfig({
      urn: after.urn,
      oldInputs: before.inputs,
      oldOutputs: before.outputs,
      news: after.inputs,
      allowUnknowns: true,
      ignoreChanges: [],
    });
    return (
      diff.replaceKeys.length > 0 || Object.values(diff.detailed ?? {}).some(({ kind }) => kind.endsWith("-replace"))
    );
  }

  #refuseIfProtected(old: ResourceState, next: ResourceState): void {
    if (!old.protect || !next.protect) return;
    const message = protectedFromReplace(next.urn);
    this.#deployment.recorder.error("engine", message, next.urn);
    if (!this.#deployment.dryRun) throw new PlanFailed(message);
  }

  #fail(message: string, urn: string): never {
    this.#deployment.recorder.error("engine", message, urn);
    throw new PlanFailed(message);
  }
}
