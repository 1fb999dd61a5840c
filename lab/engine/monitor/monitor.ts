import { status } from "@grpc/grpc-js";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
  SupportsFeatureRequest,
} from "@pulumi/pulumi/proto/resource_pb.js";
import type { Cancellation } from "../executor/cancellation.ts";
import type { Goal } from "../planner/goal.ts";
import { ORGANIZATION } from "../processes/program.ts";
import { decode, encode } from "../properties/codec.ts";
import { withoutOutputs } from "../properties/value.ts";
import { type LoopbackServer, RpcError, serve, unary } from "../protocol/rpc.ts";
import { empty, provider as providerMessages, ResourceMonitorService, resource } from "../protocol/wire.ts";
import type { ProviderRegistry } from "../providers/registry.ts";
import { OperationStopped, type Registrar } from "../registrar.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { isProviderType, packageOf, parseReference, parseUrn } from "../urn.ts";
import type { DefaultProviders } from "./default-providers.ts";
import { goalOf, type RequestedGoal } from "./goal-request.ts";

/** What the SDK may rely on, by the names and numbers of the protocol. */
const FEATURES = new Map<string, number>([
  ["secrets", 0],
  ["resourceReferences", 1],
  ["outputValues", 2],
  ["aliasSpecs", 3],
  ["deletedWith", 5],
]);

export interface MonitorOptions {
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly registrar: Registrar;
  readonly registry: ProviderRegistry;
  readonly defaults: DefaultProviders;
  readonly cancellation: Cancellation;
}

