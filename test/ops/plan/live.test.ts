import { expect, test } from "vitest";
import { renderLive } from "../../../ops/plan/live-text.ts";
import { planReport } from "../../../ops/plan/report.ts";

const unreached = { appliance: "nas", impacts: [], unreached: "nas: connection refused" };
const waits = { appliance: "vault", impacts: [], waits: "beta is offline: no power" };

test("an appliance that waits is told, and one that does not answer fails the plan", () => {
  expect(renderLive([unreached, waits]).split("\n")).toEqual([
    "Snapshots that the next up would change",
    "  nas: not known, nas: connection refused",
    "  vault: not asked, beta is offline: no power",
  ]);
  expect([
    planReport("home", [], "2026-06-01", [waits]).ok,
    planReport("home", [], "2026-06-01", [unreached]).ok,
  ]).toEqual([true, false]);
});
