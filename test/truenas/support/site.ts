import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ApplianceSpec, SimulatedTrueNas, writeEndpoints } from "../../../lab/truenas/index.ts";
import { surroundingWorld } from "./objects/surroundings.ts";
import { Plugin, type ReadResult, type Values } from "./plugin.ts";

/** Address that programs know the appliance by; it is never dialled. */
export const HOST = "192.0.2.20";

const TERABYTE = 1_000_000_000_000;

/** Disks S1 … Sn of one terabyte. */
export function disks(count: number, size: number = TERABYTE): { serial: string; size: number }[] {
  return Array.from({ length: count }, (_, index) => ({ serial: `S${index + 1}`, size }));
}

/** One simulated appliance, and a provider process that manages it. */
export class Site {
  readonly directory: string;
  readonly appliance: SimulatedTrueNas;
  plugin: Plugin;
  readonly #environment: Record<string, string>;
  #config: Values = { host: HOST, label: "din" };

  private constructor(
    directory: string,
    appliance: SimulatedTrueNas,
    plugin: Plugin,
    environment: Record<string, string>,
  ) {
    this.directory = directory;
    this.appliance = appliance;
    this.plugin = plugin;
    this.#environment = environment;
  }

  static async start(
    spec: Partial<ApplianceSpec> = {},
    environment: Record<string, string> = {},
    engine?: string,
  ): Promise<Site> {
    const directory = mkdtempSync(join(tmpdir(), "truenas-site-"));
    const options = { dir: join(directory, "din"), world: surroundingWorld() };
    const appliance = await SimulatedTrueNas.start({ name: "din", disks: disks(6), ...spec }, options);
    const endpoints = join(directory, "endpoints.json");
    await writeEndpoints(endpoints, { [HOST]: appliance });
    const full = { TRUENAS_ENDPOINTS: endpoints, TRUENAS_JOURNAL: join(directory, "journal.jsonl"), ...environment };
    const site = new Site(directory, appliance, await Plugin.start(full, engine), full);
    await site.#greet();

    return site;
  }

  /** The provider as each phase of the engine meets it: configured anew, knowing nothing, without a connection. */
  async nextPhase(config: Values = {}): Promise<void> {
    this.#config = { ...this.#config, ...config };
    await this.#greet();
    this.appliance.resetCounters();
  }

  /** A new process in place of the old one. */
  async restartPlugin(): Promise<void> {
    await this.plugin.stop();
    this.plugin = await Plugin.start(this.#environment);
    await this.nextPhase();
  }

  async #greet(): Promise<void> {
    await this.plugin.handshake();
    await this.plugin.configure(this.#config);
  }

  /** What the journal says so far. */
  journal(): readonly Values[] {
    const file = this.#environment["TRUENAS_JOURNAL"] ?? "";
    if (!existsSync(file)) return [];

    return readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  /** A pool made behind the provider's back over the first disks of the appliance. */
  async makePool(name: string, count = 4): Promise<void> {
    const found = (await this.appliance.call("disk.details")) as { unused: { name: string }[] };
    const names = found.unused.slice(0, count).map((disk) => disk.name);
    await this.appliance.call("pool.create", { name, topology: { data: [{ type: "RAIDZ2", disks: names }] } });
  }

  /** A resource created, read back and compared: what the engine does in `up` and `refresh`. */
  async refresh(type: string, id: string, inputs: Values, outputs: Values): Promise<ReadResult> {
    return await this.plugin.read(type, id, { inputs, outputs });
  }

  async stop(): Promise<void> {
    await this.plugin.stop();
    await this.appliance.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
