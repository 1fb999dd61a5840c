import type { Diagnostic, EngineEvent, PolicyFinding, Run, Step } from "./run.ts";

/** Collects what an operation says and does, passes it on as events and makes the `Run` of it. */
export class Recorder {
  readonly #onEvent: (event: EngineEvent) => void;
  readonly #start = performance.now();
  readonly #steps: Step[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #policies: PolicyFinding[] = [];
  #failed = false;
  #outputs: Record<string, unknown> = {};

  constructor(onEvent: ((event: EngineEvent) => void) | undefined) {
    this.#onEvent = onEvent ?? (() => undefined);
  }

  event(event: EngineEvent): void {
    this.#onEvent(event);
  }

  /** A diagnostic of severity `error` fails the operation. */
  diagnostic(diagnostic: Diagnostic): void {
    if (diagnostic.severity === "error") this.#failed = true;
    this.#diagnostics.push(diagnostic);
    this.#onEvent({ type: "diagnostic", diagnostic });
  }

  error(source: Diagnostic["source"], message: string, urn?: string, property?: string): void {
    this.diagnostic({
      source,
      severity: "error",
      message,
      ...(urn === undefined || urn === "" ? {} : { urn }),
      ...(property === undefined || property === "" ? {} : { property }),
    });
  }

  warning(source: Diagnostic["source"], message: string, urn?: string): void {
    this.diagnostic({ source, severity: "warning", message, ...(urn === undefined ? {} : { urn }) });
  }

  /** A mandatory finding fails the operation. */
  policy(finding: PolicyFinding): void {
    if (finding.level === "mandatory") this.#failed = true;
    this.#policies.push(finding);
    this.#onEvent({ type: "policy", finding });
  }

  stepDone(step: Step): void {
    this.#steps.push(step);
    this.#onEvent({ type: "step-done", step });
  }

  outputs(outputs: Record<string, unknown>): void {
    this.#outputs = outputs;
  }

  get failed(): boolean {
    return this.#failed;
  }

  run(killed: boolean): Run {
    return {
      ok: !this.#failed && !killed,
      steps: this.#steps,
      diagnostics: this.#diagnostics,
      policies: this.#policies,
      outputs: this.#outputs,
      seconds: (performance.now() - this.#start) / 1000,
      ...(killed ? { killed } : {}),
    };
  }
}
