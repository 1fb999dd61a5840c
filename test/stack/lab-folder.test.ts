import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configFile, folder, lab, processesOf } from "../support/command-line.ts";

const canSeeProcesses = existsSync("/proc/self/environ");

test("a folder with something else in it is left alone", async () => {
  const dir = folder();
  writeFileSync(join(dir, "notes.txt"), "not a lab");

  const outcome = await lab(["rehearse", "--stack", "dev", "--lab", dir]);

  expect(outcome.stderr).toBe(
    `error: --lab ${dir} holds something else; name an empty folder, or one that an earlier run made\n`,
  );
  expect(outcome.status).toBe(2);
  expect(readdirSync(dir)).toEqual(["notes.txt"]);
});

test("a folder in which another command works is left alone", async () => {
  const dir = folder();
  mkdirSync(join(dir, "appliances"));
  writeFileSync(join(dir, "in-use-by"), String(process.pid));

  const outcome = await lab(["rehearse", "--stack", "dev", "--lab", dir]);

  expect(outcome.stderr).toBe(
    `error: --lab ${dir} is in use by process ${process.pid}; wait until it ends, or name another folder\n`,
  );
  expect(outcome.status).toBe(2);
  expect(readdirSync(dir)).toEqual(["appliances", "in-use-by"]);
});

test("a folder whose command was killed is taken over, and given back", async () => {
  const dir = folder();
  const noProcess = 2 ** 30;
  writeFileSync(join(dir, "in-use-by"), String(noProcess));

  const outcome = await lab(["preview", "--stack", "dev", "--config-file", configFile(dir, {}), "--lab", dir]);

  expect(outcome.stderr).toBe("");
  expect(outcome.status).toBe(1);
  expect(readdirSync(dir)).not.toContain("in-use-by");
});

test("Ctrl-C ends a rehearsal with 130 and leaves nothing behind", async () => {
  const temporary = folder();

  const outcome = await lab(["rehearse", "--stack", "dev"], { TMPDIR: temporary }, "2. Update on the lab");

  expect(outcome.stdout).toContain("\ninterrupted: what is under way is finished first; once more stops at once\n");
  expect(outcome.stdout).toContain("\nrehearse of dev: interrupted in ");
  expect(outcome.stdout).not.toContain("3. Preview again");
  expect(outcome.status).toBe(130);
  expect(readdirSync(temporary).filter((name) => name.startsWith("homelab-"))).toEqual([]);
  if (canSeeProcesses) await expect.poll(() => processesOf(outcome)).toEqual([]);
});
