import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../lab/cli/report.ts";
import { folder, lab, type Outcome, reportOf } from "../support/command-line.ts";
import { declaredClusters, declaredMachines } from "../support/declared-machines.ts";
import { declaredObjects, declaredPasswords, objectOf } from "../support/declared-objects.ts";
import { underEveryEngine } from "../support/engines.ts";
import { type JournalLine, readJournal } from "../support/journal.ts";
import { siteOf, wholeSiteOf } from "../support/site-yaml.ts";
import { World } from "../support/world.ts";

const DIN = "truenas-primary";
const GROGU = "truenas-backup";
const OVER_COMMITTED =
  'pool-is-not-over-committed: pool "truenas-primary/fast" promises its datasets 13.10 TB of 12.46 TB usable (105 %)';

/** Which objects meet which fate. */
function fates(steps: readonly { urn: string; type: string; op: string }[]): Record<string, string[]> {
  const objects = steps.filter(({ type }) => /^(truenas:index|proxmoxve:.+|command:.+|homelab:waiting):/.test(type));
  const groups = Map.groupBy(objects, ({ op, type }) => (type.startsWith("homelab:waiting:") ? "waiting" : op));
  return Object.fromEntries([...groups].map(([op, members]) => [op, members.map(objectOf).sort()]));
}

describe("preview of prod on the command line", () => {
  let outcome: Outcome;
  let report: Report;
  let journal: JournalLine[];
  let guard: string;
  const site = wholeSiteOf("prod");
  const create = [...declaredObjects(site, DIN), ...declaredMachines(site, "din"), ...declaredClusters(site)].sort();
  const passwords = declaredPasswords(site, DIN);
  const waiting = [...declaredObjects(site, GROGU), ...declaredMachines(site, "grogu")].sort();

  beforeAll(async () => {
    const dir = folder(afterAll);
    guard = join(dir, "connections");
    const hook = pathToFileURL(join(import.meta.dirname, "../support/network-guard.mjs")).href;
    outcome = await lab(["preview", "--stack", "prod", "--json", "-", "--journal", join(dir, "journal")], {
      NODE_OPTIONS: `--import ${hook}`,
      NETWORK_GUARD: guard,
    });
    report = reportOf(outcome);
    journal = readJournal(join(dir, "journal"));
  });

  test("ends well, with one JSON document on standard output and everything for people on standard error", () => {
    expect(outcome.status).toBe(0);
    expect(report).toMatchObject({ version: 1, stack: "prod", command: "preview", ok: true, errors: [], truenas: {} });
    expect(Object.keys(report).sort()).toEqual([
      "command",
      "errors",
      "missingSecrets",
      "ok",
      "operations",
      "policies",
      "resources",
      "seconds",
      "stack",
      "truenas",
      "version",
    ]);
    expect(outcome.stderr).toContain("Preview of prod");
  });

  test("creates everything that the site declares on din, and lets all of grogu wait", () => {
    expect(fates(report.resources)).toEqual({ create, waiting });
    expect(report.operations).toEqual({
      create: create.length + passwords.length,
      update: 0,
      replace: 0,
      delete: 0,
      import: 0,
      same: 0,
      waiting: waiting.length,
    });
  });

  test("lists every resource once", () => {
    const urns = report.resources.map(({ urn }) => urn);
    expect(new Set(urns).size).toBe(urns.length);
  });

  test("says for whom it waits, and why", () => {
    expect(outcome.stderr).toContain(
      `\nWaiting\n${waiting.length} objects for grogu, which is offline: awaiting the MikroTik switch\n`,
    );
  });

  test("shows the capacity of every pool in a table of at most 100 columns", () => {
    const table = outcome.stderr.slice(outcome.stderr.indexOf("\nsizes in TB") + 1).split("\n\n")[0] ?? "";

    for (const pool of ["fast", "bulk", "scratch", "backup"]) expect(table).toContain(`\n  ${pool} `);
    expect(Math.max(...table.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("finds fast over-committed, with figures, and the waiver with its date", () => {
    const finding = report.policies.find(({ message }) => message.includes(OVER_COMMITTED));

    expect(finding).toMatchObject({ policy: "waivers", level: "advisory", waivedUntil: "2027-03-31" });
    expect(finding?.message.startsWith(`waived until 2027-03-31: ${OVER_COMMITTED}`)).toBe(true);
    expect(finding?.urn.endsWith("truenas:index:Pool::truenas-primary/fast")).toBe(true);
  });

  test("judges every machine, although nobody knows yet where its disks will lie", () => {
    expect(report.policies.filter(({ policy }) => policy === "undecided")).toEqual([]);
  });

  test("names every secret that is missing, with the line that sets it", () => {
    const line = `pulumi config set --secret homelab:sshKey-${DIN}`;

    expect(report.missingSecrets).toContain(`homelab:sshKey-${DIN}`);
    expect(outcome.stderr).toMatch(new RegExp(`\nMissing secrets\n(.*\n)*?${line} +# the private SSH key of ${DIN}\n`));
  });

  test("needs no secret and touches no network", () => {
    expect(existsSync(guard) ? readFileSync(guard, "utf8") : "").toBe("");
  });

  test("only plans calls, at least one for each object", () => {
    expect(journal.filter(({ planned }) => !planned)).toEqual([]);
    expect(new Set(journal.map(({ host }) => host))).toEqual(new Set([DIN]));
    expect(journal.length).toBeGreaterThanOrEqual(declaredObjects(site, DIN).length);
    expect(journal.every(({ seconds }) => seconds === 0)).toBe(true);
  });
});

underEveryEngine("preview of prod", (engine) => {
  test("creates what the site declares on din and lets grogu's objects wait with the reason", async () => {
    const site = siteOf("prod");
    const world = new World(engine, { env: { TRUENAS_ENDPOINTS: "" } });
    try {
      const run = await world.stack(site).preview();

      expect(run.ok).toBe(true);
      expect(fates(run.steps)).toEqual({
        create: declaredObjects(site, DIN),
        waiting: declaredObjects(site, GROGU),
      });
      const waiting = run.steps.filter(({ type }) => type.startsWith("homelab:waiting:"));
      for (const { inputs } of waiting) {
        expect(inputs).toMatchObject({
          waitingFor: { host: "grogu", state: "offline", reason: "awaiting the MikroTik switch" },
        });
      }
    } finally {
      await world.close();
    }
  });
});

underEveryEngine("an update without its secrets", (engine) => {
  test("changes nothing, and names all that are missing at once", async () => {
    const world = new World(engine);
    try {
      const run = await world.stack(siteOf("dev")).up({ skipPreview: true });
      const said = run.diagnostics.map(({ message }) => message).join("\n");

      expect(run.ok).toBe(false);
      expect(run.steps.filter(({ type }) => type !== "pulumi:pulumi:Stack")).toEqual([]);
      expect(said).toContain("secrets are missing, and nothing has been changed; set them first:\n");
      for (const appliance of ["nas", "vault"]) {
        expect(said).toContain(
          `  pulumi config set --secret homelab:sshKey-${appliance}    # the private SSH key of ${appliance}`,
        );
      }
    } finally {
      await world.close();
    }
  });
});
