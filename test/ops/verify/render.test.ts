import { describe, expect, test } from "vitest";
import { renderJunit } from "../../../ops/verify/render/junit.ts";
import { renderLines } from "../../../ops/verify/render/lines.ts";
import { renderPrometheus } from "../../../ops/verify/render/prometheus.ts";
import { renderTerminal } from "../../../ops/verify/render/terminal.ts";
import { countsOf, type Verdict, type Verification } from "../../../ops/verify/verification.ts";

const verdicts: readonly Verdict[] = [
  { check: "pool-is-healthy", status: "passed", appliance: "nas", subject: "tank", found: "ONLINE" },
  {
    check: "object-is-as-declared",
    status: "noted",
    appliance: "nas",
    subject: 'SmbShare "films" & <more>\u0007',
    found: "a\\b\nc",
  },
  { check: "appliance-answers", status: "waiting", appliance: "vault", subject: "vault", found: "beta is offline" },
  {
    check: "snapshot-is-recent",
    status: "failed",
    appliance: "nas",
    subject: `tank/${"photos".repeat(10)}@daily`,
    found: "snapshot of 2 d 3 h ago (3 of 12 datasets: tank/photos, tank/photos/raw, tank/photos/edited)",
    expected: "younger than 1 d 1 h",
    remedy: `see the snapshot task in TrueNAS, and ${"the alerts of the appliance ".repeat(3)}`,
    measures: [
      { metric: "snapshot_age_seconds", value: 183_600, labels: { task: 'a"b\\c\nd' } },
      { metric: "snapshot_age_seconds", value: 183_600, labels: { task: 'a"b\\c\nd' } },
      { metric: "snapshot_age_limit_seconds", value: 90_000, labels: { task: "x" } },
    ],
  },
];

const verification: Verification = {
  version: 1,
  stack: "dev",
  site: "devlab",
  at: "2026-11-21T18:00:00.500Z",
  seconds: 1.25,
  ok: false,
  counts: countsOf(verdicts),
  verdicts,
};

describe("the outcome of the playbook", () => {
  test("on a terminal begins with what failed, and no line is longer than 100 characters", () => {
    const text = renderTerminal(verification);
    const lines = text.split("\n");

    expect(lines[0]).toBe("failed  snapshot-is-recent");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(text.indexOf("waiting  appliance-answers")).toBeGreaterThan(text.indexOf("failed  "));
    expect(text).toContain("→ see the snapshot task in TrueNAS");
    expect(lines.at(-1)).toBe("verify of dev: not in order after 1.3 s: 1 passed, 1 failed, 1 waiting, 1 noted");
  });

  test("in a log is one line each, failures first", () => {
    const lines = renderLines(verification).split("\n");

    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^failed: snapshot-is-recent: nas tank\/photos.*; expected: younger .*; remedy: see /);
    expect(lines[1]).toBe("waiting: appliance-answers: vault: beta is offline");
  });

  test("for pipelines is XML with a suite for each check", () => {
    const xml = renderJunit(verification);

    expect(xml).toContain('<testsuites name="verify dev" tests="4" failures="1" errors="0" skipped="1" time="1.25">');
    expect(xml).toContain(
      '<testsuite name="snapshot-is-recent" tests="1" failures="1" errors="0" skipped="0" timestamp="2026-11-21T18:00:00">',
    );
    expect(xml).toContain(
      'name="nas SmbShare &quot;films&quot; &amp; &lt;more&gt;">\n<system-out>a\\b\nc</system-out>',
    );
    expect(xml).toContain('<testcase classname="pool-is-healthy" name="nas tank"/>');
    expect(xml).toContain('<skipped message="waiting: beta is offline"/>');
    expect(xml).toContain("expected: younger than 1 d 1 h\nremedy: see");
  });

  test("for Prometheus has every metric once with its help, and labels that can be read back", () => {
    const lines = renderPrometheus(verification).split("\n");
    const sample = /^(?<name>[a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*\})? (?<value>-?[0-9.e+]+)$/;

    expect(lines.at(-1)).toBe("");
    for (const line of lines.slice(0, -1))
      expect(line).toMatch(line.startsWith("#") ? /^# (HELP|TYPE) homelab_/ : sample);
    expect(lines.filter((line) => line.startsWith("# TYPE homelab_snapshot_age_seconds "))).toHaveLength(1);
    expect(lines).toContain('homelab_snapshot_age_seconds{stack="dev",appliance="nas",task="a\\"b\\\\c\\nd"} 183600');
    expect(lines.filter((line) => line.startsWith("homelab_snapshot_age_seconds{"))).toHaveLength(1);
    expect(lines).toContain('homelab_verify_timestamp_seconds{stack="dev"} 1795284000.5');
    expect(lines).toContain(
      'homelab_verify_findings{stack="dev",check="pool-is-healthy",appliance="nas",status="passed"} 1',
    );
  });
});
