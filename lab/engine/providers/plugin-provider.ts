import { decode, EVERYTHING, encode, type Understanding } from "../properties/codec.ts";
import { containsSecrets, containsUnknowns, type PropertyMap, withoutOutputs } from "../properties/value.ts";
import { call, isUnimplemented } from "../protocol/rpc.ts";
import { providerError } from "../protocol/rpc-errors.ts";
import { empty, provider as messages, type ResourceProviderClient } from "../protocol/wire.ts";
import { packageOf, parseUrn } from "../urn.ts";
import { readDiff } from "./diff-response.ts";
import { checkRequest, checkResult, diffRequest, failuresOf, hidden, keepSecrets } from "./messages.ts";
import {
  type CheckArgs,
  type CheckFailure,
  type CheckResult,
  type DiffArgs,
  type DiffResult,
  DiffUnavailable,
  type Provider,
  type ReadResult,
  type UpdateArgs,
} from "./provider.ts";

/** What a provider said of itself, in Handshake or else in Configure. */
export interface Abilities {
  readonly secrets: boolean;
  readonly resources: boolean;
  readonly preview: boolean;
}

type Client = InstanceType<typeof ResourceProviderClient>;

const UNKNOWN_CONFIGURATION =
  "the provider of this resource has inputs that are not known during preview; what the update does may differ from what is shown here";

/** One provider plugin process: the protocol's messages behind the `Provider` interface. */
export class PluginProvider implements Provider {
  readonly #client: Client;
  readonly #stop: () => Promise<void>;
  #abilities: Abilities | undefined;
  /** Settles when Configure has answered; undefined until it was called. */
  #configured: Promise<void> | undefined;
  #configKnown = true;

  constructor(client: Client, abilities: Abilities | undefined, stop: () => Promise<void>) {
    this.#client = client;
    this.#abilities = abilities;
    this.#stop = stop;
  }

