import { access, constants } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, startPlugin } from "../processes/plugin.ts";
import type { Project } from "../project.ts";
import { call, connect, isUnimplemented } from "../protocol/rpc.ts";
import { providerError } from "../protocol/rpc-errors.ts";
import { provider as messages, ResourceProviderClient } from "../protocol/wire.ts";
import type { Recorder } from "../recorder.ts";
import { type Abilities, PluginProvider } from "./plugin-provider.ts";

/** Where the lab's own executables stand in for plugins that are not on npm. */
const STAND_INS = new URL("../../plugins/", import.meta.url);

/** What plugins are started with. */
export interface PluginHostOptions {
  readonly project: Project;
  readonly engineAddress: string;
  readonly env: NodeJS.ProcessEnv;
  readonly config: Readonly<Record<string, string>>;
  readonly recorder: Recorder;
}

/** Starts provider plugins: those the project names by path, else the lab's stand-ins. */
export class PluginHost {
  readonly #options: PluginHostOptions;
  readonly #running = new Set<PluginProvider>();

  constructor(options: PluginHostOptions) {
    this.#options = options;
  }

  /** Starts one process for one provider resource; throws when the package has no plugin, or it does not start. */
  async start(pkg: string): Promise<PluginProvider> {
    const command = await this.#executable(pkg);
    const { project, engineAddress, recorder } = this.#options;
    const plugin = await startPlugin(
      { label: `provider ${pkg}`, command, args: [engineAddress], cwd: project.pwd, env: this.#environment() },
      (severity, message) => recorder.diagnostic({ source: "provider", severity, message }),
    );
    const client = connect(ResourceProviderClient, plugin.address);
    try {
      const provider = new PluginProvider(client, await this.#handshake(client, command), () => plugin.stop());
      this.#running.add(provider);
      return provider;
    } catch (error) {
      return await abandon(plugin, error, pkg);
    }
  }

  /** Ends one plugin. */
  async stop(provider: PluginProvider): Promise<void> {
    this.#running.delete(provider);
    await provider.stop();
  }

  /** Asks every plugin to give up what it is doing. */
  async cancelAll(): Promise<void> {
    await Promise.all([...this.#running].map((provider) => provider.cancel()));
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((provider) => this.stop(provider)));
  }

  async #executable(pkg: string): Promise<string> {
    const name = `pulumi-resource-${pkg}`;
    const named = this.#options.project.providerPaths.get(pkg);
    const standIn = fileURLToPath(new URL(`${pkg}/${name}`, STAND_INS));
    const candidate = named === undefined ? standIn : join(named, name);
    if (await isExecutable(candidate)) return candidate;
    throw new Error(
      named === undefined
        ? `package "${pkg}" has no plugin here: Pulumi.yaml names no path for it under plugins.providers, and the lab has no stand-in; add a path, or use a package the lab stands in for`
        : `package "${pkg}": ${candidate} is missing or not executable; plugins.providers in Pulumi.yaml must name the directory that holds it`,
    );
  }

  #environment(): NodeJS.ProcessEnv {
    const { project, env, config } = this.#options;
    const runtime = Object.entries(project.runtimeOptions).map(([key, value]) => [
      `PULUMI_RUNTIME_${key.toUpperCase()}`,
      String(value),
    ]);
    return {
      ...env,
      ...Object.fromEntries(runtime),
      PULUMI_PROJECT: project.name,
      PULUMI_CONFIG: JSON.stringify(config),
    };
  }

  /** What the plugin says of itself; undefined when it leaves that to Configure. */
  async #handshake(
    client: InstanceType<typeof ResourceProviderClient>,
    executable: string,
  ): Promise<Abilities | undefined> {
    const directory = join(executable, "..");
    const request = new messages.ProviderHandshakeRequest()
      .setEngineAddress(this.#options.engineAddress)
      .setRootDirectory(directory)
      .setProgramDirectory(directory)
      .setConfigureWithUrn(true)
      .setInvokeWithPreview(true);
    try {
      const response = await call(client, client.handshake, request);
      return { secrets: response.getAcceptSecrets(), resources: response.getAcceptResources(), preview: true };
    } catch (error) {
      if (isUnimplemented(error)) return undefined;
      throw providerError(error);
    }
  }
}

async function abandon(plugin: Plugin, error: unknown, pkg: string): Promise<never> {
  await plugin.stop();
  throw new Error(`provider ${pkg} refused the handshake: ${error instanceof Error ? error.message : String(error)}`);
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
