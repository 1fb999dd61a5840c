import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configFile, folder, lab, type Outcome, type reportOf } from "../support/command-line.ts";
import { declaredObjects } from "../support/declared-objects.ts";
import { type JournalLine, readJournal } from "../support/journal.ts";
import { siteOf } from "../support/site-yaml.ts";

/** A private key as an owner would set it, and a password that only this test knows. */
const KEY = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const PASSWORD = "correct-horse-battery-staple-4711";

/** Every file below a folder. */
function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((name) => join(dir, name))
    .filter((file) => statSync(file).isFile());
}

/** How every key in OpenSSH's form begins. */
const OPENSSH = Buffer.from("openssh-key-v1").toString("base64").slice(0, 18);

/** The lines of a key that give it away. */
function secretLines(key: string): string[] {
  return key.split("\n").filter((line) => line !== "" && !line.startsWith("-----") && !line.startsWith(OPENSSH));
}

describe("a rehearsal of dev with secrets in its configuration", () => {
  const site = siteOf("dev");
  const dir = folder(afterAll);
  const kept = join(dir, "lab");
  const report = join(dir, "report.json");
  let outcome: Outcome;
  let journal: JournalLine[];

  beforeAll(async () => {
    const config = configFile(folder(afterAll), site, {
      "homelab:sshKey-nas": KEY,
      "homelab:sshKey-vault": PASSWORD,
    });
    const journalFile = join(dir, "journal.jsonl");
    outcome = await lab([
      ...["rehearse", "--stack", "dev", "--config-file", config, "--lab", kept],
      ...["--json", report, "--journal", journalFile],
    ]);
    journal = readJournal(journalFile);
  });

  test("ends well", () => {
    expect(outcome.stderr).toBe("");
    expect(outcome.status).toBe(0);
  });

  test("writes one line per middleware call, in the form that the README states", () => {
    const forms = journal.map(({ host, method, params, seconds, planned, ...ending }) => ({
      told: typeof host === "string" && /^[a-z_.]+$/.test(method) && Array.isArray(params) && seconds >= 0,
      ending: Object.keys(ending).join(),
      planned,
    }));
    const [planned, made] = [forms.filter((form) => form.planned), forms.filter((form) => !form.planned)];

    expect(new Set(made.map((form) => JSON.stringify(form)))).toEqual(
      new Set([JSON.stringify({ told: true, ending: "result" })]),
    );
    expect(new Set(planned.map((form) => JSON.stringify(form)))).toEqual(
      new Set([JSON.stringify({ told: true, ending: "", planned: true })]),
    );
  });

  test("has as many calls as the appliances counted, besides the planned ones", () => {
    const { truenas } = JSON.parse(readFileSync(report, "utf8")) as ReturnType<typeof reportOf>;
    const counted = Object.entries(truenas).map(([host, { middlewareCalls }]) => [host, middlewareCalls]);
    const made = Map.groupBy(
      journal.filter(({ planned }) => !planned),
      ({ host }) => host,
    );

    expect(Object.fromEntries([...made].map(([host, calls]) => [host, calls.length]))).toEqual(
      Object.fromEntries(counted),
    );
  });

  test("plans before the update what the update then does", () => {
    const created = (calls: readonly JournalLine[], method: string) =>
      calls
        .filter((call) => call.method === method)
        .map(({ params }) => (params[0] as { name: string }).name)
        .sort();
    const [planned, made] = [journal.filter((call) => call.planned), journal.filter((call) => !call.planned)];
    const datasets = Object.keys(site.appliances).flatMap((label) =>
      declaredObjects(site, label).filter((object) => /^(Dataset|Zvol) /.test(object)),
    );

    expect(created(planned, "pool.dataset.create")).toEqual(created(made, "pool.dataset.create"));
    expect(created(made, "pool.dataset.create")).toHaveLength(datasets.length);
    expect(journal.findIndex((call) => !call.planned)).toBeGreaterThan(
      journal.findLastIndex(({ planned: early }) => early === true) - planned.length,
    );
  });

  test("no secret is in the state, the lab, the journal, the report or anything said", () => {
    // The appliances' own keys must be there: without them nobody could log in.
    const files = filesBelow(dir).filter((file) => !/(host|client)_key$/.test(file));
    const written = [...files.map((file) => [file, readFileSync(file, "latin1")]), ["stdout", outcome.stdout]];
    const ownKeys = filesBelow(kept).filter((file) => /(host|client)_key$/.test(file));
    const secrets = [PASSWORD, KEY, ...ownKeys.map((file) => readFileSync(file, "utf8"))].flatMap(secretLines);

    expect(ownKeys).toHaveLength(4);
    expect(files.map((file) => file.slice(kept.length + 1))).toContain("dev.json");
    const leaks = written.flatMap(([file, text]) => secrets.filter((secret) => text?.includes(secret)).map(() => file));
    expect(leaks).toEqual([]);
  });

  test("the state holds the keys encrypted", () => {
    const state = readFileSync(join(kept, "dev.json"), "utf8");

    expect(state.match(/"ciphertext":/g)?.length).toBeGreaterThanOrEqual(2);
  });
});
