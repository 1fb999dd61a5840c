import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { COMPILE_CACHE } from "../../support/compile-cache.ts";

const EXECUTABLE = fileURLToPath(new URL("../../../truenas/bin/pulumi-resource-truenas", import.meta.url));

export type Values = Record<string, unknown>;

export interface Difference {
  readonly changes: "none" | "some";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly detailed: Readonly<Record<string, string>>;
}

export interface ReadResult {
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

const KINDS = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

/** The provider as the engine meets it: a real process, spoken to over real gRPC. */
export class Plugin {
  readonly #client: ResourceProviderClient;
  readonly process: ChildProcess;
  readonly stack = "test";

  private constructor(child: ChildProcess, client: ResourceProviderClient) {
    this.process = child;
    this.#client = client;
  }

  /** @param engine where the engine listens for what is to be shown; nobody listens there unless a test does. */
  static async start(environment: Record<string, string> = {}, engine = "127.0.0.1:1"): Promise<Plugin> {
    const child = spawn(EXECUTABLE, [engine], {
      stdio: ["pipe", "pipe", "inherit"],
      env: { PATH: process.env["PATH"] ?? "", NO_COLOR: "1", ...COMPILE_CACHE, ...environment },
    });
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const port = await new Promise<string>((resolve, reject) => {
      lines.once("line", resolve);
      child.once("exit", (code) => reject(new Error(`the plugin ended with ${code}`)));
    });
    const options = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

    return new Plugin(
      child,
      new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options),
    );
  }

  /** Closes standard input, as a dying engine does, and waits for the end of the process. */
  async stop(): Promise<number | null> {
    this.#client.close();
    if (this.process.exitCode !== null) return this.process.exitCode;
    const ended = new Promise<number | null>((resolve) => this.process.once("exit", resolve));
    this.process.stdin?.end();

    return await ended;
  }

  urn(type: string, name: string): string {
    return `urn:pulumi:${this.stack}::homelab::truenas:index:${type}::${name}`;
  }

  async handshake(): Promise<{ acceptSecrets: boolean }> {
    const request = new protocol.ProviderHandshakeRequest().setEngineAddress("127.0.0.1:1").setConfigureWithUrn(true);
    const response = await this.#call<InstanceType<typeof protocol.ProviderHandshakeResponse>>("handshake", request);

    return { acceptSecrets: response.getAcceptSecrets() };
  }

