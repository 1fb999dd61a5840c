import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { B2_HOST, Cloud, SimulatedTrueNas, World, writeEndpoints } from "../../../lab/truenas/index.ts";
import { type DeclaredStack, declaredStack } from "../../../ops/declared/stack.ts";
import type { Way } from "../../../ops/way.ts";
import { parseSite, type Site } from "../../../src/site/index.ts";
import { smallSite } from "../../support/invalid-sites.ts";

const TB = 1e12;
const disks = (...serials: string[]) => serials.map((serial) => ({ serial, size: TB }));

/** The small site's two appliances in one world, with their pools and datasets made by hand: no engine, so it is quick. */
export class SmallLab {
  readonly dir = mkdtempSync(join(tmpdir(), "small-lab-"));
  readonly site: Site;
  readonly way: Way;
  /** The site as it is written. */
  readonly written: unknown;
  readonly world: World;
  #declared: DeclaredStack | undefined;
  #appliances: Readonly<Record<string, SimulatedTrueNas>> = {};

  /** `more` is laid over the top of the small site. */
  constructor(more: Readonly<Record<string, unknown>> = {}, now = new Date("2026-11-01T00:00:00Z")) {
    this.written = { ...(smallSite() as object), ...more };
    this.site = parseSite(this.written);
    this.way = {
      environment: { endpointsFile: join(this.dir, "endpoints.json"), callTimeout: 30 },
      privateKeys: new Map(),
    };
    this.world = new World({ now, cloud: new Cloud() });
  }

  /** What the program declares for the site. */
  get declared(): DeclaredStack {
    if (!this.#declared) throw new Error("the lab was not started");
    return this.#declared;
  }

  async start(): Promise<void> {
    const { world, site, written } = this;
    this.#declared = await declaredStack("small", { file: "small-site.yaml", site, written });
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

  /** Sends `tank/apps/data` to the vault after every snapshot, as the site's replication `data` says. */
  async replicate(): Promise<void> {
    const [nas, vault] = [this.appliance("nas"), this.appliance("vault")];
    const keys = (await nas.call("keychaincredential.generate_ssh_key_pair")) as Record<string, string>;
    const pair = await create(nas, "keychaincredential", { name: "vault", type: "SSH_KEY_PAIR", attributes: keys });
    await vault.call("pool.dataset.create", { name: "cold/home" });
    await create(vault, "user", {
      username: "replicator",
      full_name: "Replication",
      group_create: true,
      password_disabled: true,
      smb: false,
      shell: "/usr/bin/sh",
      home: "/mnt/cold/home",
      sshpubkey: keys["public_key"],
      sudo_commands_nopasswd: ["/usr/sbin/zfs"],
    });
    const attributes = {
      host: "198.51.100.21",
      username: "replicator",
      private_key: pair,
      remote_host_key: vault.endpoint.hostKey,
    };
    const connection = await create(nas, "keychaincredential", {
      name: "to vault",
      type: "SSH_CREDENTIALS",
      attributes,
    });
    await create(nas, "replication", {
      name: "data",
      direction: "PUSH",
      transport: "SSH",
      ssh_credentials: connection,
      sudo: true,
      source_datasets: ["tank/apps/data"],
      target_dataset: "cold/data",
      recursive: false,
      auto: true,
      periodic_snapshot_tasks: [1],
      retention_policy: "CUSTOM",
      lifetime_value: 14,
      lifetime_unit: "DAY",
      hold_pending_snapshots: true,
    });
  }

  /** Backs `tank/apps/data` up to a bucket, nightly at three. */
  async backUp(bucket: string): Promise<void> {
    const { cloud } = this.world;
    cloud.makeBucket(bucket, { versioning: true });
    const { id, secret } = cloud.makeKey({ bucket });
    const provider = {
      type: "S3",
      access_key_id: id,
      secret_access_key: secret,
      endpoint: `https://${B2_HOST}`,
      region: "us-west-004",
    };
    const nas = this.appliance("nas");
    const credentials = await create(nas, "cloudsync.credentials", { name: "b2", provider });
    await create(nas, "cloud_backup", {
      description: "data",
      path: "/mnt/tank/apps/data",
      credentials,
      attributes: { bucket, folder: "" },
      password: "correct horse",
      keep_last: 7,
      schedule: { minute: "0", hour: "3", dom: "*", month: "*", dow: "*" },
    });
  }

  async stop(): Promise<void> {
    await Promise.all(Object.values(this.#appliances).map((appliance) => appliance.stop()));
    rmSync(this.dir, { recursive: true, force: true });
  }
}

async function create(nas: SimulatedTrueNas, namespace: string, values: object): Promise<number> {
  return ((await nas.call(`${namespace}.create`, values)) as { id: number }).id;
}
