import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../lab/cli/report.ts";
import { applianceOf, declaredStack } from "../../ops/declared/stack.ts";
import { readStackSite } from "../../ops/stack-file.ts";
import { configFile, folder, lab, type Outcome, reportOf } from "../support/command-line.ts";
import { declaredObjects, declaredPasswords, objectOf } from "../support/declared-objects.ts";
import { type JournalLine, readJournal, writesIn } from "../support/journal.ts";
import { updateBudget } from "../support/process-budget.ts";
import { datasetIn, removeDataset, type SiteYaml, siteOf } from "../support/site-yaml.ts";

const DIN = "truenas-primary";
const NOTHING = { create: 0, update: 0, replace: 0, delete: 0, import: 0, same: 0, waiting: 0 };

describe("rehearsals of prod on one kept lab", () => {
  const site = siteOf("prod");
  const created = declaredObjects(site, DIN).length + declaredPasswords(site, DIN).length;
  const waiting = declaredObjects(site, "truenas-backup").length;
  const dir = folder(afterAll);
  const kept = join(dir, "lab");

  async function tell(command: "preview" | "rehearse", changed?: SiteYaml) {
    const journalFile = join(dir, `journal-${performance.now()}`);
    const config = ["--config-file", configFile(dir, changed ?? site)];
    const outcome = await lab([
      ...[command, "--stack", "prod", "--lab", kept, "--json", "-", "--journal", journalFile],
      ...config,
    ]);
    return { outcome, report: reportOf(outcome), journal: readJournal(journalFile) };
  }

  function made(report: Report): Record<string, string[]> {
    const objects = report.resources.filter(({ op, type }) => op !== "same" && type.startsWith("truenas:"));
    return Object.fromEntries(
      [...Map.groupBy(objects, ({ op }) => op)].map(([op, members]) => [op, members.map(objectOf).sort()]),
    );
  }

  describe("the first", () => {
    let first: { outcome: Outcome; report: Report; journal: JournalLine[] };
    beforeAll(async () => {
      first = await tell("rehearse");
    });

    test("creates all of din's storage and finds nothing left to do", () => {
      const { outcome, report } = first;

      expect(outcome.status).toBe(0);
      expect(report).toMatchObject({ command: "rehearse", stack: "prod", ok: true, errors: [] });
      expect(report.operations).toEqual({ ...NOTHING, create: created, waiting });
      expect(report.second).toEqual({ ...NOTHING, same: created, waiting });
      expect(made(report)).toEqual({ create: declaredObjects(site, DIN) });
    });

    test("opens one SSH connection and starts at most as many processes as the budget allows", async () => {
      const { sshConnections, midcltProcesses } = first.report.truenas[DIN] ?? {};
      const declared = await declaredStack("prod", readStackSite("prod"));

      expect(Object.keys(first.report.truenas)).toEqual([DIN]);
      expect(sshConnections).toBe(1);
      expect(midcltProcesses).toBeLessThanOrEqual(updateBudget(applianceOf(declared, DIN).objects));
    });

    test("makes every object by a call in the journal, and none fails", () => {
      const writes = Map.groupBy(writesIn(first.journal), (method) => method);
      const counts = [...writes].map(([method, calls]) => [method, calls.length]);
      const kinds = Map.groupBy(declaredObjects(site, DIN), (object) => object.split(" ")[0]);
      const of = (kind: string) => kinds.get(kind)?.length;

      expect(first.journal.filter(({ error }) => error !== undefined)).toEqual([]);
      expect(Object.fromEntries(counts)).toMatchObject({
        "pool.create": of("Pool"),
        "pool.dataset.create": of("Dataset"),
        "pool.snapshottask.create": of("SnapshotTask"),
        "sharing.nfs.create": of("NfsShare"),
        "sharing.smb.create": of("SmbShare"),
      });
    });
  });

  test("the second finds everything the same, connects to nobody and writes nothing", async () => {
    const { outcome, report, journal } = await tell("rehearse");

    expect(outcome.status).toBe(0);
    expect(report.operations).toEqual({ ...NOTHING, same: created, waiting });
    expect(report.second).toEqual({ ...NOTHING, same: created, waiting });
    expect(report.truenas).toEqual({ [DIN]: { sshConnections: 0, midcltProcesses: 0, middlewareCalls: 0 } });
    expect(journal).toEqual([]);
  });

  test("one changed quota is one update and one write", async () => {
    const changed = siteOf("prod");
    datasetIn(changed, DIN, "scratch", "temp").quota = "200 GB";

    const { outcome, report, journal } = await tell("rehearse", changed);

    expect(outcome.status).toBe(0);
    expect(report.operations).toEqual({ ...NOTHING, update: 1, same: created - 1, waiting });
    expect(report.second).toEqual({ ...NOTHING, same: created, waiting });
    expect(report.resources.filter(({ op }) => op === "update")).toEqual([
      {
        urn: `urn:pulumi:prod::homelab::homelab:storage:TrueNas$truenas:index:Dataset::${DIN}/scratch/temp`,
        type: "truenas:index:Dataset",
        op: "update",
        diff: { quota: { kind: "update" } },
      },
    ]);
    expect(report.truenas[DIN]?.sshConnections).toBe(1);
    expect(writesIn(journal)).toEqual(["pool.dataset.update"]);
    expect(journal.filter(({ planned }) => planned).map(({ method }) => method)).toEqual(["pool.dataset.update"]);
  });

  test("the preview without a dataset refuses, says how to let it go, and leaves everything as it was", async () => {
    const changed = siteOf("prod");
    removeDataset(changed, DIN, "scratch", "temp");
    const before = readFileSync(join(kept, "prod.json"), "utf8");

    const { outcome, report, journal } = await tell("preview", changed);

    const name = `${DIN}/scratch/temp`;
    const remedy = `set onDestroy: retain on ${name} in the site and run up; then delete its lines and run up again: the data stays on the appliance`;
    expect(outcome.status).toBe(1);
    expect(report.ok).toBe(false);
    expect(report.operations).toEqual({ ...NOTHING, same: created - 1, waiting });
    expect(report.errors).toEqual([
      {
        source: "engine",
        urn: `urn:pulumi:prod::homelab::homelab:storage:TrueNas$truenas:index:Dataset::${name}`,
        message: expect.stringContaining(`${name}" cannot be deleted because it is protected`),
        remedy,
      },
    ]);
    expect(outcome.stderr).toContain(`error ${name}: `);
    expect(outcome.stderr).toContain(remedy);
    expect(journal).toEqual([]);
    expect(readFileSync(join(kept, "prod.json"), "utf8")).toBe(before);
  });
});
