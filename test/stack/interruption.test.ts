import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../lab/truenas/index.ts";
import { ENGINES, expectFine } from "../support/world.ts";
import { Storage } from "./support/storage.ts";
import { expectComplete, PLAN } from "./support/storage-plan.ts";

const SCRIPT = join(import.meta.dirname, "support", "run-up.ts");

/** The moment of a write: which of its method, and whether it has taken effect. */
type Moment = readonly [when: "before" | "after", nth: number, method: string];

/** Runs that are killed one after the other, each at the next moment. */
const STORIES: readonly (readonly Moment[])[] = [
  [
    ["before", 1, "pool.create"],
    ["after", 1, "pool.create"],
    ["before", 1, "pool.update"],
    ["before", 2, "pool.dataset.create"],
    ["after", 1, "pool.dataset.create"],
  ],
  [
    ["before", 1, "sharing.nfs.create"],
    ["after", 1, "sharing.nfs.create"],
    ["after", 1, "service.control"],
  ],
  [
    ["before", 2, "sharing.smb.create"],
    ["after", 1, "sharing.smb.create"],
  ],
  [["after", 2, "pool.snapshottask.create"]],
  [["after", 1, "filesystem.setperm"]],
  [["after", 1, "pool.scrub.update"]],
];

/** Does something at the moment of a write; one that has not taken effect by then never does. */
function at(appliance: SimulatedTrueNas, [when, nth, method]: Moment, deed: () => void): void {
  let seen = 0;
  const match = () => {
    seen += 1;
    if (seen === nth) deed();
    return when === "before" && seen >= nth;
  };
  if (when === "after") appliance.faults.restartMiddleware({ method, match });
  else appliance.faults.errorOn({ method, match, text: "[EFAULT] nobody listens any more", times: Infinity });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe("the engine killed in the middle of up", () => {
  test.each(STORIES.map((moments) => ({ title: moments.map((one) => one.join(" ")).join(", then "), moments })))(
    "$title: the next run finishes, and nothing is made twice",
    { timeout: 240_000 },
    async ({ moments }) => {
      const storage = await Storage.open("lab");
      for (const moment of moments) {
        await storage.appliance.faults.clear();
        const engine = spawn(process.execPath, [SCRIPT, JSON.stringify(storage.options(PLAN))], { stdio: "inherit" });
        const exited = once(engine, "exit");
        at(storage.appliance, moment, () => engine.kill("SIGKILL"));

        expect(await exited).toEqual([null, "SIGKILL"]);
        await until(() => !storage.plugins().some(isRunning));
      }

      await expectComplete(storage);
    },
  );
});

describe.each(ENGINES)("under the %s engine", (engine) => {
  test.each([
    ["before", 2, "pool.dataset.create"],
    ["after", 1, "sharing.nfs.create"],
  ] as const)(
    "the provider killed %s write %i of %s took effect fails the run, and the next one finishes",
    async (...moment) => {
      const storage = await Storage.open(engine);
      at(storage.appliance, moment, () => process.kill(storage.plugins().at(-1) ?? 0, "SIGKILL"));

      expect((await storage.stack(PLAN).up({ skipPreview: true })).ok).toBe(false);

      await expectComplete(storage);
    },
  );

  test.each(["before", "after"] as const)(
    "the SSH server drops the connection %s writes take effect, and the run goes on",
    { timeout: 240_000 },
    async (when) => {
      const storage = await Storage.open(engine);
      // These do not travel together, so each write is struck once: what is lost twice is given up with advice.
      for (const method of ["pool.create", "sharing.nfs.create"]) {
        storage.appliance.faults.dropConnection({ when, method });
      }

      expectFine(await storage.stack(PLAN).up({ skipPreview: true }));

      await expectComplete(storage);
    },
  );

  test("the host goes away in the middle, and the run after it is back finishes", { timeout: 240_000 }, async () => {
    const storage = await Storage.open(engine);
    at(storage.appliance, ["after", 1, "sharing.smb.create"], () => void storage.appliance.faults.hostDown());

    expect((await storage.stack(PLAN).up({ skipPreview: true })).ok).toBe(false);

    await expectComplete(storage);
  });
});
