import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import ssh2 from "ssh2";
import { SimulatedTrueNas } from "../../lab/truenas/index.ts";
import type { Cost, Operation } from "./cost.ts";

const GIB = 1024 ** 3;
const AT_A_TIME = 8;
const DISKS = [1, 2, 3, 4].map((at) => ({ serial: `BENCH-${at}`, size: 4e12 }));

/** The same work in the naive way: one connection per command, one process per call, a read after every write. */
export async function measureNaive(datasets: number, delayMs: number): Promise<Record<Operation, Cost>> {
  const dir = mkdtempSync(join(tmpdir(), "homelab-naive-"));
  const appliance = await SimulatedTrueNas.start({ name: "naive", disks: DISKS }, { dir, processDelayMs: delayMs });
  const names = Array.from({ length: datasets }, (_, at) => `tank/data-${at}`);
  const limit = pLimit(AT_A_TIME);
  const each = (work: (name: string) => Promise<void>) => Promise.all(names.map((name) => limit(() => work(name))));
  const read = (name: string) => midclt(appliance, "pool.dataset.query", [["id", "=", name]]);

  try {
    await makePool(appliance);
    return {
      create: await cost(appliance, async () => {
        await each(async (name) => {
          await midclt(appliance, "pool.dataset.create", { name, quota: GIB });
          await read(name);
        });
      }),
      "no-op": await cost(appliance, async () => undefined),
      refresh: await cost(appliance, async () => {
        await each(read);
      }),
      "one change": await cost(appliance, async () => {
        await midclt(appliance, "pool.dataset.update", "tank/data-0", { quota: 2 * GIB });
        await read("tank/data-0");
      }),
    };
  } finally {
    await appliance.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function makePool(appliance: SimulatedTrueNas): Promise<void> {
  const disks = (await appliance.call("disk.query")) as { name: string }[];
  const topology = { data: [{ type: "RAIDZ1", disks: disks.map(({ name }) => name) }] };
  const job = await appliance.call("pool.create", { name: "tank", topology });
  await appliance.call("core.job_wait", job);
}

async function midclt(appliance: SimulatedTrueNas, method: string, ...params: unknown[]): Promise<void> {
  const words = params.map((param) => `'${JSON.stringify(param)}'`);
  await command(appliance, ["midclt", "call", method, ...words].join(" "));
}

/** One command over a connection of its own. */
function command({ endpoint }: SimulatedTrueNas, line: string): Promise<void> {
  const { host, port, user: username, privateKeyFile } = endpoint;
  const client = new ssh2.Client();

  return new Promise((resolve, reject) => {
    client
      .on("ready", () => {
        client.exec(line, (error, channel) => {
          if (error) return reject(error);
          channel.on("close", (code: number) => {
            client.end();
            if (code === 0) resolve();
            else reject(new Error(`${line}: exit code ${code}`));
          });
          channel.resume();
          channel.stderr.resume();
        });
      })
      .on("error", reject)
      .connect({ host, port, username, privateKey: readFileSync(privateKeyFile) });
  });
}

async function cost(appliance: SimulatedTrueNas, operation: () => Promise<void>): Promise<Cost> {
  appliance.resetCounters();
  const started = performance.now();
  await operation();
  const { sshConnections, midcltProcesses, middlewareCalls } = appliance.counters;

  return { sshConnections, midcltProcesses, middlewareCalls, seconds: (performance.now() - started) / 1000 };
}
