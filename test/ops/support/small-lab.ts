import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SimulatedTrueNas, World, writeEndpoints } from "../../../lab/truenas/index.ts";
import type { Way } from "../../../ops/address.ts";
import { parseSite, type Site } from "../../../src/site/index.ts";
import { smallSite } from "../../support/invalid-sites.ts";

const TB = 1e12;
const disks = (...serials: string[]) => serials.map((serial) => ({ serial, size: TB }));

/** The small site's two appliances in one world, with their pools and datasets made by hand: no engine, so it is quick. */
export class SmallLab {
  readonly dir = mkdtempSync(join(tmpdir(), "small-lab-"));
  readonly site: Site;
  readonly way: Way;
  readonly world: World;
  #appliances: Readonly<Record<string, SimulatedTrueNas>> = {};

  /** `more` is laid over the top of the small site. */
  constructor(more: Readonly<Record<string, unknown>> = {}, now = new Date("2026-11-01T00:00:00Z")) {
    this.site = parseSite({ ...(smallSite() as object), ...more });
    this.way = {
      environment: { endpointsFile: join(this.dir, "endpoints.json"), callTimeout: 30 },
      privateKeys: new Map(),
    };
    this.world = new World({ now });
  }

  async start(): Promise<void> {
    const { world } = this;
    const start = (name: string, address: string, serials: string[]) =>
      SimulatedTrueNas.start(
        { name, addresses: [address], disks: disks(...serials) },
        { dir: join(this.dir, name), world },
      );
    const nas = await start("nas", "198.51.100.20", ["T-1", "T-2", "T-3", "T-4"]);
    const vault = await start("vault", "198.51.100.21", ["C-1", "C-2"]);
    this.#appliances = { nas, vault };
    await writeEndpoints(this.way.environment.endpointsFile ?? "", { "198.51.100.20": nas, "198.51.100.21": vault });
    await nas.call("pool.create", {
      name: "tank",
      topology: { data: [{ type: "RAIDZ2", disks: ["sda", "sdb", "sdc", "sdd"] }] },
    });
    await vault.call("pool.create", { name: "cold", topology: { data: [{ type: "MIRROR", disks: ["sda", "sdb"] }] } });
    for (const name of ["tank/apps", "tank/apps/data", "tank/films"]) await nas.call("pool.dataset.create", { name });
    await nas.call("pool.snapshottask.create", {
      dataset: "tank/apps/data",
      naming_schema: "hourly-%Y-%m-%d_%H-%M",
      lifetime_value: 24,
      lifetime_unit: "HOUR",
    });
  }

  appliance(name: "nas" | "vault"): SimulatedTrueNas {
    const found = this.#appliances[name];
    if (!found) throw new Error("the lab was not started");
    return found;
  }

  async stop(): Promise<void> {
    await Promise.all(Object.values(this.#appliances).map((appliance) => appliance.stop()));
    rmSync(this.dir, { recursive: true, force: true });
  }
}
