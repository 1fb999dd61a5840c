import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Run, Stack, type StackOptions, type Step } from "../../../lab/engine/index.ts";
import { type DiskSpec, SimulatedTrueNas, writeEndpoints } from "../../../lab/truenas/index.ts";
import { OfficialStack } from "../../support/official-stack.ts";
import type { EngineName } from "../../support/world.ts";
import { SURROUNDINGS } from "../../truenas/support/objects/index.ts";
import { surroundingWorld } from "../../truenas/support/objects/surroundings.ts";

/** Properties by name. */
export type Values = Readonly<Record<string, unknown>>;

/** A resource as a program states it, made after those named `<Type> <name>` in `after`. */
export interface Written {
  readonly type: string;
  readonly name: string;
  readonly props: Values;
  readonly after?: readonly string[];
  readonly protect?: boolean;
}

/** A resource as the state knows it. */
export interface Recorded {
  readonly inputs: Values;
  readonly outputs: Values;
}

/** How every URN of the program begins. */
export const PREFIX = "urn:pulumi:story::storage";
const PROGRAM = join(import.meta.dirname, "..", "program");
const HOST = "192.0.2.20";
const TERABYTE = 1e12;

/** Disks S1 … Sn of one terabyte. */
export function disks(count: number): DiskSpec[] {
  return Array.from({ length: count }, (_, index) => ({ serial: `S${index + 1}`, size: TERABYTE }));
}

/** One appliance `din` that a small program manages: real engine, provider process, SSH and simulator. */
export class Storage {
  readonly dir: string;
  readonly appliance: SimulatedTrueNas;
  readonly #engine: EngineName;
  #programs = 0;

  private constructor(engine: EngineName, dir: string, appliance: SimulatedTrueNas) {
    this.#engine = engine;
    this.dir = dir;
    this.appliance = appliance;
  }

  static async open(
    engine: EngineName,
    spec: { readonly disks?: DiskSpec[]; readonly version?: string } = {},
  ): Promise<Storage> {
    const dir = mkdtempSync(join(tmpdir(), "homelab-storage-"));
    mkdirSync(join(dir, "stack"));
    const appliance = await SimulatedTrueNas.start(
      { name: "din", disks: disks(4), ...SURROUNDINGS, ...spec },
      { dir: join(dir, "appliance"), world: surroundingWorld() },
    );
    await writeEndpoints(join(dir, "endpoints.json"), { [HOST]: appliance });
    writeFileSync(join(dir, "plugins"), "");
    onTestFinished(async () => {
      await appliance.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    return new Storage(engine, dir, appliance);
  }

  /** How an engine runs the program with these resources. */
  options(resources: readonly Written[], env: Record<string, string> = {}): StackOptions {
    this.#programs += 1;
    const file = join(this.dir, `resources-${this.#programs}.json`);
    writeFileSync(file, JSON.stringify(resources));

    return {
      projectDir: PROGRAM,
      stack: "story",
      config: {},
      stateFile: join(this.dir, "stack", "state.json"),
      env: {
        STORAGE_RESOURCES: file,
        STORAGE_PLUGINS: join(this.dir, "plugins"),
        TRUENAS_ENDPOINTS: join(this.dir, "endpoints.json"),
        ...env,
      },
    };
  }

  /** The stack with these resources; state and appliance go on from one call to the next. */
  stack(resources: readonly Written[], env: Record<string, string> = {}): Stack | OfficialStack {
    const options = this.options(resources, env);

    return this.#engine === "lab" ? new Stack(options) : new OfficialStack(options);
  }

  /** Processes of the provider that were started so far. */
  plugins(): number[] {
    return readFileSync(join(this.dir, "plugins"), "utf8").trim().split("\n").filter(Boolean).map(Number);
  }

  /** What the state says of every object, by `<Type> <name>`. */
  async recorded(): Promise<Record<string, Recorded>> {
    const state = (await this.stack([]).state()) as {
      deployment?: { resources?: StoredLike[] };
      resources?: StoredLike[];
    };
    const stored = state.resources ?? state.deployment?.resources ?? [];
    const ours = stored.filter(({ type }) => type.startsWith("truenas:"));

    return Object.fromEntries(ours.map(({ urn, inputs = {}, outputs = {} }) => [keyOf(urn), { inputs, outputs }]));
  }

  /** Something that the appliance lists, e.g. `sharing.nfs`. */
  async rows(namespace: string): Promise<Values[]> {
    return (await this.appliance.call(`${namespace}.query`)) as Values[];
  }

  /** A pool made behind the provider's back, over the first free disks. */
  async makePool(name: string, count = 1): Promise<void> {
    const { unused } = (await this.appliance.call("disk.details")) as { unused: { name: string }[] };
    const vdev = { type: "STRIPE", disks: unused.slice(0, count).map((disk) => disk.name) };
    await this.appliance.call("pool.create", { name, topology: { data: [vdev] } });
  }
}

interface StoredLike {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
}

/** `<Type> <name>` of a resource. */
export function keyOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");

  return `${types.split(":").at(-1)} ${name.join("::")}`;
}

/** What a run did to the provider's objects: `<op> <Type> <name>`, sorted; those that stay are left out. */
export function deeds(run: Run): string[] {
  return objects(run)
    .filter(({ op }) => op !== "same")
    .map(({ op, urn }) => `${op} ${keyOf(urn)}`)
    .sort();
}

/** The properties that a run changes, by `<Type> <name>`. */
export function differences(run: Run): Record<string, string[]> {
  const changed = objects(run).filter(({ op }) => op !== "same");

  return Object.fromEntries(changed.map(({ urn, diff = {} }) => [keyOf(urn), Object.keys(diff).sort()]));
}

/** The sentences of a run that are errors of an object, sorted, without the engine's own words around them. */
export function errors(run: Run): string[] {
  const own = run.diagnostics.filter(({ severity, urn }) => severity === "error" && urn?.includes("truenas:index:"));

  return own.map(({ message }) => message).sort();
}

function objects(run: Run): Step[] {
  return run.steps.filter(({ type }) => type.startsWith("truenas:"));
}