  async version(): Promise<string> {
    return (await this.#call<{ getVersion(): string }>("getPluginInfo", new empties.Empty())).getVersion();
  }

  async schema(): Promise<Values> {
    const response = await this.#call<{ getSchema(): string }>("getSchema", new protocol.GetSchemaRequest());

    return JSON.parse(response.getSchema());
  }

  async checkConfig(inputs: Values): Promise<readonly { property: string; reason: string }[]> {
    const request = new protocol.CheckRequest().setUrn(this.#providerUrn()).setNews(struct(inputs));

    return failures(await this.#call("checkConfig", request));
  }

  async diffConfig(olds: Values, news: Values): Promise<Difference> {
    const request = new protocol.DiffRequest()
      .setUrn(this.#providerUrn())
      .setOlds(struct(olds))
      .setOldInputs(struct(olds));

    return difference(await this.#call("diffConfig", request.setNews(struct(news))));
  }

  async configure(inputs: Values): Promise<void> {
    const request = new protocol.ConfigureRequest().setArgs(struct(inputs)).setUrn(this.#providerUrn()).setName("din");
    await this.#call("configure", request.setAcceptsecrets(true).setAcceptresources(true));
  }

  async check(
    type: string,
    name: string,
    inputs: Values,
    olds?: Values,
  ): Promise<readonly { property: string; reason: string }[]> {
    const request = this.#subject(new protocol.CheckRequest(), type, name).setNews(struct(inputs));
    if (olds) request.setOlds(struct(olds));

    return failures(await this.#call("check", request));
  }

  async checkedInputs(type: string, name: string, inputs: Values): Promise<Values> {
    const request = this.#subject(new protocol.CheckRequest(), type, name).setNews(struct(inputs));
    const response = await this.#call<InstanceType<typeof protocol.CheckResponse>>("check", request);

    return response.getInputs()?.toJavaScript() ?? {};
  }

  async diff(
    type: string,
    states: { id?: string; oldInputs: Values; oldOutputs?: Values; news: Values; ignoreChanges?: string[] },
  ): Promise<Difference> {
    const request = this.#subject(new protocol.DiffRequest(), type, "it")
      .setId(states.id ?? "id")
      .setOlds(struct(states.oldOutputs ?? states.oldInputs))
      .setOldInputs(struct(states.oldInputs))
      .setNews(struct(states.news))
      .setIgnorechangesList(states.ignoreChanges ?? []);

    return difference(await this.#call("diff", request));
  }

  async create(type: string, name: string, inputs: Values, preview = false): Promise<{ id: string; outputs: Values }> {
    const request = this.#subject(new protocol.CreateRequest(), type, name)
      .setProperties(struct(inputs))
      .setPreview(preview);
    const response = await this.#call<InstanceType<typeof protocol.CreateResponse>>("create", request);

    return { id: response.getId(), outputs: response.getProperties()?.toJavaScript() ?? {} };
  }

  async read(type: string, id: string, recorded?: { inputs: Values; outputs: Values }): Promise<ReadResult> {
    const request = this.#subject(new protocol.ReadRequest(), type, "it").setId(id);
    if (recorded) request.setInputs(struct(recorded.inputs)).setProperties(struct(recorded.outputs));
    const response = await this.#call<InstanceType<typeof protocol.ReadResponse>>("read", request);

    return {
      id: response.getId(),
      inputs: response.getInputs()?.toJavaScript() ?? {},
      outputs: response.getProperties()?.toJavaScript() ?? {},
    };
  }

  async update(
    type: string,
    states: { id: string; oldInputs: Values; oldOutputs: Values; news: Values },
    preview = false,
  ): Promise<Values> {
    const request = this.#subject(new protocol.UpdateRequest(), type, "it")
      .setId(states.id)
      .setOlds(struct(states.oldOutputs))
      .setOldInputs(struct(states.oldInputs))
      .setNews(struct(states.news))
      .setPreview(preview);
    const response = await this.#call<InstanceType<typeof protocol.UpdateResponse>>("update", request);

    return response.getProperties()?.toJavaScript() ?? {};
  }

  async delete(type: string, id: string, inputs: Values, outputs: Values = inputs): Promise<void> {
    const request = this.#subject(new protocol.DeleteRequest(), type, "it").setId(id);
    await this.#call("pb_delete", request.setOldInputs(struct(inputs)).setProperties(struct(outputs)));
  }

  async cancel(): Promise<void> {
    await this.#call("cancel", new empties.Empty());
  }

  async invoke(): Promise<void> {
    await this.#call("invoke", new protocol.InvokeRequest().setTok("truenas:index:none"));
  }

  #providerUrn(): string {
    return `urn:pulumi:${this.stack}::homelab::pulumi:providers:truenas::din`;
  }

  #subject<R extends { setUrn(urn: string): R; setName(name: string): R; setType(type: string): R }>(
    request: R,
    type: string,
    name: string,
  ): R {
    return request.setUrn(this.urn(type, name)).setName(name).setType(`truenas:index:${type}`);
  }

  #call<S>(method: string, request: unknown): Promise<S> {
    const methods = this.#client as unknown as Record<
      string,
      (request: unknown, done: (error: grpc.ServiceError | null, reply: S) => void) => void
    >;
    const name = method === "pb_delete" ? "delete" : method;

    return new Promise((resolve, reject) => {
      methods[name]?.call(this.#client, request, (error, reply) => (error ? reject(error) : resolve(reply)));
    });
  }
}

/** The sentence that a failed call shows to a person. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return (error as grpc.ServiceError).details;
  }
  throw new Error("the call succeeded");
}

/** A secret as the engine sends it. */
export function secret(value: unknown): Values {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** What the engine sees behind the marks of secrets. */
export function opened(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const mark = (Object(value) as Values)["4dabf18193072939515e22adb298388d"];
      return [name, mark === undefined ? value : (value as Values)["value"]];
    }),
  );
}

/** A value that a preview does not know, as the engine sends it. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function struct(values: Values) {
  return structs.Struct.fromJavaScript(values as Parameters<typeof structs.Struct.fromJavaScript>[0]);
}

function failures(
  response: InstanceType<typeof protocol.CheckResponse>,
): readonly { property: string; reason: string }[] {
  return response
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
}

function difference(response: InstanceType<typeof protocol.DiffResponse>): Difference {
  const entries = response.getDetaileddiffMap().toArray() as unknown as [string, { getKind(): number } | number[]][];
  const map = response.getDetaileddiffMap();

  return {
    changes: response.getChanges() === protocol.DiffResponse.DiffChanges.DIFF_NONE ? "none" : "some",
    replaces: response.getReplacesList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    detailed: Object.fromEntries(entries.map(([path]) => [path, KINDS[map.get(path)?.getKind() ?? 0] ?? ""])),
  };
}
