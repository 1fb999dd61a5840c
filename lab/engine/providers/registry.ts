import { randomUUID } from "node:crypto";
import { UNKNOWN_STRING } from "../properties/marks.ts";
import { equal, type PropertyMap } from "../properties/value.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { packageOf, parseReference, parseUrn } from "../urn.ts";
import type { PluginHost } from "./plugin-host.ts";
import type { PluginProvider } from "./plugin-provider.ts";
import type { CheckArgs, CheckResult, DiffArgs, DiffResult, Provider, ReadResult, UpdateArgs } from "./provider.ts";

/** Where the engine keeps what concerns only itself; never sent to a provider. */
const INTERNAL = "__internal";
/** The place of a provider that was checked, but is not configured yet. */
const UNCONFIGURED = "unconfigured";

/**
 * The providers of one operation, one plugin process for each provider resource. To the planner a provider resource
 * is a resource like any other, and this registry is the provider that manages it.
 */
export class ProviderRegistry implements Provider {
  readonly #host: PluginHost;
  readonly #providers = new Map<string, PluginProvider>();
  readonly #loading = new Map<string, Promise<PluginProvider>>();

  constructor(host: PluginHost) {
    this.#host = host;
  }

  /** The configured provider behind a reference `urn::id`, if this operation has met it. */
  get(reference: string): PluginProvider | undefined {
    return this.#providers.get(reference);
  }

  /** The provider behind a reference, started from its recorded state when the program has not registered it (yet). */
  async ensure(reference: string, olds: readonly ResourceState[]): Promise<PluginProvider> {
    const known = this.#providers.get(reference) ?? this.#loading.get(reference);
    if (known !== undefined) return await known;
    const { urn, id } = parseReference(reference);
    const state = olds.find((resource) => resource.urn === urn && resource.id === id);
    if (state === undefined) {
      throw new Error(`provider ${reference} is neither registered by the program nor recorded in the state`);
    }
    const loading = this.#load(reference, state);
    this.#loading.set(reference, loading);
    return await loading;
  }

  async #load(reference: string, state: ResourceState): Promise<PluginProvider> {
    const provider = await this.#host.start(packageOf(state.type));
    provider.configure(state.urn, state.id, filtered(state.inputs));
    const registered = this.#providers.get(reference);
    if (registered === undefined) this.#providers.set(reference, provider);
    else await this.#host.stop(provider);
    return registered ?? provider;
  }

  /** Keeps an unchanged provider: the process that checked it goes on with the recorded inputs. */
  async same(state: ResourceState): Promise<void> {
    const reference = `${state.urn}::${state.id}`;
    const checked = this.#take(`${state.urn}::${UNCONFIGURED}`);
    if (this.#providers.has(reference)) {
      if (checked !== undefined) await this.#host.stop(checked);
      return;
    }
    const provider = checked ?? (await this.#host.start(packageOf(state.type)));
    provider.configure(state.urn, state.id, filtered(state.inputs));
    this.#providers.set(reference, provider);
  }

  async check(args: CheckArgs): Promise<CheckResult> {
    const provider = await this.#host.start(packageOf(parseUrn(args.urn).type));
    const result = await provider.checkConfig({ ...args, olds: filtered(args.olds), news: filtered(args.news) });
    const reference = `${args.urn}::${UNCONFIGURED}`;
    const former = this.#take(reference);
    if (former !== undefined) await this.#host.stop(former);
    if (result.failures.length > 0) {
      await this.#host.stop(provider);
      return result;
    }
    this.#providers.set(reference, provider);
    const kept = Object.entries(args.news).filter(
      ([key]) => key === INTERNAL || (key === "version" && !(key in result.inputs)),
    );
    return { inputs: { ...result.inputs, ...Object.fromEntries(kept) }, failures: [] };
  }

  async diff(args: DiffArgs): Promise<DiffResult> {
    const provider =
      this.#providers.get(`${args.urn}::${UNCONFIGURED}`) ?? this.#providers.get(`${args.urn}::${args.id}`);
    if (provider === undefined) throw new Error(`provider ${args.urn} was compared before it was checked`);
    const news = filtered(args.news);
    const diff = await provider.diffConfig({ ...args, oldInputs: filtered(args.oldInputs), news });
    if (diff.changes !== "unknown") return diff;
    return { ...diff, changes: equal(args.oldOutputs, news) ? "none" : "some" };
  }

  async create(args: Parameters<Provider["create"]>[0]): Promise<{ id: string; outputs: PropertyMap }> {
    const { urn } = args;
    const provider = this.#take(`${urn}::${UNCONFIGURED}`) ?? (await this.#host.start(packageOf(parseUrn(urn).type)));
    const id = args.preview ? UNKNOWN_STRING : randomUUID();
    const inputs = filtered(args.inputs);
    provider.configure(urn, id, inputs);
    this.#providers.set(`${urn}::${id}`, provider);
    return { id, outputs: inputs };
  }

  async update(args: UpdateArgs): Promise<{ outputs: PropertyMap }> {
    const reference = `${args.urn}::${args.id}`;
    const provider = this.#take(`${args.urn}::${UNCONFIGURED}`);
    if (provider === undefined) throw new Error(`provider ${args.urn} was updated before it was checked`);
    const inputs = filtered(args.news);
    provider.configure(args.urn, args.id, inputs);
    const former = this.#take(reference);
    if (former !== undefined) await this.#host.stop(former);
    this.#providers.set(reference, provider);
    return { outputs: inputs };
  }

  /** Providers have nothing behind them that could have changed. */
  async read(args: Parameters<Provider["read"]>[0]): Promise<ReadResult> {
    return { id: args.id, outputs: args.outputs, inputs: args.inputs, reasons: [] };
  }

  async delete(args: Parameters<Provider["delete"]>[0]): Promise<void> {
    const provider = this.#take(`${args.urn}::${args.id}`);
    if (provider !== undefined) await this.#host.stop(provider);
  }

  #take(reference: string): PluginProvider | undefined {
    const provider = this.#providers.get(reference);
    this.#providers.delete(reference);
    return provider;
  }
}

function filtered(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== INTERNAL));
}
