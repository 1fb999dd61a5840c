import { StepApplier } from "../executor/apply-step.ts";
import { StepExecutor } from "../executor/step-executor.ts";
import { planDeletes } from "../planner/deletes.ts";
import { Registrar } from "../registrar.ts";
import { deploymentOf, type Session } from "../session.ts";

/** Deletes everything in the state, dependents first; in a preview, shows what would go and what is protected. */
export async function destroy(session: Session): Promise<void> {
  const { base, cancellation, parallel } = session;
  const deployment = deploymentOf(session, base);
  const deleted = new Set(base.map(({ urn }) => urn));
  const applier = new StepApplier(deployment, (urn) => deleted.has(urn));
  const executor = new StepExecutor(deployment, applier, cancellation, parallel);
  const { planner } = new Registrar(deployment, executor, cancellation);
  for (const group of await planDeletes(deployment, planner)) {
    if (cancellation.cancelled) return;
    await Promise.all(group.map((step) => executor.runChain([step])));
  }
}
