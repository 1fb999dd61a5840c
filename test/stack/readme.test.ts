import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PROJECT_DIR } from "../../lab/cli/session.ts";
import { run } from "../support/command-line.ts";

const README = readFileSync(join(PROJECT_DIR, "README.md"), "utf8");
const PACKAGE = JSON.parse(readFileSync(join(PROJECT_DIR, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** Run here, from the project's folder, and expected to end with 0 and to say this. */
const RUN: Readonly<Record<string, string>> = {
  "npm run preview -- --stack prod": "\npreview of prod: done in ",
  "npm run plan -- --stack prod": "\nObligations that are waived",
};

/** Not run here, and why. */
const NOT_RUN: readonly (readonly [command: RegExp, reason: string])[] = [
  [/^npm ci$/, "what runs this test was installed by it"],
  [/^npm test$/, "it runs this test"],
  [/^npm start$/, "run by test/stack/command-line.test.ts"],
  [/^npm run rehearse -- --stack prod( --lab [.]lab)?$/, "told by test/stack/rehearse.test.ts, with a lab elsewhere"],
  [/^npm run lab -- --stack dev --lab [.]lab$/, "told by test/stack/live.test.ts, with a lab elsewhere"],
  [/^npm run (verify|drill|alerts:test) -- --stack prod$/, "told by test/ops against simulated appliances"],
  [/^npm run inspect -- --host din$/, "told by test/ops against a simulated host"],
  [/^npm run runbooks -- --stack prod$/, "told by test/ops, which compares what it writes"],
  [/^npm run (plan|verify|drill)$/, "named in passing"],
  [/^npm run policies -- --state FILE$/, "told by test/policies/recorded.test.ts"],
  [/^npm run check$/, "static checks of their own"],
  [/^npm run bench\b/, "minutes of measuring; its bounds are its own test"],
  [/^npm run pulumi -- /, "needs the official CLI and the owner's appliances"],
];

/** The commands of the README: lines of its shell blocks, and code in its text that starts with npm. */
function commands(): string[] {
  const blocks = [...README.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, text = ""]) => text.split("\n"));
  const inline = [...README.replace(/^```.*?^```/gms, "").matchAll(/`((?:npm|npx|node) [^`]+)`/g)].map(
    ([, code]) => code,
  );
  const parts = [...blocks, ...inline].flatMap((line = "") => line.replace(/\s#.*$/, "").split(" && "));

  return [...new Set(parts.map((part) => part.trim()).filter(Boolean))];
}

describe("the README", () => {
  test.each(commands())("%s is run by a test, or it is said why not", (command) => {
    const reason = NOT_RUN.find(([pattern]) => pattern.test(command))?.[1];

    expect(command in RUN || reason, `"${command}" is new: add it to RUN or NOT_RUN`).toBeTruthy();
  });

  test.each(commands().filter((command) => command.startsWith("npm run ")))("%s names a script", (command) => {
    expect(PACKAGE.scripts).toHaveProperty([command.split(" ")[2] ?? ""]);
  });

  test("mentions every command that is run here", () => {
    expect(commands()).toEqual(expect.arrayContaining(Object.keys(RUN)));
  });

  test.each(Object.entries(RUN))("%s does what it says", async (command, says) => {
    const [program = "", ...args] = command.split(" ");

    const outcome = await run(program, args);

    expect(outcome.stderr).toBe("");
    expect(outcome.stdout).toContain(says);
    expect(outcome.status).toBe(0);
  });

  test("every file that it links to is there", () => {
    const links = [...README.matchAll(/\]\(([^)#]+)[^)]*\)/g)].flatMap(([, target = ""]) => target);

    for (const link of links.filter((target) => !target.startsWith("http"))) {
      expect(existsSync(join(PROJECT_DIR, link)), link).toBe(true);
    }
  });
});
