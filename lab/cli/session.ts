import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type EngineEvent, type Run, Stack } from "../engine/index.ts";
import { Console } from "./console.ts";
import { INTERRUPTED, interruption } from "./interruption.ts";
import { MadeUpSecrets, missingSecretsOf } from "./made-up-secrets.ts";
import { readStackConfig, UnreadableStackFile } from "./project.ts";
import { renderMissingSecrets } from "./render/missing-secrets.ts";
import { type CapacityRow, renderCapacity, renderOperations } from "./render/tables.ts";
import { renderTree } from "./render/tree.ts";
import { renderErrors, renderPolicies } from "./render/verdicts.ts";
import { renderWaiting } from "./render/waiting.ts";
import { renderWaivers } from "./render/waivers.ts";
import {
  changed,
  countOperations,
  type Operations,
  type Report,
  type ReportedError,
  reportErrors,
  reportPolicies,
  reportResources,
  type Traffic,
} from "./report.ts";

/** The folder that holds `Pulumi.yaml`. */
export const PROJECT_DIR = fileURLToPath(new URL("../..", import.meta.url));

const LARGEST_SITE = 96 * 1024;

/** The options that every command of the lab shares. */
export interface SessionOptions {
  readonly stack: string;
  readonly json?: string;
  readonly journal?: string;
  readonly parallel?: number;
  /** Read in place of `Pulumi.<stack>.yaml`. */
  readonly configFile?: string;
}

/** The options of commands that can work on a kept lab. */
export interface LabOptions extends SessionOptions {
  /** The folder that keeps appliances and state between runs; a fresh one for this run when left out. */
  readonly lab?: string;
}

/** One command at work on one stack: it runs the engine, shows people what happens and reports to machines. */
export class Session {
  readonly console: Console;
  readonly #options: SessionOptions;
  readonly #command: string;
  readonly #started = performance.now();
  readonly #config: Readonly<Record<string, string>> | UnreadableStackFile;
  readonly #interruption: AbortSignal;

  constructor(command: string, options: SessionOptions) {
    this.#command = command;
    this.#options = options;
    this.#config = configOf(options);
    this.console = new Console(options.json);
    this.#interruption = interruption((text) => this.console.write(text));
  }

  /** Resolves at the first Ctrl-C. */
  get interrupted(): Promise<void> {
    const signal = this.#interruption;
    if (signal.aborted) return Promise.resolve();
    // A listener keeps no process alive; what is served does.
    return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  }

  /** What is wrong before the program even starts: a stack file, or a site that its environment cannot carry. */
  refusal(): ReportedError | undefined {
    if (this.#config instanceof UnreadableStackFile) {
      const { message, remedy, file } = this.#config;
      return { source: "site", path: file, message, remedy };
    }
    const size = Buffer.byteLength(JSON.stringify(this.#config));
    if (size <= LARGEST_SITE) return undefined;
    const remedy = "shorten purposes and comments, or split the site into two stacks";
    const message = `homelab:site: the configuration is ${Math.ceil(size / 1024)} KiB; allowed: 96 KiB, since it travels in one environment variable; remedy: ${remedy}`;
    return { source: "site", path: "homelab:site", message, remedy };
  }

  /** The stack under the lab's engine, with its state in a folder. */
  stack(dir: string, phase: string, env: Readonly<Record<string, string>>): Stack {
    const { journal, parallel, stack } = this.#options;
    const onEvent: (event: EngineEvent) => void = this.console.progress(phase);
    const secrets = MadeUpSecrets.in(dir).values;
    return new Stack({
      projectDir: PROJECT_DIR,
      stack,
      config: { ...secrets, ...(this.#config instanceof UnreadableStackFile ? {} : this.#config) },
      secretKeys: Object.keys(secrets),
      stateFile: join(dir, `${stack}.json`),
      policyPacks: [{ dir: join(PROJECT_DIR, "policies") }],
      env: { ...env, ...(journal ? { TRUENAS_JOURNAL: resolve(journal) } : {}) },
      ...(parallel ? { parallel } : {}),
      onEvent,
      signal: this.#interruption,
    });
  }

  /** Shows a run to people: its tree, what waits, capacity, policies and errors. */
  show(run: Run): void {
    this.console.write(renderTree(run.steps));
    this.#section("Waiting", renderWaiting(run.steps));
    const capacity = run.outputs["capacity"];
    this.#section("Capacity", Array.isArray(capacity) ? renderCapacity(capacity as CapacityRow[]) : "");
    this.#section("Missing secrets", renderMissingSecrets(missingSecretsOf(run)));
    const policies = reportPolicies(run.policies);
    this.#section("Policies", renderPolicies(policies));
    this.#section("Waived", renderWaivers(policies));
    this.#showErrors(reportErrors(run));
  }

  /** Ends the command: the last line for people, the report for machines. Returns the exit code. */
  finish(
    run: Run | undefined,
    more: { second?: Run; traffic?: Record<string, Traffic>; errors?: ReportedError[] } = {},
  ): number {
    const steps = run?.steps ?? [];
    const second = more.second ? countOperations(more.second.steps) : undefined;
    const errors = [
      ...(more.errors ?? []),
      ...(run ? reportErrors(run) : []),
      ...(more.second ? reportErrors(more.second) : []),
    ];
    const ok = (run?.ok ?? false) && errors.length === 0 && (!second || !changed(second));
    const report: Report = {
      version: 1,
      stack: this.#options.stack,
      command: this.#command,
      ok,
      seconds: Number(((performance.now() - this.#started) / 1000).toFixed(3)),
      operations: countOperations(steps),
      ...(second ? { second } : {}),
      resources: reportResources(steps),
      errors,
      policies: reportPolicies(run?.policies ?? []),
      truenas: more.traffic ?? {},
      missingSecrets: run ? missingSecretsOf(run).map(({ key }) => key) : [],
    };
    if (more.errors) this.#showErrors(more.errors);
    this.#conclude(report.operations, report);
    this.console.report(report);
    if (this.#interruption.aborted) return INTERRUPTED;
    return ok ? 0 : 1;
  }

  #showErrors(errors: readonly ReportedError[]): void {
    this.#section("Errors", renderErrors(errors));
  }

  #section(title: string, text: string): void {
    if (text === "") return;
    this.console.heading(title);
    this.console.write(text);
  }

  #conclude(operations: Operations, report: Report): void {
    const verdict = this.#interruption.aborted ? "interrupted" : report.ok ? "done" : "refused";
    this.console.heading(`${this.#command} of ${report.stack}: ${verdict} in ${report.seconds.toFixed(1)} s`);
    this.console.write(renderOperations(operations));
  }
}

function configOf({ stack, configFile }: SessionOptions): Readonly<Record<string, string>> | UnreadableStackFile {
  try {
    return readStackConfig(PROJECT_DIR, stack, configFile).values;
  } catch (error) {
    if (error instanceof UnreadableStackFile) return error;
    throw error;
  }
}
