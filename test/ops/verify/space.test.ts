import { expect, test } from "vitest";
import type { Subject } from "../../../ops/verify/check.ts";
import { spaceIsLeft } from "../../../ops/verify/checks/space.ts";
import { targetsAreOffered } from "../../../ops/verify/checks/targets.ts";
import { quotaUsed } from "../../../ops/verify/quotas.ts";
import type { Row } from "../../../ops/verify/rows.ts";

const cell = (value: number) => ({ rawvalue: String(value) });

/** An appliance `nas` as far as these checks look at it. */
function subject(sight: Row): Subject {
  const declared = [
    { token: "truenas:index:Pool", kind: "Pool", name: "tank", inputs: { name: "tank" } },
    { token: "truenas:index:IscsiTarget", kind: "IscsiTarget", name: "vm", inputs: { name: "vm" } },
  ];
  const empty = { pools: [], services: [], sessions: [], datasets: new Map() };
  return {
    site: { monitoring: { capacityAlerts: [80, 85, 90, 95] } },
    appliances: [{ name: "nas", declared, compared: [], sight: { ...empty, ...sight } }],
  } as unknown as Subject;
}

test("the nearer of two quotas counts, each by what it limits", () => {
  const row = { quota: cell(100), used: cell(50), refquota: cell(40), usedbydataset: cell(30) };

  expect(quotaUsed(row)).toBe(0.75);
  expect(quotaUsed({ ...row, refquota: cell(0) })).toBe(0.5);
  expect(quotaUsed({ ...row, quota: cell(0), refquota: cell(0) })).toBe(undefined);
});

test("pools and quotas are in order, listed from the first level on, and wrong at the last", () => {
  const pools = [{ name: "tank", size: 1000, allocated: 799 }];
  const datasets = new Map(
    [0.5, 0.8, 0.949, 0.95].map((quota, at) => [`tank/${at}`, { createdAt: 0, heldBySnapshots: 0, quotaUsed: quota }]),
  );

  const findings = spaceIsLeft.find(subject({ pools, datasets }));

  expect(findings.map(({ status, subject: what, found }) => [status, what, found])).toEqual([
    ["passed", "tank", "79 % used"],
    ["passed", "quota of tank/0", "50 % used"],
    ["noted", "quota of tank/1", "80 % used"],
    ["noted", "quota of tank/2", "94 % used"],
    ["failed", "quota of tank/3", "95 % used"],
  ]);
  expect(findings[0]?.measures).toEqual([{ metric: "pool_used_ratio", value: 0.799, labels: { pool: "tank" } }]);
});

test("targets are offered while their service runs, and who is logged in is counted", () => {
  const services = [{ service: "iscsitarget", state: "RUNNING" }];
  const sessions = [{ target_alias: "vm" }, { target_alias: "other" }];

  const [offered] = targetsAreOffered.find(subject({ services, sessions }));
  const [down] = targetsAreOffered.find(subject({}));

  expect(offered).toMatchObject({ status: "passed", found: "1 machine logged in" });
  expect(offered?.measures).toEqual([{ metric: "iscsi_sessions", value: 1, labels: { target: "vm" } }]);
  expect(down).toMatchObject({ status: "failed", found: "iscsitarget does not run" });
});
