import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROJECT_DIR } from "../../lab/cli/session.ts";
import type { Verification } from "../../ops/verify/verification.ts";
import { folder, lab, type Outcome, run, type Started, startLab } from "../support/command-line.ts";

describe("a rehearsal that is kept and served", () => {
  const dir = folder(afterAll);
  const kept = join(dir, "lab");
  const evidence = join(dir, "evidence");
  let served: Started;
  const ops = (command: string, ...args: string[]): Promise<Outcome> =>
    run(process.execPath, [join(PROJECT_DIR, `ops/${command}.ts`), "--stack", "dev", "--evidence", evidence, ...args], {
      TRUENAS_ENDPOINTS: join(kept, "endpoints.json"),
    });

  beforeAll(async () => {
    await lab(["rehearse", "--stack", "dev", "--lab", kept]);
    served = await startLab(["serve", "--stack", "dev", "--lab", kept, "--advance", "30"], "Ctrl-C switches it off");
  });
  afterAll(async () => {
    expect(await served.interrupt()).toBe(0);
    expect(readdirSync(kept)).not.toContain("in-use-by");
  });

  test("is verified, drilled and verified again by the commands of its owner", async () => {
    const files = { json: join(dir, "v.json"), junit: join(dir, "v.xml"), prometheus: join(dir, "v.prom") };
    const written = Object.entries(files).flatMap(([name, file]) => [`--${name}`, file]);

    expect((await ops("verify")).stdout).toContain(
      "noted: restore-test-is-recent: nas photos: not performed yet, due by 2027-06-30; remedy: npm run drill -- --stack dev --test photos\n",
    );
    const drill = await ops("drill", "--test", "photos");
    expect(drill.stderr).toBe("");
    expect(drill.stdout).toMatch(
      /\npassed {3}photos: 3 files of tank\/photos@daily-\S+ equal; \d+ h( \d+ min)? old, restored in /,
    );
    expect(drill.status).toBe(0);
    expect(readdirSync(join(evidence, "dev"))).toEqual(["photos.json"]);

    const verified = await ops("verify", ...written);
    expect(verified.stdout).not.toContain("nas photos:");
    const { ok, verdicts } = JSON.parse(readFileSync(files.json, "utf8")) as Verification;
    expect(verified.status).toBe(ok ? 0 : 1);
    expect(
      verdicts.filter(({ check, subject }) => check === "restore-test-is-recent" && subject === "photos"),
    ).toMatchObject([{ status: "passed", appliance: "nas", expected: "a success within 90 d" }]);
    expect(readFileSync(files.junit, "utf8")).toContain(
      '<testcase classname="restore-test-is-recent" name="nas photos"/>',
    );
    expect(readFileSync(files.prometheus, "utf8")).toContain(
      'homelab_restore_test_age_seconds{stack="dev",appliance="nas",test="photos"} ',
    );
  });
});
