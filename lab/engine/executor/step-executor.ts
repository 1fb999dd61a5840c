import type { Deployment } from "../deployment.ts";
import type { PlannedStep } from "../planner/planned-step.ts";
import { ProviderError } from "../protocol/rpc-errors.ts";
import { PartialFailure, ProtectedResource, type StepApplier } from "./apply-step.ts";
import type { Cancellation } from "./cancellation.ts";
import { StepPool } from "./step-pool.ts";
import { viewStep } from "./step-view.ts";

/**
 * Runs planned steps, a bounded number at a time. The first failure stops the operation: what runs may finish, nothing
 * new begins.
 */
export class StepExecutor {
  readonly #deployment: Deployment;
  readonly #applier: StepApplier;
  readonly #cancellation: Cancellation;
  readonly #pool: StepPool;

  constructor(deployment: Deployment, applier: StepApplier, cancellation: Cancellation, parallel: number) {
    this.#deployment = deployment;
    this.#applier = applier;
    this.#cancellation = cancellation;
    this.#pool = new StepPool(parallel);
  }

  /** Runs steps one after another; resolves to false when one of them failed or the operation was cancelled. */
  runChain(steps: readonly PlannedStep[]): Promise<boolean> {
    return this.#pool.run(async () => {
      for (const step of steps) {
        if (this.#cancellation.cancelled || !(await this.#run(step))) return false;
      }
      return true;
    });
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    await this.#pool.idle();
  }

  async #run(step: PlannedStep): Promise<boolean> {
    const { recorder, snapshot } = this.#deployment;
    recorder.event({ type: "step-started", step: viewStep(step) });
    const start = performance.now();
    try {
      await this.#applier.apply(step);
      // Nothing is lost with a "same" that is not saved at once; everything else is on disk before anybody hears of it.
      if (step.op !== "same") await snapshot.save();
    } catch (error) {
      await this.#failed(step, error);
      return false;
    }
    if (this.#isVisible(step)) recorder.stepDone({ ...viewStep(step), seconds: (performance.now() - start) / 1000 });
    return true;
  }

  /** A replacement is one step to the user, reported when its new object exists. */
  #isVisible(step: PlannedStep): boolean {
    if (step.op !== "delete-replaced") return true;
    return !step.beforeReplacement && !this.#deployment.news.has(step.urn);
  }

  async #failed(step: PlannedStep, error: unknown): Promise<void> {
    const { recorder, snapshot } = this.#deployment;
    const fromProvider = error instanceof ProviderError || error instanceof PartialFailure;
    const source = fromProvider ? "provider" : "engine";
    const message = error instanceof Error ? error.message : String(error);
    recorder.event({ type: "step-failed", step: viewStep(step), message });
    recorder.error(source, message, step.urn);
    for (const { path, reason } of error instanceof ProviderError ? error.problems : []) {
      recorder.error(source, `${path}: ${reason}`, step.urn, path);
    }
    // Every protected resource is named in one run: refusing to delete has no effect that others could depend on.
    if (!(error instanceof ProtectedResource)) this.#cancellation.cancel();
    await snapshot.flush();
  }
}
