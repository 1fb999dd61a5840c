import type { Deployment } from "./deployment.ts";
import type { Cancellation } from "./executor/cancellation.ts";
import type { StepExecutor } from "./executor/step-executor.ts";
import type { Goal, ReadGoal } from "./planner/goal.ts";
import { PlanFailed, type PlannedStep } from "./planner/planned-step.ts";
import { Planner } from "./planner/planner.ts";
import { display, type PropertyMap } from "./properties/value.ts";
import { ProviderError } from "./protocol/rpc-errors.ts";
import type { ResourceState } from "./state/resource-state.ts";
import { stackUrn } from "./urn.ts";

/** The operation has stopped; whoever waits for it will get no answer. */
export class OperationStopped extends Error {
  constructor() {
    super("the operation has stopped");
  }
}

/** Takes registrations one by one through the planner and hands their steps to the executor. */
export class Registrar {
  readonly planner: Planner;
  readonly #deployment: Deployment;
  readonly #executor: StepExecutor;
  readonly #cancellation: Cancellation;
  #planning: Promise<void> = Promise.resolve();
  #stackOutputs: PropertyMap | undefined;

  constructor(deployment: Deployment, executor: StepExecutor, cancellation: Cancellation) {
    this.#deployment = deployment;
    this.#executor = executor;
    this.#cancellation = cancellation;
    this.planner = new Planner(deployment, async (step) => {
      if (!(await executor.runChain([step]))) throw new PlanFailed(`${step.urn} could not be imported`);
      return step.next;
    });
  }

  /** Resolves with the state of the resource once it is as the program wants it; rejects when the operation stops. */
  async register(goal: Goal): Promise<ResourceState> {
    const plan = await this.#serially(() => this.planner.plan(goal));
    if ("settled" in plan) return plan.settled;
    return await this.#run(plan.steps);
  }

  /** Reads a resource that is not managed. */
  async read(goal: ReadGoal): Promise<ResourceState> {
    const step = await this.#serially(() => this.planner.planRead(goal));
    return await this.#run([step]);
  }

  /** Records the outputs of a component; those of the stack wait for the end, when it is known how things went. */
  async registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const { stack, project, news, snapshot } = this.#deployment;
    if (urn === stackUrn(stack, project)) {
      this.#stackOutputs = outputs;
      return;
    }
    const state = news.get(urn);
    if (state === undefined) throw new Error(`outputs were registered for ${urn}, which is not a resource of this run`);
    state.outputs = outputs;
    snapshot.touch(state);
  }

  /** Settles the outputs of the stack; after a failure, outputs that the program did not come to keep their old values. */
  finishOutputs(failed: boolean): void {
    const { stack, project, news, olds, snapshot, recorder } = this.#deployment;
    const urn = stackUrn(stack, project);
    const state = news.get(urn);
    if (state === undefined || this.#stackOutputs === undefined) return;
    state.outputs = failed ? { ...olds.get(urn)?.outputs, ...this.#stackOutputs } : this.#stackOutputs;
    snapshot.touch(state);
    recorder.outputs(display(state.outputs) as Record<string, unknown>);
  }

  async #run(steps: readonly PlannedStep[]): Promise<ResourceState> {
    const last = steps.at(-1);
    if (!(await this.#executor.runChain(steps)) || last === undefined || !("next" in last))
      throw new OperationStopped();
    return last.next;
  }

  #serially<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#planning.then(async () => {
      if (this.#cancellation.cancelled) throw new OperationStopped();
      try {
        return await work();
      } catch (error) {
        this.#report(error);
        this.#cancellation.cancel();
        throw new OperationStopped();
      }
    });
    this.#planning = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  #report(error: unknown): void {
    if (error instanceof PlanFailed) return;
    const source = error instanceof ProviderError ? "provider" : "engine";
    this.#deployment.recorder.error(source, error instanceof Error ? error.message : String(error));
  }
}
