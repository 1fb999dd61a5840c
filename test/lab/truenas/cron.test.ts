import { expect, test } from "vitest";
import { World } from "../../../lab/truenas/index.ts";
import { anAppliance } from "./support/appliance.ts";
import { DAY, START } from "./support/cloud.ts";

const weekly = { minute: "0", hour: "3", dom: "*", month: "*", dow: "6" };

async function job(
  nas: Awaited<ReturnType<typeof anAppliance>>,
  command: string,
  changes: object = {},
): Promise<number> {
  const made = await nas.call("cronjob.create", {
    command,
    user: "root",
    description: command,
    schedule: weekly,
    ...changes,
  });
  return (made as { id: number }).id;
}

test("a job runs when it is due, and the appliance does what its own middleware is told", async () => {
  const world = new World({ now: START });
  const nas = await anAppliance({}, { world });
  await job(nas, `midclt call disk.smart_test LONG '["*"]'`);
  await job(nas, "echo never", { enabled: false });

  await world.advance(14 * DAY);
  const saturday = Date.parse("2026-01-17T03:00:00Z");
  expect(
    nas.console.cronRuns().map(({ at, status, output, carriedOut }) => ({ at, status, output, carriedOut })),
  ).toEqual([
    { at: saturday - 7 * DAY, status: 0, output: "null\n", carriedOut: true },
    { at: saturday, status: 0, output: "null\n", carriedOut: true },
  ]);
  expect(nas.console.smartTests()).toHaveLength(8);
  expect(nas.console.smartTests()[0]).toEqual({ serial: "S0", type: "LONG", at: saturday });
});

test("a command that the simulator does not know is taken note of; one that fails says with what status", async () => {
  const nas = await anAppliance();
  const unknown = await job(nas, "rsync -a /a /b");
  const failing = await job(nas, `midclt call disk.smart_test QUICK '["*"]'`, { stdout: true, stderr: true });
  const disabled = await job(nas, "true", { enabled: false });

  expect(await nas.call("cronjob.run", unknown)).toBe(null);
  await expect(nas.call("cronjob.run", failing)).rejects.toThrow(
    `CronTask "midclt call disk.smart_test QUICK '["*"]' > /dev/null 2> /dev/null" exited with 1 (non-zero) exit status.`,
  );
  await expect(nas.call("cronjob.run", disabled, true)).rejects.toThrow("Cron job is disabled");
  expect(nas.console.cronRuns().map(({ job: of, status, carriedOut }) => [of, status, carriedOut])).toEqual([
    [unknown, 0, false],
    [failing, 1, true],
  ]);
});

test("an appliance of the older release has no such method for self-tests", async () => {
  const nas = await anAppliance({ version: "25.04.2" });
  const test = await job(nas, `midclt call disk.smart_test LONG '["*"]'`);
  await expect(nas.call("cronjob.run", test)).rejects.toThrow("exited with 1");
});
