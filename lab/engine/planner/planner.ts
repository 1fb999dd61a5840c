import type { Deployment } from "../deployment.ts";
import { diffMaps } from "../properties/diff.ts";
import { DiffUnavailable, type Provider } from "../providers/provider.ts";
import { blankState, type ResourceState } from "../state/resource-state.ts";
import { createUrn, isProviderType, parseReference } from "../urn.ts";
import { AliasResolver } from "./aliases.ts";
import { checkedInputs } from "./checked-inputs.ts";
import { diffWithProvider, type EffectiveDiff, effectiveDiff, forcedReplacement, NO_DIFF } from "./effective-diff.ts";
import type { Goal, ReadGoal } from "./goal.ts";
import { newState } from "./new-state.ts";
import { PlanFailed, type PlannedStep } from "./planned-step.ts";
import { Progress } from "./progress.ts";
import { protectedFromReplace } from "./protection.ts";
import { replacementSteps } from "./replacement.ts";
import type { Subject } from "./subject.ts";

/** How the planner has an import carried out before it goes on with what was found. */
export type ImportNow = (step: Extract<PlannedStep, { op: "import" }>) => Promise<ResourceState>;

/** The plan for one registration: steps, or the state that already is as it should be. */
export type Plan = { readonly steps: readonly PlannedStep[] } | { readonly settled: ResourceState };

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
    const next = newState(urn, goal, alias);
    if (isProviderType(goal.type)) this.progress.providers.set(urn, next);
    const provider = await this.#providerOf(goal, urn);
    const subject = { goal, next, provider };

    const imported = await this.#importIfAsked(subject, recorded);
    const old = imported ?? recorded;
    const recreating = imported === undefined && this.progress.deleted.has(urn);
    const fresh = old === undefined || old.external || recreating;
    next.inputs = await checkedInputs(this.#deployment, subject, fresh ? undefined : old);
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
      if (provider !== undefined) next.inputs = await checkedInputs(this.#deployment, subject, undefined);
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
