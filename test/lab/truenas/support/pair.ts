import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { SimulatedTrueNas, World } from "../../../../lab/truenas/index.ts";
import { EIGHT_DISKS } from "./appliance.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const GIB = 1024 ** 3;
export const HOURLY = "hourly-%Y-%m-%d_%H-%M";

type Values = Readonly<Record<string, unknown>>;

/** `din`, which sends, and `grogu`, which receives, as a site sets them up. */
export class Pair {
  readonly world: World;
  readonly din: SimulatedTrueNas;
  readonly grogu: SimulatedTrueNas;
  /** Row of din's connection to grogu. */
  readonly connection: number;
  /** Row of the user on grogu whom din logs in as. */
  readonly user: number;

  private constructor(parts: Pick<Pair, "world" | "din" | "grogu" | "connection" | "user">) {
    this.world = parts.world;
    this.din = parts.din;
    this.grogu = parts.grogu;
    this.connection = parts.connection;
    this.user = parts.user;
  }

  /** Sets both up; they stop after the test, or when `ended` says so. */
  static async start(
    { now = new Date("2026-03-01T00:30:00Z"), version }: { readonly now?: Date; readonly version?: string } = {},
    ended: (clean: () => Promise<void>) => void = onTestFinished,
  ): Promise<Pair> {
    const [world, dir] = [new World({ now }), await mkdtemp(join(tmpdir(), "truenas-pair-"))];
    const [din, grogu] = await Promise.all([
      appliance(world, dir, { name: "din", address: "10.10.10.20", pool: "fast", version }),
      appliance(world, dir, { name: "grogu", address: "10.10.10.21", pool: "backup", version }),
    ]);
    ended(async () => {
      await Promise.all([din.stop(), grogu.stop()]);
      await rm(dir, { recursive: true, force: true });
    });
    const { private_key, public_key } = (await din.call("keychaincredential.generate_ssh_key_pair")) as Keys;
    const pair = await create(din, "keychaincredential", {
      name: "replication",
      type: "SSH_KEY_PAIR",
      attributes: { private_key, public_key },
    });
    await grogu.call("pool.dataset.create", { name: "backup/home" });
    const user = await create(grogu, "user", {
      username: "replicator",
      full_name: "Replication",
      group_create: true,
      password_disabled: true,
      smb: false,
      shell: "/usr/bin/sh",
      home: "/mnt/backup/home",
      sshpubkey: `from="10.10.10.20" ${public_key}`,
      sudo_commands_nopasswd: ["/usr/sbin/zfs"],
    });
    const connection = await create(din, "keychaincredential", {
      name: "grogu",
      type: "SSH_CREDENTIALS",
      attributes: {
        host: "10.10.10.21",
        username: "replicator",
        private_key: pair,
        remote_host_key: grogu.endpoint.hostKey,
      },
    });
    return new Pair({ world, din, grogu, connection, user });
  }

  /** A snapshot task on din, hourly and kept for a day unless the values say otherwise. Answers its row. */
  async snapshots(values: Values): Promise<number> {
    const usual = { naming_schema: HOURLY, recursive: true, lifetime_value: 24, lifetime_unit: "HOUR" };
    return await create(this.din, "pool.snapshottask", { ...usual, ...values });
  }

  /** A replication on din to grogu, a push that runs after its snapshot tasks unless the values say otherwise. */
  async replication(values: Values): Promise<number> {
    return await create(this.din, "replication", { ...this.push(), name: "to grogu", auto: true, ...values });
  }

  /** What every push to grogu says. */
  push(): Values {
    return {
      direction: "PUSH",
      transport: "SSH",
      ssh_credentials: this.connection,
      sudo: true,
      source_datasets: ["fast/data"],
      target_dataset: "backup/data",
      recursive: true,
      retention_policy: "SOURCE",
    };
  }

  /** How a replication stands. */
  async state(id: number): Promise<Values> {
    return ((await this.din.call("replication.get_instance", id)) as { state: Values }).state;
  }
}

interface Keys {
  readonly private_key: string;
  readonly public_key: string;
}

async function create(nas: SimulatedTrueNas, namespace: string, values: Values): Promise<number> {
  return ((await nas.call(`${namespace}.create`, values)) as { id: number }).id;
}

async function appliance(
  world: World,
  dir: string,
  spec: { name: string; address: string; pool: string; version: string | undefined },
): Promise<SimulatedTrueNas> {
  const { name, address, pool, version } = spec;
  const nas = await SimulatedTrueNas.start(
    { name, disks: EIGHT_DISKS, addresses: [address], ...(version === undefined ? {} : { version }) },
    { dir: join(dir, name), world },
  );
  const disks = ["sda", "sdb", "sdc"];
  await nas.call("pool.create", { name: pool, topology: { data: [{ type: "RAIDZ1", disks }] } });
  return nas;
}

/** Names of the snapshots of a dataset, the oldest first. */
export async function snapshotsOf(nas: SimulatedTrueNas, dataset: string): Promise<string[]> {
  const rows = (await nas.call("zfs.snapshot.query", [["dataset", "=", dataset]])) as { snapshot_name: string }[];
  return rows.map((row) => row.snapshot_name);
}

/** Datasets on din: `fast/data`, and these below it. */
export async function tree({ din }: Pair, names: readonly string[] = ["a", "b"]): Promise<void> {
  for (const name of ["fast/data", ...names.map((below) => `fast/data/${below}`)])
    await din.call("pool.dataset.create", { name });
}
