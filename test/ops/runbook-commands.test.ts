import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { methodsOf } from "../../lab/truenas/methods/registry.ts";
import { failureText } from "../../lab/truenas/midclt.ts";
import { readArguments } from "../../lab/truenas/midclt-arguments.ts";
import { acceptArguments } from "../../lab/truenas/middleware/method.ts";
import { parseArgument } from "../../lab/truenas/middleware/python-json.ts";
import { runbooks } from "../../ops/runbooks/all.ts";
import { parseSite } from "../../src/site/index.ts";
import { smallSite } from "../support/invalid-sites.ts";
import { linesOf } from "../support/runbook.ts";
import { writtenSite } from "../support/stack-site.ts";
import { type Started, typed } from "./support/typed.ts";

const older = JSON.parse(JSON.stringify(smallSite()).replaceAll('"25.10"', '"25.04"'));
const sites = { prod: writtenSite("prod"), dev: writtenSite("dev"), "25.04": older };
const pages = Object.entries(sites).flatMap(([stack, written]) =>
  Object.entries(runbooks(stack, parseSite(written)))
    .filter(([file]) => file.endsWith(".md"))
    .map(
      ([file, text]) => ({ name: `${stack}/${file}`, release: stack === "25.04" ? "25.04" : "25.10", text }) as const,
    ),
);
const SCRIPTS = (JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> }).scripts;

/** How programs may be called that the lab does not have: by their own manuals, as far as runbooks need them. */
const FORMS: Readonly<Record<string, readonly RegExp[]>> = {
  zpool: [
    /^status( -v)?( [a-z]+)+$/,
    /^import$/,
    /^import -F -n [a-z]+$/,
    /^import -F -N -R \/mnt [a-z]+$/,
    /^export [a-z]+$/,
  ],
  restic: [
    /^--no-lock snapshots$/,
    /^--no-lock ls latest$/,
    /^--no-lock restore latest --target \S+( --include \/\S+)?$/,
    /^--no-lock check --read-data-subset=1%$/,
  ],
  openssl: [
    /^cms -decrypt -inform DER -in \S+ -inkey \S+ -out \S+$/,
    /^req -x509 -newkey ec -pkeyopt \S+ -nodes -days \d+ -subj \S+ -keyout \S+ -out \S+$/,
    /^x509 -in \S+ -outform DER$/,
  ],
  ssh: [/^[a-z_]+@[\d.]+$/],
  scp: [/^[a-z_]+@[\d.]+:\/tmp\/\S+ [.]$/],
  "ssh-keyscan": [/^-t ed25519 [\d.]+$/],
  ls: [/^-l?t? \/mnt\/\S+$/],
  cp: [/^-a \/mnt\/\S+ \/mnt\/\S+$/],
  install: [/^-m 644 \/mnt\/\S+ \/tmp\/$/],
  tar: [/^-tf \S+$/],
  du: [/^-sh \S+$/],
  mkdir: [/^-p \/\S+$/],
  cat: [/^\/etc\/ssh\/ssh_host_ed25519_key[.]pub$/],
};

/** What Pulumi's command line takes. */
const PULUMI = [
  /^refresh( --run-program)?$/,
  /^(preview|up( --refresh)?) --policy-pack policies$/,
  /^login file:\/\/\S+$/,
  /^stack init \S+ --secrets-provider passphrase$/,
  /^stack (export|import) --stack \S+ --file \S+$/,
  /^config set --secret homelab:[A-Za-z0-9-]+$/,
];

function problemOf({ program, args, sudo }: Started, release: "25.04" | "25.10"): string | undefined {
  if (sudo === "silent" && program !== "midclt") return "sudo asks for a password, and there is no terminal";
  if (program === "midclt") return refusalOf(release, args);
  const [run, script = "", separator, ...rest] = args;
  if (program !== "npm")
    return FORMS[program]?.some((form) => form.test(args.join(" "))) ? undefined : "has no such form";
  if (run !== "run" || !(script in SCRIPTS) || separator !== "--") return "there is no such script";
  const forms = script === "pulumi" ? PULUMI : [/^--stack \S+$/];
  return forms.some((form) => form.test(rest.join(" "))) ? undefined : "the script takes no such options";
}

/** What the middleware has against a call; undefined when it takes it. */
function refusalOf(release: "25.04" | "25.10", words: readonly string[]): string | undefined {
  const call = readArguments(release, words);
  if (call.kind !== "call") return call.kind === "usage" ? call.text : "is no call";
  const method = methodsOf(release)[call.method];
  if (method === undefined) return "there is no such method";
  if ((method.job !== undefined) !== call.job) return call.job ? "is no job" : "is a job, and nobody waits for its end";
  try {
    // What stands for a choice is text; where the appliance has a number of its own, so has the choice.
    acceptArguments(method, call.args.map(parseArgument));
    return undefined;
  } catch (error) {
    return failureText(error).trim();
  }
}

describe("what the runbooks say to type", () => {
  test.each(pages)("$name is taken as it stands", ({ text, release }) => {
    const problems = typed(linesOf(text)).flatMap((started) => {
      const problem = problemOf(started, release);
      return problem === undefined ? [] : [`${started.program} ${started.args.join(" ")}: ${problem}`];
    });

    expect(problems).toEqual([]);
  });

  test("is understood here: a wrong option, method, argument, or a password that nobody can be asked for is seen", () => {
    const wrong = [
      "ssh admin@192.0.2.1 sudo zpool status tank",
      "ssh admin@192.0.2.1 sudo midclt call pool.dataset.remove tank",
      "ssh admin@192.0.2.1",
      "sudo midclt call -j pool.dataset.delete tank/a",
      "sudo midclt call pool.dataset.delete tank/a '{\"recursively\": true}'",
      "sudo midclt call pool.import_find",
      "zpool import -f tank",
      "npm run pulumi -- refresh --skip-preview",
      "npm run verfy -- --stack prod",
    ];

    expect(typed(wrong).flatMap((started) => problemOf(started, "25.10") ?? [])).toEqual([
      "sudo asks for a password, and there is no terminal",
      "there is no such method",
      "is no job",
      "[EINVAL] options.recursively: Extra inputs are not permitted",
      "is a job, and nobody waits for its end",
      "has no such form",
      "the script takes no such options",
      "there is no such script",
    ]);
  });
});
