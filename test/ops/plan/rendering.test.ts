import { describe, expect, test } from "vitest";
import { renderGaps } from "../../../ops/plan/gaps.ts";
import { picture } from "../../../ops/plan/picture.ts";
import { planReport } from "../../../ops/plan/report.ts";
import { renderTable } from "../../../ops/plan/table.ts";
import { protectionPlan } from "../../../src/site/index.ts";
import { type ProtectedSite, protectedSite } from "../../support/protected-site.ts";

const TODAY = "2026-06-01";
const WAIVER = { rule: "runtime-data-has-*", resource: "nas/tank/*", reason: "later", until: "2026-12-31" };
const parts: ProtectedSite = {
  datasets: {
    documents: { quota: "1 TB", snapshots: [{ tier: "daily" }] },
    volumes: { class: "runtime", quota: "1 TB", snapshots: [{ tier: "hourly" }, { tier: "daily" }] },
    "with-a-name-that-is-longer-than-any-table-can-show": { class: "disposable", quota: "1 TB" },
  },
  copies: { documents: {} },
  replications: {
    documents: {
      source: { appliance: "nas", dataset: "tank/documents" },
      target: { appliance: "vault", dataset: "cold/documents" },
    },
  },
  cellar: { state: "offline", reason: "no power" },
};
const waivers = ["runtime-data-has-copy-on-another-pool"].map((rule) => ({ ...WAIVER, rule }));
const plan = protectionPlan(protectedSite({ ...parts, more: { waivers } }));

describe("a plan", () => {
  test("is a table by class, the most precious first", () => {
    expect(renderTable(plan, TODAY).split("\n")).toEqual([
      "                                 snapshots  copies         RPO    RTO  3-2-1  gaps",
      "authoritative",
      "  tank/documents                 1 d/30 d   (cellar)  all lost  never  –        2!",
      "runtime",
      "  tank/volumes                   1 h/1 d +  –         all lost  never  –         2",
      "disposable",
      "  tank/with-a-na…table-can-show  –          –                –      –  –",
      "",
      "snapshots: interval/kept for · (host): waits, and does not count · !: an obligation is unmet",
      "RPO, RTO: what is lost and when it is back when the machine is lost; other losses are in --json",
      "2 datasets that are kept as copies, and containers, are not listed",
    ]);
  });

  test("tells gaps in words: unmet, waived, advice", () => {
    expect(renderGaps(plan, TODAY).split("\n")).toEqual([
      "Obligations that are not met (2)",
      "  nas/tank/documents",
      "      has its copy of replication documents waiting for cellar, which is offline",
      "      → bring cellar online, or copy to a machine that is",
      "  nas/tank/documents",
      "      is authoritative and has no copy outside the house",
      "      → add an offsite copy of it",
      "",
      "Obligations that are waived (1)",
      "  nas/tank/volumes",
      "      is runtime and has no copy on another pool (waived until 2026-12-31)",
      "      → replicate it to another pool, or to another appliance",
      "",
      "Gaps that no class forbids (1)",
      "  nas/tank/volumes",
      "      keeps its hourly and daily snapshots on its own pool only",
      "      → replicate them by ZFS to another pool or appliance",
    ]);
  });

  test("is in order until a waiver expires", () => {
    const { ok } = planReport("home", plan, TODAY);
    const runtime = plan.filter(({ class: dataClass }) => dataClass === "runtime");

    expect([ok, planReport("home", runtime, TODAY).ok, planReport("home", runtime, "2027-01-01").ok]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test("is a picture in which what waits is dashed, what is missing is red, and words say both", () => {
    const drawn = picture("home & garden", plan);

    expect(drawn).toContain("How the data of home &amp; garden is protected");
    expect(drawn.match(/>missing</g)).toHaveLength(2);
    expect(drawn.match(/waits</g)).toHaveLength(1);
  });
});
