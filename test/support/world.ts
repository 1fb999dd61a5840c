import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Lab } from "../../lab/cli/lab.ts";
import { MadeUpSecrets, missingSecretsOf } from "../../lab/cli/made-up-secrets.ts";
import { PROJECT_DIR } from "../../lab/cli/session.ts";
import { type Run, Stack, type StackOptions } from "../../lab/engine/index.ts";
import type { Configuration, SimulatedTrueNas } from "../../lab/truenas/index.ts";
import type { EngineName } from "./engines.ts";
import { OfficialStack } from "./official-stack.ts";
import type { SiteYaml } from "./site-yaml.ts";

export { ENGINES, type EngineName } from "./engines.ts";

/** The project under one engine, with the lab's appliances; whoever opens a world closes it. */
export class World {
  readonly dir = mkdtempSync(join(tmpdir(), "homelab-story-"));
  /** Every middleware call, planned or made. */
  readonly journal = join(this.dir, "journal.jsonl");
  readonly #lab: Lab;
  readonly #stateFile = join(this.dir, "state.json");
  readonly #engine: EngineName;
  readonly #more: Partial<StackOptions>;

  /** @param now the time at which its clock starts and stands still until advanced; without it, real time. */
  constructor(engine: EngineName, more: Partial<StackOptions> = {}, now?: Date) {
    this.#lab = new Lab(this.dir, now);
    this.#engine = engine;
    this.#more = more;
  }

  /** The stack of a site, with options for this `once`; state and appliances go on from one call to the next. */
  stack(site: SiteYaml, once: Partial<StackOptions> = {}): Stack | OfficialStack {
    const { config, env, ...more } = { ...this.#more, ...once };
    const secrets = MadeUpSecrets.in(this.dir).values;
    const options: StackOptions = {
      projectDir: PROJECT_DIR,
      stack: "story",
      config: { "homelab:site": JSON.stringify(site), ...secrets, ...config },
      secretKeys: Object.keys(secrets),
      stateFile: this.#stateFile,
      policyPacks: [{ dir: join(PROJECT_DIR, "policies") }],
      env: { ...this.#lab.env, TRUENAS_JOURNAL: this.journal, ...env },
      ...more,
    };
    return this.#engine === "lab" ? new Stack(options) : new OfficialStack(options);
  }

  /** Previews a site, racks the appliances that it names, makes up the secrets that it needs, and applies it. */
  async settle(site: SiteYaml): Promise<Run> {
    await this.rack(site);
    const run = await this.stack(site).up({ skipPreview: true });
    expectFine(run);
    return run;
  }

  /** Racks the appliances that a preview of a site names, with options for it, and makes up the secrets that it needs. */
  async rack(site: SiteYaml, once: Partial<StackOptions> = {}): Promise<void> {
    const preview = await this.stack(site, once).preview();
    expectFine(preview);
    await this.#lab.rack(preview.steps, missingSecretsOf(preview));
    MadeUpSecrets.in(this.dir).add(missingSecretsOf(preview));
  }

  /** An appliance is lost with all that was on it. */
  async lose(label: string): Promise<void> {
    await this.#lab.lose(label);
  }

  /** An appliance's machine is replaced; its disks are not, and a configuration is uploaded if there is one. */
  async reinstall(label: string, configuration?: Configuration): Promise<void> {
    await this.#lab.reinstall(label, configuration);
  }

  /** What the cloud of the lab holds, as whoever runs it sees it. */
  get inTheCloud(): readonly string[] {
    return this.#lab.world.cloud.objects.values().map(({ body }) => body);
  }

  /** The file that says where the racked appliances listen. */
  get endpoints(): string {
    return this.#lab.endpoints;
  }

  /** A racked appliance. */
  appliance(label: string): SimulatedTrueNas {
    return this.#lab.appliance(label);
  }

  /** Takes the engine's protection off a resource, as somebody might who works on the state by hand. */
  async unprotect(site: SiteYaml, urn: string): Promise<void> {
    const stack = this.stack(site);
    if (stack instanceof OfficialStack) return stack.unprotect(urn);
    const state = JSON.parse(readFileSync(this.#stateFile, "utf8")) as {
      deployment: { resources: { urn: string; protect?: boolean }[] };
    };
    for (const resource of state.deployment.resources) if (resource.urn === urn) resource.protect = false;
    writeFileSync(this.#stateFile, JSON.stringify(state));
  }

  /** Stops the appliances and throws everything away. */
  async close(): Promise<void> {
    await this.#lab.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Fails with what the engine said when a run failed. */
export function expectFine(run: Run): void {
  if (run.ok) return;
  const errors = run.diagnostics.filter(({ severity }) => severity === "error");
  const said = [...errors.map(({ message }) => message), ...run.policies.map(({ message }) => message)];
  throw new Error(`the run failed:\n${said.join("\n")}`);
}
