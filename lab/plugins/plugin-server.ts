import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type {
  CheckRequest,
  CheckResponse,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import structs, { type Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { diffResponse } from "./diff-response.ts";
import { checkInputs, withDefaults } from "./input-check.ts";
import { diffInputs, topOf } from "./input-diff.ts";
import { decodedInputs } from "./provider-inputs.ts";
import type { CallContext, InputFailure, ResourceType, StandIn } from "./resource-type.ts";
import { hasSecret, plainMap, secret, secretTexts, UNKNOWN, type Wire, type WireMap } from "./values.ts";

const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Serves a stand-in on a free port of loopback and prints the port, as every Pulumi plugin does. */
export function serveStandIn(standIn: StandIn): void {
  const options = {
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  };
  const server = new Server(options);
  server.addService(ResourceProviderService, { ...new StandInService(standIn).handlers() });
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}

class StandInService {
  readonly #standIn: StandIn;
  readonly #abort = new AbortController();
  #provider: WireMap = {};

  constructor(standIn: StandIn) {
    this.#standIn = standIn;
  }

  handlers() {
    return {
      handshake: unary(() =>
        new messages.ProviderHandshakeResponse()
          .setAcceptSecrets(true)
          .setAcceptResources(false)
          .setAcceptOutputs(false),
      ),
      getPluginInfo: unary(() => new pluginMessages.PluginInfo().setVersion(this.#standIn.version)),
      checkConfig: unary((request: CheckRequest) => this.#checkConfig(request)),
      diffConfig: unary(() => new messages.DiffResponse().setChanges(messages.DiffResponse.DiffChanges.DIFF_NONE)),
      configure: unary((request: ConfigureRequest) => {
        this.#provider = plainMap(decodedInputs(read(request.getArgs()), this.#standIn.provider?.inputs ?? {}));
        return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
      }),
      check: unary((request: CheckRequest) => this.#check(request)),
      diff: unary((request: DiffRequest) => this.#diff(request)),
      create: unary((request: CreateRequest) => this.#create(request)),
      read: unary((request: ReadRequest) => this.#read(request)),
      update: unary((request: UpdateRequest) => this.#update(request)),
      delete: unary((request: DeleteRequest) => this.#delete(request)),
      invoke: unary((request: InvokeRequest) => this.#invoke(request)),
      cancel: unary(() => {
        this.#abort.abort();
        return new empty.Empty();
      }),
    };
  }

  #checkConfig(request: CheckRequest) {
    const { provider } = this.#standIn;
    const response = new messages.CheckResponse().setInputs(request.getNews());
    if (provider === undefined) return response;
    const { version, ...news } = read(request.getNews());
    return withFailures(response, checkInputs(provider, decodedInputs(news, provider.inputs)));
  }

  #check(request: CheckRequest) {
    const news = read(request.getNews());
    const failures = checkInputs(this.#type(request.getType()), news);
    return withFailures(new messages.CheckResponse().setInputs(write(news)), failures);
  }

  #diff(request: DiffRequest) {
    const type = this.#type(request.getType());
    const [olds, news] = [plainMap(read(request.getOldInputs())), plainMap(read(request.getNews()))];
    const ignored = new Set(request.getIgnorechangesList());
    const changed = diffInputs(type, olds, news).filter(({ path }) => !ignored.has(topOf(path)) && !ignored.has(path));
    return diffResponse(changed);
  }

  async #create(request: CreateRequest) {
    const type = this.#type(request.getType());
    const inputs = withDefaults(type, read(request.getProperties()));
    const response = new messages.CreateResponse();
    if (request.getPreview()) return response.setProperties(write(planned(type, inputs)));
    const created = await this.#masked(request.getUrn(), type, inputs, (context) =>
      type.create(plainMap(inputs), context),
    );
    return response.setId(created.id).setProperties(write(outputs(type, inputs, created.outputs)));
  }

  async #update(request: UpdateRequest) {
    const type = this.#type(request.getType());
    const inputs = withDefaults(type, read(request.getNews()));
    const response = new messages.UpdateResponse();
    if (request.getPreview()) return response.setProperties(write(planned(type, inputs)));
    const { update } = type;
    if (update === undefined) throw new Error(`${request.getType()} cannot be updated in place`);
    const olds = read(request.getOlds());
    const computed = await this.#masked(request.getUrn(), type, { ...olds, ...inputs }, (context) =>
      update(plainMap(inputs), plainMap(olds), context),
    );
    return response.setProperties(write(outputs(type, inputs, computed)));
  }

  /** Only some types know anything outside the state that could be gone; an import has everything to find out. */
  async #read(request: ReadRequest) {
    const response = new messages.ReadResponse().setId(request.getId());
    const state = read(request.getProperties());
    if (Object.keys(state).length > 0) {
      const { exists } = this.#type(request.getType());
      const there = exists === undefined || (await exists(request.getId(), this.#context(request.getUrn(), [])));
      if (!there) return new messages.ReadResponse();
      return response.setProperties(write(state)).setInputs(write(read(request.getInputs())));
    }
    const type = this.#type(request.getType());
    if (type.import === undefined) throw new Error(`${request.getType()} cannot be imported`);
    const { inputs, outputs: computed } = type.import(request.getId(), this.#context(request.getUrn(), []));
    return response.setInputs(write(inputs)).setProperties(write(outputs(type, withDefaults(type, inputs), computed)));
  }

  async #delete(request: DeleteRequest) {
    const type = this.#type(request.getType());
    const state = read(request.getProperties());
    await this.#masked(request.getUrn(), type, state, async (context) => type.delete?.(plainMap(state), context));
    return new empty.Empty();
  }

  async #invoke(request: InvokeRequest) {
    const token = request.getTok();
    const run = this.#standIn.functions?.[token];
    if (run === undefined) throw new Error(`the lab's stand-in does not know the function ${token}`);
    const args = read(request.getArgs());
    const result = await this.#masked("", undefined, args, (context) => run(plainMap(args), context));
    const hide = hasSecret(args);
    const entries = Object.entries(result).map(([key, value]) => [key, hide ? secret(value) : value]);
    return new messages.InvokeResponse().setReturn(write(Object.fromEntries(entries)));
  }

  #type(token: string): ResourceType {
    const type = this.#standIn.types[token];
    if (type !== undefined) return type;
    const known = Object.keys(this.#standIn.types).join(", ");
    throw new Error(`the lab's stand-in does not know the type ${token}; it knows ${known}`);
  }

  /** Does the work of a call; no secret that goes into it comes out in what it says or how it fails. */
  async #masked<T>(
    urn: string,
    type: ResourceType | undefined,
    given: WireMap,
    work: (context: CallContext) => Promise<T>,
  ): Promise<T> {
    const texts = secretTexts(given, type?.openKeys ?? []);
    try {
      return await work(this.#context(urn, texts));
    } catch (error) {
      throw new Error(masked(error instanceof Error ? error.message : String(error), texts));
    }
  }

  #context(urn: string, secrets: readonly string[]): CallContext {
    // Lines on stderr reach the user through the engine.
    const log = (message: string) => process.stderr.write(`${masked(message, secrets)}\n`);
    return { urn, log, signal: this.#abort.signal, provider: this.#provider };
  }
}

function masked(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, hidden) => shown.replaceAll(hidden, "[secret]"), text);
}

function withFailures(response: CheckResponse, failures: readonly InputFailure[]): CheckResponse {
  return response.setFailuresList(
    failures.map(({ property, reason }) => new messages.CheckFailure().setProperty(property).setReason(reason)),
  );
}

/** Inputs as they came, then what the object adds; what comes from a secret is secret. */
function outputs(type: ResourceType, inputs: WireMap, computed: WireMap): WireMap {
  const hide = hasSecret(inputs);
  const added = Object.entries(computed).map(([key, value]) => {
    const isSecret = hide || type.secretOutputs?.includes(key);
    return [key, isSecret ? secret(value) : value] as const;
  });
  return { ...inputs, ...Object.fromEntries(added) };
}

function planned(type: ResourceType, inputs: WireMap): WireMap {
  const unknowns = Object.fromEntries(type.computed.map((key) => [key, UNKNOWN]));
  return outputs(type, inputs, { ...unknowns, ...type.planned?.(inputs) });
}

function read(message: Struct | undefined): WireMap {
  return message?.toJavaScript() ?? {};
}

function write(map: WireMap): Struct {
  const entries = Object.entries(map).filter((entry): entry is [string, Wire] => entry[1] !== undefined);
  return structs.Struct.fromJavaScript(Object.fromEntries(entries));
}

function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback({ code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) }),
      );
  };
}
