import { describe, expect, test } from "vitest";
import { type Evidence, protectionPlan } from "../../../../src/site/index.ts";
import { type ProtectedSite, planOf, protectedSite } from "../../../support/protected-site.ts";

/** Everything a class can ask for, so that a test sees only the gap that it makes. */
const replicated = (dataset: string, more: object = {}) => ({
  source: { appliance: "nas", dataset: `tank/${dataset}` },
  target: { appliance: "vault", dataset: `cold/${dataset}` },
  ...more,
});
const away = (dataset: string, more: object = {}) => ({
  source: { appliance: "nas", dataset: `tank/${dataset}` },
  method: "restic",
  cloud: "backblaze",
  versions: "30 days",
  keep: 30,
  bucket: `home-${dataset.replace("/", "-")}`,
  schedule: "0 3 * * *",
  ...more,
});
const tier = (name: string, more: object = {}) => ({ snapshots: [{ tier: name, ...more }] });
const small = { quota: "10 GB" };
const container = { class: "container" };

function gaps(parts: ProtectedSite, dataset: string): string[] {
  return planOf(parts, `tank/${dataset}`).gaps.map(({ code, message }) => `${code}: ${message}`);
}

describe("a class that asks for more than it gets", () => {
  test("is said once per obligation", () => {
    expect(gaps({ datasets: { a: small } }, "a")).toEqual([
      "snapshots-missing: is authoritative and has no snapshots",
      "copy-missing: is authoritative and has no copy on another host",
      "offsite-missing: is authoritative and has no copy outside the house",
    ]);
    expect(gaps({ datasets: { a: { ...small, class: "runtime" } } }, "a")).toEqual([
      "snapshots-missing: is runtime and has no snapshots",
      "copy-missing: is runtime and has no copy on another pool",
    ]);
  });

  test("gets nothing from a machine that is not there", () => {
    const parts = {
      datasets: { a: { ...small, ...tier("daily"), class: "runtime" } },
      copies: { a: {} },
      replications: { a: replicated("a") },
      cellar: { state: "offline", reason: "no power" },
    };

    expect(gaps(parts, "a")).toEqual([
      "copy-waits: has its copy of replication a waiting for cellar, which is offline",
    ]);
  });

  test("may have a waiver, which is shown with the gap", () => {
    const waivers = [
      { rule: "runtime-data-has-snapshots", resource: "nas/tank/*", reason: "later", until: "2027-03-31" },
      { rule: "runtime-data-has-copy-on-another-pool", resource: "nas/other/*", reason: "else", until: "2027-03-31" },
    ];
    const { gaps: found } = planOf(
      { datasets: { a: { ...small, class: "runtime" } }, more: { waivers: waivers.slice(0, 1) } },
      "tank/a",
    );

    expect(found.map(({ obligation, waiver }) => [obligation, waiver])).toEqual([
      [true, { reason: "later", until: "2027-03-31" }],
      [true, undefined],
    ]);
  });

  test("is not looked for in copies, containers and what may be lost", () => {
    const parts = { datasets: { a: container, "a/b": { ...small, class: "disposable" } }, copies: { a: {} } };

    expect([gaps(parts, "a"), gaps(parts, "a/b"), planOf(parts, "cold/a").gaps]).toEqual([[], [], []]);
  });
});

describe("what a task leaves out", () => {
  test("a child that is excluded although its class asks for snapshots", () => {
    const parts = {
      datasets: {
        apps: { ...container, ...tier("hourly", { recursive: true, exclude: ["apps/a"] }) },
        "apps/a": { ...small, class: "runtime" },
      },
    };

    expect(gaps(parts, "apps/a")[1]).toBe("excluded-child: is left out of the snapshots of tank/apps");
  });

  test("a zvol below the path of a copy that sees files only", () => {
    const parts = {
      datasets: { apps: container },
      zvols: { "apps/disk": { class: "runtime", size: "10 GiB", ...tier("hourly") } },
      offsites: { apps: away("apps") },
    };

    expect(gaps(parts, "apps/disk")).toContain(
      "zvol-under-file-backup: holds blocks, which apps (restic) of tank/apps cannot see",
    );
  });

  test("volumes that a driver makes as zvols are no files either", () => {
    const csi = { access: { csi: { protocol: "iscsi", storageClass: "fast" } } };
    const parts = {
      datasets: { volumes: { ...small, ...csi, ...tier("hourly", { recursive: true }) } },
      offsites: { volumes: away("volumes") },
    };

    expect(gaps(parts, "volumes")).toEqual([
      "copy-missing: is authoritative and has no copy on another host",
      "offsite-missing: is authoritative and has no copy outside the house",
      "zvol-under-file-backup: holds blocks, which volumes (restic) of tank/volumes cannot see",
      "snapshots-not-replicated: keeps its hourly snapshots on its own pool only",
    ]);
  });

  test("volumes that a driver makes, where a task is not recursive", () => {
    const csi = { class: "runtime", access: { csi: { protocol: "nfs", storageClass: "fast" } } };
    const parts = {
      datasets: { volumes: { ...small, ...csi, ...tier("hourly") } },
      copies: { volumes: { class: "runtime" } },
      replications: { volumes: replicated("volumes") },
    };

    expect(gaps(parts, "volumes")).toEqual([
      "snapshots-missing: is runtime and has no snapshots",
      "copy-missing: is runtime and has no copy on another pool",
      "made-volumes-left-out: keeps its data in volumes made below, which the snapshots of tank/volumes leave out",
      "made-volumes-left-out: keeps its data in volumes made below, which volumes leaves out",
    ]);
  });

  test("everything, where a container is copied without what it groups", () => {
    const parts = {
      datasets: { apps: { ...container, ...tier("hourly", { recursive: true }) }, "apps/a": small },
      copies: { apps: container },
      replications: { apps: replicated("apps") },
    };

    expect(gaps(parts, "apps")).toEqual([
      "nothing-carried: only groups what lies below, which apps leaves out, so that nothing is copied",
    ]);
  });

  test("snapshots that nothing carries, while a mirror keeps only the newest state", () => {
    const parts = {
      datasets: { a: { ...small, class: "runtime", ...tier("daily") } },
      copies: { a: { class: "runtime" } },
      replications: { a: replicated("a", { method: "rsync", schedule: "0 1 * * *" }) },
    };

    expect(gaps(parts, "a")).toEqual(["snapshots-not-replicated: keeps its daily snapshots on its own pool only"]);
  });

  test("nothing of transitional data, which is in no tier", () => {
    const scans = { class: "transitional", promoteTo: { appliance: "nas", dataset: "tank/a" }, deadline: "2027-06-30" };

    expect(gaps({ datasets: { a: small, scans } }, "scans")).toEqual([
      "no-tier: is in no tier at all: neither snapshots nor a copy until it is promoted",
    ]);
  });

  test("nothing of what may be lost", () => {
    const parts = {
      datasets: { apps: { ...container, ...tier("hourly", { recursive: true }) }, "apps/a": { class: "disposable" } },
    };

    expect(gaps(parts, "apps/a")).toEqual(["disposable-is-kept: is disposable, yet kept by hourly"]);
  });
});

