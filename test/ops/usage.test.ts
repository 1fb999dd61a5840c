import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT_DIR } from "../../lab/cli/session.ts";
import { configFile, folder, run } from "../support/command-line.ts";

const ops = (command: string, ...args: string[]) =>
  run(process.execPath, [join(PROJECT_DIR, `ops/${command}.ts`), ...args]);

test.each([
  ["verify", [], "required option '--stack <name>' not specified"],
  ["verify", ["--stack", "pord"], 'error: there is no stack "pord"; the project has dev, prod\n'],
  [
    "verify",
    ["--stack", "dev"],
    "error: no SSH private key is given for nas, vault; add --identity nas=FILE --identity vault=FILE\n",
  ],
  ["verify", ["--stack", "dev", "--identity", "nas"], "error: --identity nas is not of the form APPLIANCE=FILE\n"],
  [
    "verify",
    ["--stack", "dev", "--identity", "sn=key"],
    'error: --identity sn=key: the site has no appliance "sn"; it has nas, vault\n',
  ],
  ["verify", ["--stack", "dev", "--identity", "nas=/none"], "error: --identity nas: /none cannot be read (ENOENT)\n"],
  [
    "plan",
    ["--stack", "dev", "--live"],
    "error: no SSH private key is given for nas, vault; add --identity nas=FILE --identity vault=FILE\n",
  ],
  ["drill", ["--stack", "dev", "--test", "films"], 'error: the site has no restore test "films"; it has '],
  [
    "drill",
    ["--stack", "dev", "--test", "photos"],
    "error: no SSH private key is given for nas; add --identity nas=FILE\n",
  ],
])("wrong usage ends with 2 and says what is right: %s %j", async (command, args, says) => {
  const outcome = await ops(command, ...args);

  expect(outcome.stderr).toContain(says);
  expect(outcome.stdout).toBe("");
  expect(outcome.status).toBe(2);
});

test("a site with a mistake ends with 1, and so does an appliance that is not there", async () => {
  const wrong = await ops("verify", "--stack", "x", "--config-file", configFile(folder(), { name: "x" }));
  expect([wrong.status, wrong.stdout]).toEqual([1, ""]);
  expect(wrong.stderr).toContain("the site is refused: ");

  const endpoints = join(folder(), "endpoints.json");
  writeFileSync(endpoints, "{}");
  const away = await run(process.execPath, [join(PROJECT_DIR, "ops/verify.ts"), "--stack", "prod"], {
    TRUENAS_ENDPOINTS: endpoints,
  });
  expect(away.status).toBe(1);
  expect(away.stdout).toMatch(/^failed: appliance-answers: truenas-primary: .* is not listed in TRUENAS_ENDPOINTS/);
  expect(away.stdout).toContain(
    "\nwaiting: appliance-answers: truenas-backup: grogu is offline: awaiting the MikroTik switch; ",
  );
});