/** The service through which a program registers its resources. */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #goals = new Map<string, Goal>();
  readonly #componentProviders = new Map<string, Readonly<Record<string, string>>>();
  readonly #resources = new Map<string, ResourceState>();

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  serve(): Promise<LoopbackServer> {
    return serve(ResourceMonitorService, {
      supportsFeature: unary((request: SupportsFeatureRequest) =>
        new resource.SupportsFeatureResponse().setHassupport(FEATURES.has(request.getId())),
      ),
      getDeploymentInfo: unary(() => this.#deploymentInfo()),
      registerResource: unary((request: RegisterResourceRequest) => this.#alive(this.#register(request))),
      registerResourceOutputs: unary((request: RegisterResourceOutputsRequest) => this.#registerOutputs(request)),
      readResource: unary((request: ReadResourceRequest) => this.#alive(this.#read(request))),
      invoke: unary((request: ResourceInvokeRequest) => this.#alive(this.#invoke(request))),
      signalAndWaitForShutdown: unary(() => new empty.Empty()),
      ...Object.fromEntries(UNSUPPORTED.map((method) => [method, unary(() => refuse(method))])),
    });
  }

  #deploymentInfo() {
    const { project, stack, config, secretKeys, dryRun, parallel } = this.#options;
    const info = new resource.DeploymentInfo()
      .setProject(project)
      .setStack(stack)
      .setOrganization(ORGANIZATION)
      .setConfigsecretkeysList([...secretKeys])
      .setDryrun(dryRun)
      .setParallel(parallel)
      .setSupportedfeaturesList([...FEATURES.values()] as ReturnType<typeof info.getSupportedfeaturesList>);
    for (const [key, value] of Object.entries(config)) info.getConfigMap().set(key, value);
    return info;
  }

  /** When the operation stops, the SDK is told that its monitor is gone, upon which it ends quietly. */
  async #alive<T>(work: Promise<T>): Promise<T> {
    const gone = this.#options.cancellation.happened.then(() => {
      throw new OperationStopped();
    });
    try {
      return await Promise.race([work, gone]);
    } catch (error) {
      if (error instanceof OperationStopped) throw new RpcError(status.UNAVAILABLE, error.message);
      throw error;
    }
  }

  async #register(request: RegisterResourceRequest) {
    if (request.getRemote()) refuse(`the remote component ${request.getType()}`);
    const requested = this.#inherit(goalOf(request));
    const provider = await this.#providerFor(request, requested);
    const goal = { ...requested, inputs: withPluginSource(request, requested), provider };
    const state = await this.#options.registrar.register(goal);
    this.#goals.set(state.urn, goal);
    this.#resources.set(state.urn, state);
    if (!goal.custom) this.#componentProviders.set(state.urn, this.#providersOf(request, goal));
    const understanding = {
      unknowns: true,
      secrets: request.getAcceptsecrets(),
      resources: request.getAcceptresources(),
    };
    return (
      new resource.RegisterResourceResponse()
        .setUrn(state.urn)
        .setId(state.id)
        // A component's recorded outputs may refer to resources that this run has not registered yet.
        .setObject(encode(goal.custom ? state.outputs : {}, understanding))
    );
  }

  #inherit(goal: RequestedGoal): RequestedGoal {
    const parent = this.#goals.get(goal.parent);
    if (parent === undefined) return goal;
    return {
      ...goal,
      protect: goal.protect ?? parent.protect,
      retainOnDelete: goal.retainOnDelete ?? parent.retainOnDelete,
      deletedWith: goal.deletedWith || parent.deletedWith,
    };
  }

  async #providerFor(request: RegisterResourceRequest, goal: RequestedGoal): Promise<string> {
    if (!goal.custom || isProviderType(goal.type)) return "";
    const pkg = packageOf(goal.type);
    const named =
      request.getProvider() || this.#inheritedProvider(goal.parent, pkg, request.getProvidersMap().get(pkg));
    if (named) return named;
    return await this.#options.defaults.reference({
      package: pkg,
      version: request.getVersion(),
      pluginDownloadUrl: request.getPlugindownloadurl().replace(/\/$/, ""),
    });
  }

  #inheritedProvider(parent: string, pkg: string, own: string | undefined): string | undefined {
    const fromParent = this.#goals.get(parent)?.provider ?? "";
    const matches = fromParent !== "" && packageOf(parseUrn(parseReference(fromParent).urn).type) === pkg;
    return own || (matches ? fromParent : undefined) || this.#componentProviders.get(parent)?.[pkg];
  }

  #providersOf(request: RegisterResourceRequest, goal: Goal): Readonly<Record<string, string>> {
    const own = Object.fromEntries(request.getProvidersMap().toArray() as [string, string][]);
    return { ...this.#componentProviders.get(goal.parent), ...own };
  }

  async #registerOutputs(request: RegisterResourceOutputsRequest) {
    await this.#options.registrar.registerOutputs(request.getUrn(), withoutOutputs(decode(request.getOutputs())));
    return new empty.Empty();
  }

  async #read(request: ReadResourceRequest) {
    const type = request.getType();
    const provider =
      request.getProvider() ||
      (await this.#options.defaults.reference({
        package: packageOf(type),
        version: request.getVersion(),
        pluginDownloadUrl: request.getPlugindownloadurl(),
      }));
    const state = await this.#options.registrar.read({
      id: request.getId(),
      type,
      name: request.getName(),
      parent: request.getParent(),
      inputs: withoutOutputs(decode(request.getProperties())),
      dependencies: request.getDependenciesList(),
      provider,
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    });
    this.#resources.set(state.urn, state);
    const understanding = {
      unknowns: true,
      secrets: request.getAcceptsecrets(),
      resources: request.getAcceptresources(),
    };
    return new resource.ReadResourceResponse().setUrn(state.urn).setProperties(encode(state.outputs, understanding));
  }

  async #invoke(request: ResourceInvokeRequest) {
    const token = request.getTok();
    const args = withoutOutputs(decode(request.getArgs()));
    if (token === "pulumi:pulumi:getResource") return this.#getResource(String(args["urn"]));
    const reference =
      request.getProvider() ||
      (await this.#options.defaults.reference({
        package: packageOf(token),
        version: request.getVersion(),
        pluginDownloadUrl: request.getPlugindownloadurl(),
      }));
    const provider = this.#options.registry.get(reference);
    if (provider === undefined) throw new RpcError(status.INVALID_ARGUMENT, `${token}: unknown provider ${reference}`);
    const { result, failures } = await provider.invoke(token, args, this.#options.dryRun);
    return new resource.ResourceInvokeResponse()
      .setReturn(encode(result, { unknowns: true, secrets: true, resources: request.getAcceptresources() }))
      .setFailuresList(
        failures.map(({ property, reason }) =>
          new providerMessages.CheckFailure().setProperty(property).setReason(reason),
        ),
      );
  }

  #getResource(urn: string) {
    const state = this.#resources.get(urn);
    if (state === undefined) throw new RpcError(status.NOT_FOUND, `${urn} is not a resource of this run`);
    const result = { urn, id: state.id, state: state.outputs };
    const all = { unknowns: true, secrets: true, resources: true };
    return new resource.ResourceInvokeResponse().setReturn(encode(result, all));
  }
}

/** Methods of the protocol that this engine does not know; the SDK asks before it uses them. */
const UNSUPPORTED = [
  "call",
  "existsResource",
  "registerStackTransform",
  "registerStackInvokeTransform",
  "registerResourceHook",
  "registerErrorHook",
  "registerPackage",
] as const;

function refuse(what: string): never {
  throw new RpcError(status.UNIMPLEMENTED, `the lab's engine does not support ${what}; use the official engine for it`);
}

/** A provider resource records which plugin it wants among its inputs, as the official engine has it. */
function withPluginSource(request: RegisterResourceRequest, goal: RequestedGoal): Goal["inputs"] {
  if (!isProviderType(goal.type)) return goal.inputs;
  const [version, url] = [request.getVersion(), request.getPlugindownloadurl()];
  return {
    ...goal.inputs,
    ...(version === "" && url === "" ? {} : { __internal: url === "" ? {} : { pluginDownloadURL: url } }),
    ...(version === "" ? {} : { version }),
  };
}