test("copies that nobody restores from are a hope", () => {
  const parts = {
    datasets: { a: { ...small, ...tier("daily") } },
    copies: { a: {} },
    replications: { a: replicated("a") },
    offsites: { a: away("a") },
  };

  expect(gaps(parts, "a")).toEqual([
    "restore-test-missing: has copies (replication a, offsite a) that no restore test restores from",
  ]);
});

describe("a restore test", () => {
  const source = { appliance: "nas", dataset: "tank/a" };
  const parts = {
    datasets: { a: { ...small, ...tier("daily") } },
    copies: { a: {} },
    replications: { a: replicated("a") },
    offsites: { a: away("a") },
    more: { restoreTests: { a: { source, tier: "offsite", every: "30 days" } } },
  };
  const proof = (result: "passed" | "failed"): Evidence => ({
    version: 1,
    stack: "home",
    test: "a",
    appliance: "nas",
    dataset: "tank/a",
    tier: "offsite",
    performedAt: "2026-05-01T10:00:00Z",
    result,
    seconds: 60,
    bytes: 1,
    changed: 0,
    files: [],
  });
  const told = (today: string, evidence: Readonly<Record<string, Evidence>>) =>
    protectionPlan(protectedSite(parts), { today, evidence })
      .filter(({ dataset }) => dataset === "tank/a")
      .flatMap(({ gaps: found }) => found.map(({ code, message }) => `${code}: ${message}`));

  test.each([
    ["2026-05-31", {}, ["restore-test-stale: has a restore test (a) that was never performed"]],
    ["2026-05-31", { a: proof("passed") }, []],
    [
      "2026-06-01",
      { a: proof("passed") },
      ["restore-test-stale: was last restored by a on 2026-05-01, and should be every 30 days"],
    ],
    ["2026-05-02", { a: proof("failed") }, ["restore-test-stale: could not be restored by a on 2026-05-01"]],
  ])("on %s with the evidence %j", (today, evidence, gaps) => {
    expect(told(today, evidence)).toEqual(gaps);
  });
});

describe("times that do not fit", () => {
  const restored = { a: { source: { appliance: "nas", dataset: "tank/a" }, tier: "offsite", every: "3 months" } };
  const whole = {
    more: { restoreTests: restored },
    copies: { a: {} },
    replications: { a: replicated("a") },
    offsites: { a: away("a") },
  };

  test("data may be lost for longer than it is declared", () => {
    const datasets = { a: { ...small, rpo: "12 hours", ...tier("daily") } };

    expect(gaps({ datasets, ...whole }, "a")).toEqual([
      "rpo-not-met: can lose 1 d with its machine, and declares 12 h",
    ]);
  });

  test("a declared loss that is met is no gap", () => {
    const datasets = { a: { ...small, rpo: "2 hours", ...tier("hourly") } };

    expect(gaps({ datasets, ...whole }, "a")).toEqual([]);
  });

  test("a copy is kept for a shorter time than its source", () => {
    const datasets = { a: { ...small, ...tier("daily") } };
    const replications = { a: replicated("a", { lifetime: "7 days" }) };

    expect(gaps({ datasets, ...whole, replications }, "a")).toEqual([
      "copy-kept-shorter: is kept for 7 d by a, and for 30 d by its snapshots",
    ]);
  });

  test("more changes than the line can carry until the next run", () => {
    const datasets = { a: { quota: "5 TB", ...tier("daily") } };
    const more = { restoreTests: restored, recovery: { upload: "2 Mbit/s" } };

    expect(gaps({ datasets, ...whole, more }, "a")).toEqual([
      "copy-cannot-keep-up: changes more than a can carry: 2 d 21 h of transfer every 1 d",
    ]);
  });
});
