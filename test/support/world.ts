import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { parse } from "yaml";
import { Lab } from "../../lab/cli/lab.ts";
import { PROJECT_DIR } from "../../lab/cli/session.ts";
import { type Run, Stack, type StackOptions } from "../../lab/engine/index.ts";
import type { SimulatedTrueNas } from "../../lab/truenas/index.ts";
import { OfficialStack, officialEngineIsHere } from "./official-stack.ts";

/** The engines under which a story is told. */
export const ENGINES: readonly EngineName[] = officialEngineIsHere() ? ["lab", "official"] : ["lab"];
/** An engine under which a story is told. */
export type EngineName = "lab" | "official";

/** A site that a test may change before it becomes a stack's configuration. */
export type SiteYaml = Record<string, unknown>;

/** The site of a stack file, as plain data. */
export function siteOf(stack: string): SiteYaml {
  const file = parse(readFileSync(join(PROJECT_DIR, `Pulumi.${stack}.yaml`), "utf8")) as {
    config: Record<string, SiteYaml>;
  };
  return file.config["homelab:site"] ?? {};
}

/** The project under one engine, with the lab's appliances. */
export class World {
  readonly dir = mkdtempSync(join(tmpdir(), "homelab-story-"));
  readonly lab = new Lab(this.dir);
  readonly #engine: EngineName;
  readonly #more: Partial<StackOptions>;

  constructor(engine: EngineName, more: Partial<StackOptions> = {}) {
    this.#engine = engine;
    this.#more = more;
    onTestFinished(async () => {
      await this.lab.stop();
      rmSync(this.dir, { recursive: true, force: true });
    });
  }

  /** The stack of a site; state and appliances go on from one call to the next. */
  stack(site: SiteYaml): Stack | OfficialStack {
    const options: StackOptions = {
      projectDir: PROJECT_DIR,
      stack: "story",
      config: { "homelab:site": JSON.stringify(site) },
      stateFile: join(this.dir, "state.json"),
      policyPacks: [{ dir: join(PROJECT_DIR, "policies") }],
      env: { TRUENAS_ENDPOINTS: this.lab.endpoints },
      ...this.#more,
    };
    return this.#engine === "lab" ? new Stack(options) : new OfficialStack(options);
  }

  /** Previews a site, racks the appliances that it names, and applies it. */
  async settle(site: SiteYaml): Promise<Run> {
    const preview = await this.stack(site).preview();
    expectFine(preview);
    await this.lab.rack(preview.steps);
    const run = await this.stack(site).up();
    expectFine(run);
    return run;
  }

  /** A racked appliance. */
  appliance(label: string): SimulatedTrueNas {
    return this.lab.appliance(label);
  }
}

/** Fails with what the engine said when a run failed. */
export function expectFine(run: Run): void {
  if (run.ok) return;
  const said = [...run.diagnostics.map(({ message }) => message), ...run.policies.map(({ message }) => message)];
  throw new Error(`the run failed:\n${said.join("\n")}`);
}
