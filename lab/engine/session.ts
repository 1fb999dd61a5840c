import { byUrn, type Deployment } from "./deployment.ts";
import { Cancellation } from "./executor/cancellation.ts";
import { Analyzers } from "./policies/analyzers.ts";
import { environment } from "./processes/environment.ts";
import { type Project, readProject } from "./project.ts";
import { serveEngine } from "./protocol/engine-service.ts";
import type { LoopbackServer } from "./protocol/rpc.ts";
import { PluginHost } from "./providers/plugin-host.ts";
import { ProviderRegistry } from "./providers/registry.ts";
import { Recorder } from "./recorder.ts";
import type { Run, StackOptions } from "./run.ts";
import type { ResourceState } from "./state/resource-state.ts";
import { Snapshot } from "./state/snapshot.ts";
import { StateFile } from "./state/state-file.ts";

/** Everything one operation runs on; it lives from its start to its end. */
export interface Session {
  readonly options: StackOptions;
  readonly project: Project;
  readonly parallel: number;
  readonly dryRun: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly recorder: Recorder;
  readonly cancellation: Cancellation;
  readonly host: PluginHost;
  readonly registry: ProviderRegistry;
  readonly analyzers: Analyzers;
  /** Address to which the program logs. */
  readonly engineAddress: string;
  readonly snapshot: Snapshot;
  /** The state at the start. */
  readonly base: readonly ResourceState[];
}

/** The state file of a stack. */
export function stateFileOf(options: StackOptions): StateFile {
  const passphrase = options.env?.["PULUMI_CONFIG_PASSPHRASE"] ?? environment.passphrase();
  return new StateFile(options.stateFile, passphrase);
}

/** Prepares an operation, carries it out and ends every process it started, whatever happens. */
export async function withSession(
  options: StackOptions,
  dryRun: boolean,
  operate: (session: Session) => Promise<void>,
): Promise<Run> {
  const recorder = new Recorder(options.onEvent);
  const cancellation = new Cancellation();
  const closers: (() => Promise<void> | void)[] = [];
  let killed = false;
  try {
    const session = await open(options, dryRun, recorder, cancellation, closers);
    const abort = () => {
      killed = true;
      cancellation.cancel();
      void session.host.cancelAll();
    };
    if (options.signal?.aborted) abort();
    options.signal?.addEventListener("abort", abort, { once: true });
    closers.push(() => options.signal?.removeEventListener("abort", abort));
    await operate(session);
    await session.snapshot.flush();
  } catch (error) {
    recorder.error("engine", error instanceof Error ? error.message : String(error));
  } finally {
    for (const close of closers.reverse()) await close();
  }
  return recorder.run(killed);
}

async function open(
  options: StackOptions,
  dryRun: boolean,
  recorder: Recorder,
  cancellation: Cancellation,
  closers: (() => Promise<void> | void)[],
): Promise<Session> {
  const project = await readProject(options.projectDir);
  const file = stateFileOf(options);
  const { resources, pending } = await file.load();
  for (const { type, resource } of pending) recorder.warning("engine", interrupted(type, resource), resource.urn);
  const env = { ...environment.inherited(), ...options.env };
  const listen = async (source: Parameters<typeof serveEngine>[0]): Promise<LoopbackServer> => {
    const server = await serveEngine(source, recorder);
    closers.push(() => server.stop());
    return server;
  };
  const programEngine = await listen("program");
  const pluginEngine = await listen("provider");
  const host = new PluginHost({ project, engineAddress: pluginEngine.address, env, config: options.config, recorder });
  closers.push(() => host.stopAll());
  const policyEngine = await listen("policy");
  const analyzers = new Analyzers(options.policyPacks ?? [], {
    project: project.name,
    stack: options.stack,
    config: options.config,
    secretKeys: options.secretKeys ?? [],
    dryRun,
    env,
    engineAddress: policyEngine.address,
    recorder,
  });
  closers.push(() => analyzers.stop());
  return {
    options,
    project,
    parallel: options.parallel ?? environment.parallel(),
    dryRun,
    env,
    recorder,
    cancellation,
    host,
    registry: new ProviderRegistry(host),
    analyzers,
    engineAddress: programEngine.address,
    snapshot: new Snapshot(resources, dryRun ? undefined : file),
    base: resources,
  };
}

/** A deployment over the given state. */
export function deploymentOf(session: Session, base: readonly ResourceState[]): Deployment {
  const { project, options, dryRun, registry, analyzers, recorder, snapshot } = session;
  return {
    project: project.name,
    stack: options.stack,
    dryRun,
    registry,
    analyzers,
    recorder,
    snapshot,
    base,
    olds: byUrn(base),
    news: new Map(),
  };
}

function interrupted(type: string, { urn, id }: ResourceState): string {
  if (type === "creating") {
    return `the last operation was interrupted while creating this resource: the object may exist although the state does not know it; it is taken up as new (${urn})`;
  }
  return `the last operation was interrupted while ${type} this resource (id ${id}); run refresh to see what came of it (${urn})`;
}
