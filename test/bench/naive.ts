import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";
import ssh2 from "ssh2";
import type { SimulatedTrueNas } from "../../lab/truenas/index.ts";
import { costOf, startBenchAppliance } from "./bench-appliance.ts";
import type { Cost, Costs, Operation } from "./cost.ts";

const GIB = 1024 ** 3;
/** sshd turns away connections once ten of them have not logged in yet. */
export const NAIVE_AT_A_TIME = 8;

/** The same work as remote commands would do it: a connection and a process for every dataset and operation. */
export async function measureNaive(
  datasets: number,
  delayMs: number,
  say: (operation: Operation) => void = () => {},
): Promise<Costs> {
  const dir = mkdtempSync(join(tmpdir(), "homelab-naive-"));
  const appliance = await startBenchAppliance(dir, delayMs);
  const names = Array.from({ length: datasets }, (_, at) => `tank/data-${at}`);
  const limit = pLimit(NAIVE_AT_A_TIME);
  const measure = (operation: Operation, on: readonly string[], command: (name: string) => Command): Promise<Cost> => {
    say(operation);
    return costOf(appliance, async () => {
      await Promise.all(on.map((name) => limit(() => midclt(appliance, command(name)))));
    });
  };

  try {
    return {
      create: await measure("create", names, (name) => ["pool.dataset.create", { name, quota: GIB }]),
      "no-op": await measure("no-op", [], (name) => ["pool.dataset.query", [["id", "=", name]]]),
      refresh: await measure("refresh", names, (name) => ["pool.dataset.query", [["id", "=", name]]]),
      "one change": await measure("one change", names.slice(0, 1), (name) => [
        "pool.dataset.update",
        name,
        { quota: 2 * GIB },
      ]),
    };
  } finally {
    await appliance.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Command = readonly [method: string, ...params: unknown[]];

/** One call over a connection of its own. */
function midclt({ endpoint }: SimulatedTrueNas, [method, ...params]: Command): Promise<void> {
  const { host, port, user: username, privateKeyFile } = endpoint;
  const line = ["midclt", "call", method, ...params.map((param) => `'${argument(param)}'`)].join(" ");
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

function argument(param: unknown): string {
  return typeof param === "string" ? param : JSON.stringify(param);
}
