import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Run, Stack, type StackOptions } from "../../../../lab/engine/index.ts";
import { World } from "../fixtures/provider/world.ts";
import type { Entry } from "../fixtures/things/register.ts";

export const FIXTURES = join(import.meta.dirname, "..", "fixtures");

/** A stack of the `things` program with a world of its own; both vanish with the test. */
export class Workbench {
  readonly dir = mkdtempSync(join(tmpdir(), "engine-"));
  readonly world = new World(join(this.dir, "world"));
  readonly stateFile = join(this.dir, "state", "things.json");

  constructor() {
    onTestFinished(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  /** The stack whose program registers the given entries. */
  stack(list: readonly Entry[], options: Partial<StackOptions> = {}): Stack {
    return new Stack({
      projectDir: join(FIXTURES, "things"),
      stack: "test",
      stateFile: this.stateFile,
      ...options,
      config: { "things:list": JSON.stringify(list), ...options.config },
      env: {
        PROBE_WORLD: join(this.dir, "world"),
        PULUMI_CONFIG_PASSPHRASE: "a test",
        ...options.env,
      },
    });
  }

  /** What the provider was asked to change since the last look, e.g. `create a`. */
  changes(): string[] {
    const calls = this.world.calls();
    this.world.forgetCalls();
    return calls
      .filter(({ call, preview }) => ["create", "update", "delete"].includes(String(call)) && preview !== true)
      .map(({ call, name, id }) => `${String(call)} ${String(name ?? id)}`);
  }
}

/** The steps of a run that concern things and groups, e.g. `create a`. */
export function steps(run: Run): string[] {
  return run.steps
    .filter(({ type }) => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:"))
    .map(({ op, urn }) => `${op} ${nameOf(urn)}`);
}

/** The last part of a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/** Messages of the given severity. */
export function messages(run: Run, severity = "error"): string[] {
  return run.diagnostics.filter((diagnostic) => diagnostic.severity === severity).map(({ message }) => message);
}
