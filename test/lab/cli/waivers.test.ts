import { expect, test } from "vitest";
import { renderPolicies } from "../../../lab/cli/render/verdicts.ts";
import { renderWaivers } from "../../../lab/cli/render/waivers.ts";
import type { ReportedPolicy } from "../../../lab/cli/report.ts";

function waived(name: string, rule: string, reason: string): ReportedPolicy {
  const message = `waived until 2027-03-31: ${rule}: dataset "${name}" must be kept. Reason: ${reason}`;
  const urn = `urn:pulumi:prod::homelab::truenas:index:Dataset::${name}`;
  return { policy: "waivers", level: "advisory", urn, message, waivedUntil: "2027-03-31" };
}

test("what one reason waives is one paragraph; what stands alone keeps its words", () => {
  const policies = [
    waived("nas/tank/a", "has-a-copy", "grogu is offline. It comes back"),
    waived("nas/tank/b", "has-snapshots", "cold storage"),
    waived("nas/tank/c", "has-a-copy", "grogu is offline. It comes back"),
  ];

  expect(renderWaivers(policies)).toBe(
    [
      "until 2027-03-31  has-a-copy",
      "  2 resources: nas/tank/a, nas/tank/c",
      "  grogu is offline. It comes back",
      "until 2027-03-31  has-snapshots",
      '  dataset "nas/tank/b" must be kept',
      "  cold storage",
    ].join("\n"),
  );
  expect(renderPolicies(policies)).toBe("");
});
