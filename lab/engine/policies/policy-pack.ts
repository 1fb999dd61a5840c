import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { AnalyzeDiagnostic, AnalyzeRequest, AnalyzerResource } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { parse } from "yaml";
import { startPlugin } from "../processes/plugin.ts";
import { ORGANIZATION } from "../processes/program.ts";
import { decode } from "../properties/codec.ts";
import { type PropertyMap, withoutOutputs } from "../properties/value.ts";
import { call, connect, isUnimplemented } from "../protocol/rpc.ts";
import { providerError } from "../protocol/rpc-errors.ts";
import { AnalyzerClient, analyzer, empty, structs } from "../protocol/wire.ts";
import type { Recorder } from "../recorder.ts";
import type { PolicyFinding, PolicyPackOptions } from "../run.ts";
import { LEVELS, reconcile } from "./policy-config.ts";

/** What a pack is started with. */
export interface PolicyPackContext {
  readonly project: string;
  readonly stack: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly dryRun: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly engineAddress: string;
  readonly recorder: Recorder;
}

/** The outcome of a remediation: changed inputs, or why there is none. */
export interface Remediation {
  readonly policy: string;
  readonly problem: string;
  readonly inputs: PropertyMap;
}

/** One policy pack: a Node.js process that speaks the Analyzer protocol. */
export class PolicyPack {
  readonly name: string;
  readonly #client: InstanceType<typeof AnalyzerClient>;
  readonly #stop: () => Promise<void>;

  private constructor(name: string, client: InstanceType<typeof AnalyzerClient>, stop: () => Promise<void>) {
    this.name = name;
    this.#client = client;
    this.#stop = stop;
  }

  /** Starts the pack as the official language host does and configures its policies; throws when either fails. */
  static async start({ dir, config = {} }: PolicyPackOptions, context: PolicyPackContext): Promise<PolicyPack> {
    const packDir = resolve(dir);
    const plugin = await startPlugin(
      {
        label: `policy pack ${packDir}`,
        command: process.execPath,
        args: [runnerOf(packDir), context.engineAddress, packDir],
        cwd: packDir,
        env: await packEnvironment(packDir, context),
      },
      (severity, message) => context.recorder.diagnostic({ source: "policy", severity, message }),
    );
    const client = connect(AnalyzerClient, plugin.address);
    const stop = async () => {
      client.close();
      await plugin.stop();
    };
    try {
      await handshake(client, packDir, context);
      return new PolicyPack(await configure(client, config), client, stop);
    } catch (error) {
      await stop();
      throw new Error(`policy pack ${packDir}: ${providerError(error).message}`);
    }
  }

  async analyze(request: AnalyzeRequest): Promise<PolicyFinding[]> {
    const response = await call(this.#client, this.#client.analyze, request).catch(rethrow);
    return response.getDiagnosticsList().map((diagnostic) => this.#finding(diagnostic, request.getUrn()));
  }

  /** Lets the pack's remediating policies change the inputs. */
  async remediate(request: AnalyzeRequest): Promise<Remediation[]> {
    try {
      const response = await call(this.#client, this.#client.remediate, request);
      return response.getRemediationsList().map((remediation) => ({
        policy: remediation.getPolicyname(),
        problem: remediation.getDiagnostic(),
        inputs: withoutOutputs(decode(remediation.getProperties())),
      }));
    } catch (error) {
      if (isUnimplemented(error)) return [];
      return rethrow(error);
    }
  }

  /** Judges all resources together; findings that name none concern the stack, whose URN is given. */
  async analyzeStack(resources: readonly AnalyzerResource[], stackUrn: string): Promise<PolicyFinding[]> {
    const request = new analyzer.AnalyzeStackRequest().setResourcesList([...resources]);
    try {
      const response = await call(this.#client, this.#client.analyzeStack, request);
      const findings = response.getDiagnosticsList().map((diagnostic) => this.#finding(diagnostic, stackUrn));
      // A stack cannot be remediated, so there the level means mandatory.
      return findings.map((finding) => (finding.level === "remediate" ? { ...finding, level: "mandatory" } : finding));
    } catch (error) {
      if (isUnimplemented(error)) return [];
      return rethrow(error);
    }
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  #finding(diagnostic: AnalyzeDiagnostic, urn: string): PolicyFinding {
    return {
      policy: diagnostic.getPolicyname(),
      pack: diagnostic.getPolicypackname(),
      level: LEVELS[diagnostic.getEnforcementlevel()] ?? "advisory",
      urn: diagnostic.getUrn() || urn,
      message: diagnostic.getMessage(),
    };
  }
}

function rethrow(error: unknown): never {
  throw providerError(error);
}

function runnerOf(packDir: string): string {
  try {
    return createRequire(join(packDir, "PulumiPolicy.yaml")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch {
    throw new Error(`policy pack ${packDir}: @pulumi/pulumi is not installed there; run npm ci`);
  }
}

async function packEnvironment(packDir: string, context: PolicyPackContext): Promise<NodeJS.ProcessEnv> {
  const file = parse(await readFile(join(packDir, "PulumiPolicy.yaml"), "utf8")) as {
    runtime?: string | { name?: string; options?: Record<string, unknown> };
  };
  const options = typeof file.runtime === "object" ? (file.runtime.options ?? {}) : {};
  return {
    ...context.env,
    ...(options["typescript"] === false ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    PULUMI_NODEJS_ORGANIZATION: ORGANIZATION,
    PULUMI_NODEJS_PROJECT: context.project,
    PULUMI_NODEJS_STACK: context.stack,
    PULUMI_NODEJS_DRY_RUN: String(context.dryRun),
    PULUMI_CONFIG: JSON.stringify(context.config),
  };
}

async function handshake(client: InstanceType<typeof AnalyzerClient>, packDir: string, context: PolicyPackContext) {
  const greeting = new analyzer.AnalyzerHandshakeRequest()
    .setEngineAddress(context.engineAddress)
    .setRootDirectory(packDir)
    .setProgramDirectory(packDir);
  await call(client, client.handshake, greeting).catch(allowUnimplemented);
  const stack = new analyzer.AnalyzerStackConfigureRequest()
    .setStack(context.stack)
    .setProject(context.project)
    .setOrganization(ORGANIZATION)
    .setDryRun(context.dryRun)
    .setConfigSecretKeysList([...context.secretKeys]);
  for (const [key, value] of Object.entries(context.config)) stack.getConfigMap().set(key, value);
  await call(client, client.configureStack, stack).catch(allowUnimplemented);
}

function allowUnimplemented(error: unknown): void {
  if (!isUnimplemented(error)) throw error;
}

/** Sends level and properties of every policy; returns the name of the pack. */
async function configure(client: InstanceType<typeof AnalyzerClient>, given: Record<string, unknown>): Promise<string> {
  const info = await call(client, client.getAnalyzerInfo, new empty.Empty());
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [name, { level, properties }] of reconcile(info, given)) {
    const setting = new analyzer.PolicyConfig().setProperties(structs.Struct.fromJavaScript(properties));
    setting.setEnforcementlevel(LEVELS.indexOf(level) as ReturnType<typeof setting.getEnforcementlevel>);
    request.getPolicyconfigMap().set(name, setting);
  }
  await call(client, client.configure, request);
  return info.getName();
}
