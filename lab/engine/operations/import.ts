import { randomBytes } from "node:crypto";
import type { Deployment } from "../deployment.ts";
import { StepApplier } from "../executor/apply-step.ts";
import { StepExecutor } from "../executor/step-executor.ts";
import { defaultName } from "../monitor/default-providers.ts";
import { deploymentOf, type Session } from "../session.ts";
import { blankState, type ResourceState } from "../state/resource-state.ts";
import { createUrn, isProviderType, packageOf, providerType, STACK_TYPE, stackUrn } from "../urn.ts";

/** An object to be taken into the state. */
export interface ImportRequest {
  readonly type: string;
  readonly name: string;
  /** The id under which its provider knows it. */
  readonly id: string;
  /** The provider resource to use; by default the package's default provider. */
  readonly provider?: { readonly name: string; readonly urn: string };
  readonly parent?: { readonly name: string; readonly urn: string };
  /** True unless said otherwise. */
  readonly protect?: boolean;
}

/** Reads objects that exist and records them as resources; what they are must then be written into the program. */
export async function importResources(session: Session, requests: readonly ImportRequest[]): Promise<void> {
  for (const { provider, parent } of requests) {
    if (provider && provider.name === parent?.name)
      throw new Error(`provider and parent must have distinct names, both were '${provider.name}'`);
  }
  const deployment = deploymentOf(session, session.base);
  session.snapshot.keepAll();
  const applier = new StepApplier(deployment, () => false);
  const executor = new StepExecutor(deployment, applier, session.cancellation, session.parallel);
  for (const request of requests) {
    if (!(await importOne(deployment, executor, request))) return;
  }
}

/** False when it failed, which the run tells. */
async function importOne(deployment: Deployment, executor: StepExecutor, request: ImportRequest): Promise<boolean> {
  const parent =
    request.parent === undefined ? await stackOf(deployment, executor) : knownParent(deployment, request.parent);
  const urn = createUrn(deployment.stack, deployment.project, parent, request.type, request.name);
  const known = existing(deployment, urn);
  if (known !== undefined) {
    if ((known.importId || known.id) === request.id) return true;
    throw new Error(`${urn} is already in the state with id "${known.id}"; it cannot be imported as "${request.id}"`);
  }
  const reference = await providerReference(deployment, executor, request);
  const provider = await deployment.registry.ensure(reference, deployment.snapshot.resources());
  const next: ResourceState = {
    ...blankState({ urn, type: request.type, custom: true }),
    parent,
    provider: reference,
    protect: request.protect ?? true,
    importId: request.id,
  };
  if (!(await executor.runChain([{ op: "import", urn, replaced: undefined, next, provider }]))) return false;
  // Like the official import, which keeps the id given only where the program asks for the import.
  next.importId = "";
  deployment.snapshot.touch(next);
  await warnOfInvalidInputs(deployment, provider, next);
  return true;
}

/** A resource of the state, or one that this import has brought in before. */
function existing({ olds, news }: Deployment, urn: string): ResourceState | undefined {
  return news.get(urn) ?? olds.get(urn);
}

function knownParent(deployment: Deployment, { name, urn }: { readonly name: string; readonly urn: string }): string {
  if (existing(deployment, urn)) return urn;
  throw new Error(`parent ${name}=${urn} is not in the state; run up first, or give the URN of a resource that exists`);
}

async function stackOf(deployment: Deployment, executor: StepExecutor): Promise<string> {
  const urn = stackUrn(deployment.stack, deployment.project);
  if (existing(deployment, urn)) return urn;
  const next = blankState({ urn, type: STACK_TYPE, custom: false });
  await executor.runChain([{ op: "create", urn, next, provider: undefined }]);
  return urn;
}

async function providerReference(
  deployment: Deployment,
  executor: StepExecutor,
  { provider, type }: ImportRequest,
): Promise<string> {
  if (provider !== undefined) return namedProvider(deployment, provider, type);
  const name = defaultName({ version: "", pluginDownloadUrl: "" });
  const kind = providerType(packageOf(type));
  const urn = createUrn(deployment.stack, deployment.project, undefined, kind, name);
  const known = existing(deployment, urn);
  if (known !== undefined) return `${urn}::${known.id}`;
  const next = blankState({ urn, type: kind, custom: true });
  const check = { urn, olds: {}, news: {}, allowUnknowns: false, randomSeed: randomBytes(32) };
  const { inputs, failures } = await deployment.registry.check(check);
  if (failures.length > 0) throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
  next.inputs = inputs;
  await executor.runChain([{ op: "create", urn, next, provider: deployment.registry }]);
  return `${urn}::${next.id}`;
}

function namedProvider(
  deployment: Deployment,
  { name, urn }: { readonly name: string; readonly urn: string },
  type: string,
): string {
  const state = existing(deployment, urn);
  if (state === undefined) {
    throw new Error(`provider ${name}=${urn} is not in the state; run up first, so that the provider exists`);
  }
  if (!isProviderType(state.type) || packageOf(state.type) !== packageOf(type)) {
    throw new Error(`${name}=${urn} is no provider of package "${packageOf(type)}", which ${type} needs`);
  }
  return `${urn}::${state.id}`;
}

/** A provider that does not accept what it has read itself has a defect; the import stands. */
async function warnOfInvalidInputs(
  deployment: Deployment,
  provider: Awaited<ReturnType<Deployment["registry"]["ensure"]>>,
  { urn, inputs }: ResourceState,
): Promise<void> {
  const check = { urn, olds: inputs, news: inputs, allowUnknowns: false, randomSeed: randomBytes(32) };
  for (const { property, reason } of (await provider.check(check)).failures) {
    const where = property === "" ? "" : `${property}: `;
    deployment.recorder.warning("provider", `the imported inputs are not valid: ${where}${reason}`, urn);
  }
}
