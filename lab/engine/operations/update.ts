import type { Deployment } from "../deployment.ts";
import { StepApplier } from "../executor/apply-step.ts";
import { StepExecutor } from "../executor/step-executor.ts";
import { DefaultProviders } from "../monitor/default-providers.ts";
import { Monitor } from "../monitor/monitor.ts";
import { planDeletes } from "../planner/deletes.ts";
import { Program } from "../processes/program.ts";
import { Registrar } from "../registrar.ts";
import { deploymentOf, type Session } from "../session.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { parseReference, stackUrn } from "../urn.ts";

/** Runs the program and brings every resource to what it registers; in a preview, shows what that would be. */
export async function update(session: Session, base: readonly ResourceState[]): Promise<void> {
  const { cancellation, recorder } = session;
  const deployment = deploymentOf(session, base);
  let isDeleted: (urn: string) => boolean = () => false;
  const applier = new StepApplier(deployment, (urn) => urn !== "" && isDeleted(urn));
  const executor = new StepExecutor(deployment, applier, cancellation, session.parallel);
  const registrar = new Registrar(deployment, executor, cancellation);
  isDeleted = (urn) => registrar.planner.progress.deleted.has(urn);

  const programDone = await runProgram(session, registrar);
  await executor.idle();
  if (programDone && !cancellation.cancelled) await runDeletes(deployment, registrar, executor, session);
  const complete = programDone && !cancellation.cancelled;
  registrar.finishOutputs(!complete || recorder.failed);
  if (complete) await judgeStack(deployment, registrar);
}

/** Stack policies judge what the operation has brought about, so they run last, and only when all went well. */
async function judgeStack(deployment: Deployment, registrar: Registrar): Promise<void> {
  const { analyzers, news, olds, stack, project } = deployment;
  const providerOf = ({ provider }: ResourceState): ResourceState | undefined => {
    if (provider === "") return undefined;
    const { urn } = parseReference(provider);
    return registrar.planner.progress.providers.get(urn) ?? olds.get(urn);
  };
  await analyzers.analyzeStack([...news.values()], providerOf, stackUrn(stack, project));
}

/** True when the program has ended well and everything it registered is done. */
async function runProgram(session: Session, registrar: Registrar): Promise<boolean> {
  const { options, project, recorder, cancellation } = session;
  const common = {
    config: options.config,
    secretKeys: options.secretKeys ?? [],
    dryRun: session.dryRun,
    parallel: session.parallel,
    stack: options.stack,
  };
  const defaults = new DefaultProviders((goal) => registrar.register(goal), common.config, common.secretKeys);
  const { registry } = session;
  const monitor = await new Monitor({
    ...common,
    project: project.name,
    registrar,
    registry,
    defaults,
    cancellation,
  }).serve();
  try {
    const { engineAddress, env } = session;
    const addresses = { engineAddress, monitorAddress: monitor.address };
    const program = new Program({ ...common, ...addresses, project, env }, recorder);
    const outcome = await Promise.race([program.outcome(), cancellation.happened.then(() => "cancelled" as const)]);
    if (outcome === "cancelled") await program.finish();
    else if (outcome === undefined) return true;
    else if (outcome !== "" || !recorder.failed) recorder.error("program", outcome || "the program failed");
    cancellation.cancel();
    return false;
  } finally {
    monitor.stop();
  }
}

async function runDeletes(
  deployment: Deployment,
  registrar: Registrar,
  executor: StepExecutor,
  { cancellation }: Session,
): Promise<void> {
  for (const group of await planDeletes(deployment, registrar.planner)) {
    if (cancellation.cancelled) return;
    await Promise.all(group.map((step) => executor.runChain([step])));
  }
}
