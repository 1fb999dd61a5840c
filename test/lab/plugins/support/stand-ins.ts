import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Run, Stack, type Step } from "../../../../lab/engine/index.ts";

export interface Entry {
  readonly type: string;
  readonly inputs?: Record<string, unknown>;
  readonly secrets?: readonly string[];
}

/** A directory of the test's own, gone with it. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), "stand-ins-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A stack whose program registers the given resources of the random and command packages. */
export function stackOf(dir: string, list: Record<string, Entry>, config: Record<string, string> = {}): Stack {
  const entries = Object.entries(list).map(([name, entry]) => [name, { inputs: {}, ...entry }]);
  return new Stack({
    projectDir: join(import.meta.dirname, "..", "fixtures", "program"),
    stack: "test",
    stateFile: join(dir, "state.json"),
    config: { "stand-ins:list": JSON.stringify(Object.fromEntries(entries)), ...config },
    env: { PULUMI_CONFIG_PASSPHRASE: "a test" },
  });
}

/** The step of a resource, by its name. */
export function stepOf(run: Run, name: string): Step {
  const step = run.steps.find(({ urn }) => urn.endsWith(`::${name}`));
  if (step === undefined) throw new Error(`no step for ${name} in ${JSON.stringify(run.diagnostics)}`);
  return step;
}

export function errors(run: Run): string[] {
  return run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}
