import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { startPlugin } from "../../../../lab/engine/processes/plugin.ts";
import { call, connect } from "../../../../lab/engine/protocol/rpc.ts";
import { provider as messages, ResourceProviderClient, structs } from "../../../../lab/engine/protocol/wire.ts";

type Values = Record<string, unknown>;
type Struct = ReturnType<typeof structs.Struct.fromJavaScript>;

/** A stand-in's process, spoken to as the engine does; it ends with the tests of the file. */
export class PluginClient {
  readonly #client: InstanceType<typeof ResourceProviderClient>;

  private constructor(address: string) {
    this.#client = connect(ResourceProviderClient, address);
  }

  /** Starts the stand-in of a package and configures it. */
  static async start(pkg: string, config: Values, env: Record<string, string> = {}): Promise<PluginClient> {
    const dir = join(import.meta.dirname, "../../../../lab/plugins", pkg);
    const plugin = await startPlugin(
      {
        label: pkg,
        command: join(dir, `pulumi-resource-${pkg}`),
        args: ["127.0.0.1:1"],
        cwd: dir,
        env: { PATH: process.env["PATH"], ...env },
      },
      () => undefined,
    );
    afterAll(() => plugin.stop());
    const client = new PluginClient(plugin.address);
    await call(client.#client, client.#client.configure, new messages.ConfigureRequest().setArgs(struct(config)));
    return client;
  }

  /** What is wrong with the provider's own configuration. */
  async checkConfig(inputs: Values): Promise<string[]> {
    const request = new messages.CheckRequest().setNews(struct(inputs));
    return failuresOf(await call(this.#client, this.#client.checkConfig, request));
  }

  /** What is wrong with inputs, as `property: reason`, sorted. */
  async check(type: string, inputs: Values): Promise<string[]> {
    const request = new messages.CheckRequest().setUrn(urnOf(type)).setType(type).setNews(struct(inputs));
    return failuresOf(await call(this.#client, this.#client.check, request));
  }

  /** What a change of inputs would do, apart from what is left alone: `path: kind`. */
  async diff(
    type: string,
    olds: Values,
    news: Values,
    leftAlone: readonly string[] = [],
  ): Promise<{ changes: string[]; replaces: string[] }> {
    const request = new messages.DiffRequest()
      .setUrn(urnOf(type))
      .setType(type)
      .setOldInputs(struct(olds))
      .setOlds(struct(olds))
      .setNews(struct(news))
      .setIgnorechangesList([...leftAlone]);
    const response = await call(this.#client, this.#client.diff, request);
    const kinds = Object.entries(messages.PropertyDiff.Kind);
    const changes = [...response.getDetaileddiffMap().entries()].map(
      ([path, diff]) => `${path}: ${kinds.find(([, kind]) => kind === diff.getKind())?.[0]}`,
    );
    return { changes: changes.sort(), replaces: response.getReplacesList() };
  }

  /** Makes an object; throws with what the plugin says when it refuses. */
  async create(type: string, inputs: Values): Promise<{ id: string; outputs: Values }> {
    const request = new messages.CreateRequest().setUrn(urnOf(type)).setType(type).setProperties(struct(inputs));
    const response = await call(this.#client, this.#client.create, request).catch(rethrow);
    return { id: response.getId(), outputs: (response.getProperties()?.toJavaScript() ?? {}) as Values };
  }

  /** Changes an object, or only says what that would be; the outputs are those that it has then. */
  async update(type: string, id: string, olds: Values, news: Values, { preview = false } = {}): Promise<Values> {
    const request = new messages.UpdateRequest()
      .setUrn(urnOf(type))
      .setType(type)
      .setId(id)
      .setOlds(struct(olds))
      .setNews(struct(news))
      .setPreview(preview);
    const response = await call(this.#client, this.#client.update, request).catch(rethrow);
    return (response.getProperties()?.toJavaScript() ?? {}) as Values;
  }

  async delete(type: string, id: string, state: Values): Promise<void> {
    const request = new messages.DeleteRequest()
      .setUrn(urnOf(type))
      .setType(type)
      .setId(id)
      .setProperties(struct(state));
    await call(this.#client, this.#client.delete, request).catch(rethrow);
  }

  /** What is known of an object by its id; without state this is an import. The id is empty when it is gone. */
  async read(type: string, id: string, state: Values = {}): Promise<{ id: string; inputs: Values }> {
    const request = new messages.ReadRequest().setUrn(urnOf(type)).setType(type).setId(id).setProperties(struct(state));
    const response = await call(this.#client, this.#client.read, request).catch(rethrow);
    return { id: response.getId(), inputs: (response.getInputs()?.toJavaScript() ?? {}) as Values };
  }
}

/** A folder for the tests of a file. */
export function sharedFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "stand-in-"));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function struct(values: Values): Struct {
  return structs.Struct.fromJavaScript(values as Parameters<typeof structs.Struct.fromJavaScript>[0]);
}

function urnOf(type: string): string {
  return `urn:pulumi:test::test::${type}::it`;
}

function failuresOf(response: InstanceType<typeof messages.CheckResponse>): string[] {
  const failures = response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
  return failures.sort();
}

function rethrow(error: { details?: string }): never {
  throw new Error(error.details);
}