  async checkConfig(args: CheckArgs): Promise<CheckResult> {
    const request = checkRequest(args, { unknowns: true });
    try {
      const response = await call(this.#client, this.#client.checkConfig, request);
      return checkResult(response, args.news, false);
    } catch (error) {
      if (isUnimplemented(error)) return { inputs: args.news, failures: [] };
      throw providerError(error);
    }
  }

  async diffConfig(args: Omit<DiffArgs, "id">): Promise<DiffResult> {
    const request = diffRequest({ ...args, id: "", allowUnknowns: true }, {});
    try {
      return readDiff(await call(this.#client, this.#client.diffConfig, request));
    } catch (error) {
      if (!isUnimplemented(error)) throw providerError(error);
      return { changes: "unknown", replaceKeys: [], changedKeys: [], detailed: undefined, deleteBeforeReplace: false };
    }
  }

  /** Starts Configure; whether it succeeded is learnt by the first call that needs it. */
  configure(urn: string, id: string, inputs: PropertyMap): void {
    this.#configKnown = !Object.entries(inputs).some(([key, value]) => key !== "version" && containsUnknowns(value));
    const configured = this.#configKnown ? this.#sendConfigure(urn, id, inputs) : Promise.resolve();
    // A provider that nothing uses may fail to configure without anybody noticing, as in the official engine.
    configured.catch(() => undefined);
    this.#configured = configured;
  }

  async #sendConfigure(urn: string, id: string, inputs: PropertyMap): Promise<void> {
    const { name, type } = parseUrn(urn);
    const request = new messages.ConfigureRequest()
      .setUrn(urn)
      .setName(name)
      .setType(type)
      .setId(id)
      .setAcceptsecrets(true)
      .setAcceptresources(true)
      .setSendsOldInputs(true)
      .setSendsOldInputsToDelete(true)
      .setArgs(encode(inputs, EVERYTHING));
    for (const [key, value] of Object.entries(encode(inputs, {}).toJavaScript())) {
      if (key === "version") continue;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      request.getVariablesMap().set(`${packageOf(type)}:config:${key}`, text);
    }
    try {
      const response = await call(this.#client, this.#client.configure, request);
      this.#abilities ??= {
        secrets: response.getAcceptsecrets(),
        resources: response.getAcceptresources(),
        preview: response.getSupportspreview(),
      };
    } catch (error) {
      throw providerError(error);
    }
  }

  async check(args: CheckArgs): Promise<CheckResult> {
    const understanding = await this.#ready();
    if (!this.#configKnown) return { inputs: args.news, failures: [] };
    const request = checkRequest(args, { ...understanding, unknowns: args.allowUnknowns });
    const response = await this.#call(this.#client.check, request);
    return checkResult(response, args.news, this.#abilities?.secrets ?? false);
  }

  async diff(args: DiffArgs): Promise<DiffResult> {
    const understanding = await this.#ready();
    if (!this.#configKnown) throw new DiffUnavailable(UNKNOWN_CONFIGURATION);
    return readDiff(await this.#call(this.#client.diff, diffRequest(args, understanding)));
  }

  async create(args: Parameters<Provider["create"]>[0]): Promise<{ id: string; outputs: PropertyMap }> {
    const understanding = await this.#ready();
    if (args.preview && !this.#configKnown) return { id: "", outputs: {} };
    if (args.preview && !this.#abilities?.preview) return { id: "", outputs: args.inputs };
    const { name, type } = parseUrn(args.urn);
    const request = new messages.CreateRequest()
      .setUrn(args.urn)
      .setName(name)
      .setType(type)
      .setProperties(encode(args.inputs, { ...understanding, unknowns: args.preview }))
      .setTimeout(args.timeout)
      .setPreview(args.preview);
    const response = await this.#call(this.#client.create, request);
    return { id: response.getId(), outputs: this.#results(response.getProperties(), args.inputs) };
  }

  async update(args: UpdateArgs): Promise<{ outputs: PropertyMap }> {
    const understanding = await this.#ready();
    if (args.preview && !this.#configKnown) return { outputs: {} };
    if (args.preview && !this.#abilities?.preview) return { outputs: args.news };
    const { name, type } = parseUrn(args.urn);
    const request = new messages.UpdateRequest()
      .setId(args.id)
      .setUrn(args.urn)
      .setName(name)
      .setType(type)
      .setOlds(encode(args.oldOutputs, understanding))
      .setOldInputs(encode(args.oldInputs, understanding))
      .setNews(encode(args.news, { ...understanding, unknowns: args.preview }))
      .setTimeout(args.timeout)
      .setIgnorechangesList([...args.ignoreChanges])
      .setPreview(args.preview);
    const response = await this.#call(this.#client.update, request);
    return { outputs: this.#results(response.getProperties(), args.news) };
  }

  async read(args: Parameters<Provider["read"]>[0]): Promise<ReadResult> {
    const understanding = await this.#ready();
    const { name, type } = parseUrn(args.urn);
    const request = new messages.ReadRequest()
      .setId(args.id)
      .setUrn(args.urn)
      .setName(name)
      .setType(type)
      .setProperties(encode(args.outputs, understanding))
      .setInputs(encode(args.inputs, understanding))
      .setTimeout(args.timeout);
    const response = await this.#call(this.#client.read, request);
    return {
      id: response.getId(),
      outputs: response.hasProperties() ? this.#results(response.getProperties(), args.outputs) : undefined,
      inputs: response.hasInputs() ? this.#results(response.getInputs(), args.inputs) : undefined,
      reasons: [],
    };
  }

  async delete(args: Parameters<Provider["delete"]>[0]): Promise<void> {
    const understanding = await this.#ready();
    const { name, type } = parseUrn(args.urn);
    const request = new messages.DeleteRequest()
      .setId(args.id)
      .setUrn(args.urn)
      .setName(name)
      .setType(type)
      .setProperties(encode(args.outputs, understanding))
      .setOldInputs(encode(args.inputs, understanding))
      .setTimeout(args.timeout);
    await this.#call(this.#client.delete, request);
  }

  /** Calls a function of the provider. */
  async invoke(
    token: string,
    args: PropertyMap,
    preview: boolean,
  ): Promise<{ result: PropertyMap; failures: CheckFailure[] }> {
    const understanding = await this.#ready();
    if (!this.#configKnown) return { result: {}, failures: [] };
    const request = new messages.InvokeRequest().setTok(token).setArgs(encode(args, understanding)).setPreview(preview);
    const response = await this.#call(this.#client.invoke, request);
    const result = withoutOutputs(decode(response.getReturn()));
    const hide = containsSecrets(args) && !this.#abilities?.secrets;
    return { result: hide ? hidden(result) : result, failures: failuresOf(response.getFailuresList()) };
  }

  /** Asks the plugin to give up what it is doing. */
  async cancel(): Promise<void> {
    await call(this.#client, this.#client.cancel, new empty.Empty()).catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#client.close();
    await this.#stop();
  }

  async #ready(): Promise<Understanding> {
    if (this.#configured === undefined) throw new Error("a provider was used before it was configured");
    await this.#configured;
    return {
      unknowns: false,
      secrets: this.#abilities?.secrets ?? false,
      resources: this.#abilities?.resources ?? false,
    };
  }

  async #call<Request, Response>(
    method: Parameters<typeof call<Request, Response>>[1],
    request: Request,
  ): Promise<Response> {
    try {
      return await call(this.#client, method, request);
    } catch (error) {
      throw providerError(error);
    }
  }

  #results(message: Parameters<typeof decode>[0], given: PropertyMap): PropertyMap {
    const results = withoutOutputs(decode(message));
    return this.#abilities?.secrets ? results : keepSecrets(results, given);
  }
}
