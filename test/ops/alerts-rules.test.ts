import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { documentation } from "../../ops/alerts/documentation.ts";
import { monitoringFiles } from "../../ops/alerts/render.ts";
import { runbooks } from "../../ops/runbooks/all.ts";
import { METRICS } from "../../ops/verify/render/metrics.ts";
import { renderPrometheus } from "../../ops/verify/render/prometheus.ts";
import { CHECKS } from "../../ops/verify/table.ts";
import type { Verification } from "../../ops/verify/verification.ts";
import { parseSite, type Site } from "../../src/site/index.ts";
import { smallSite } from "../support/invalid-sites.ts";
import { writtenSite } from "../support/stack-site.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const FOLDER = new URL("../../docs/monitoring/prod/", import.meta.url);
const prod = parseSite(writtenSite("prod"));
const sites: readonly { stack: string; site: Site }[] = [
  { stack: "prod", site: prod },
  { stack: "dev", site: parseSite(writtenSite("dev")) },
  { stack: "small", site: parseSite(smallSite()) },
];

function rulesOf(stack: string, site: Site): readonly Rule[] {
  const { groups } = parse(monitoringFiles(stack, site)["rules.yaml"] ?? "") as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

function receivers(site: Site): unknown {
  return (parse(monitoringFiles("prod", site)["alertmanager.yaml"] ?? "") as { receivers: unknown }).receivers;
}

/** What the verification writes about the age of a copy. */
function copyOfAge(seconds: number, labels: Readonly<Record<string, string>>): string {
  const { appliance = "", ...rest } = labels;
  const verification = {
    ...{ stack: "prod", at: "2026-03-01T12:00:00.000Z", seconds: 1, ok: true },
    verdicts: [
      {
        ...{ check: "replication-is-recent", status: "passed", appliance, subject: "" },
        measures: [{ metric: "replication_age_seconds", value: seconds, labels: rest }],
      },
    ],
  };
  return renderPrometheus(verification as unknown as Verification);
}

/** Whether the first comparison of an expression holds for a sample of the same metric and labels. */
function fires({ expr }: Rule, text: string): boolean {
  const [, metric = "", labels = "", limit = ""] = /^(\w+)\{([^}]*)\} > (\d+)/.exec(expr) ?? [];
  const asked = labels.split(",");
  return text.split("\n").some((line) => {
    const [, name, found = "", value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    return name === metric && asked.every((pair) => found.split(",").includes(pair)) && Number(value) > Number(limit);
  });
}

describe.each(sites)("the rules of $stack", ({ stack, site }) => {
  const rules = rulesOf(stack, site);

  test("say how soon, what is wrong and what to do, and lead to a page that there is", () => {
    const pages = Object.keys(runbooks(stack, site)).map((page) => `docs/runbooks/${stack}/${page}`);
    const lacking = rules.filter(
      ({ labels, annotations, for: held }) =>
        !(
          /^\d+[mhd]$/.test(held) &&
          ["critical", "warning", "info"].includes(labels["severity"] ?? "") &&
          annotations["summary"] &&
          annotations["description"] &&
          pages.includes(annotations["runbook_url"] ?? "")
        ),
    );

    expect(lacking).toEqual([]);
  });

  test("differ in name or labels", () => {
    const names = rules.map(({ alert, labels }) => JSON.stringify([alert, labels]));

    expect(new Set(names).size).toBe(names.length);
  });

  test("ask for metrics and checks that the verification has", () => {
    const metrics = rules.flatMap(({ expr }) => [...expr.matchAll(/homelab_(\w+)/g)].map(([, name = ""]) => name));
    const checks = rules.flatMap(({ expr }) => [...expr.matchAll(/check="([^"]+)"/g)].map(([, name = ""]) => name));

    expect([...new Set(metrics)].filter((name) => !(name in METRICS))).toEqual([]);
    expect([...new Set(checks)].filter((name) => !CHECKS.some((check) => check.name === name))).toEqual([]);
  });
});

describe("the rules of prod", () => {
  test("are those that the site gives; if not, run npm run alerts:rules -- --stack prod", () => {
    const committed = readdirSync(FOLDER).map((name) => [name, readFileSync(new URL(name, FOLDER), "utf8")]);

    expect(Object.fromEntries(committed)).toEqual(monitoringFiles("prod", prod));
  });

  test("are documented together with the classes of TrueNAS; if not, run npm run alerts:docs", () => {
    const written = readFileSync(new URL("../../docs/alerts.md", import.meta.url), "utf8");

    expect(written).toBe(documentation("prod", prod));
  });

  test("tell of a copy once it is older than its interval and the grace, and not before", () => {
    const daily = rulesOf("prod", prod).find(
      ({ alert, labels }) => alert === "ReplicationLags" && labels["tier"] === "daily",
    );
    if (!daily) throw new Error("prod replicates no daily snapshots");
    const { appliance = "", replication = "", tier = "" } = daily.labels;
    const limit = 25 * 3600;

    expect(fires(daily, copyOfAge(limit, { appliance, replication, tier }))).toBe(false);
    expect(fires(daily, copyOfAge(limit + 1, { appliance, replication, tier }))).toBe(true);
    expect(fires(daily, copyOfAge(limit + 1, { appliance, replication, tier: "hourly" }))).toBe(false);
  });

  test("tell of every level that the site watches, of pools and of quotas", () => {
    const levels = (name: string) => [
      ...new Set(rulesOf("prod", prod).flatMap(({ alert, labels }) => (alert === name ? [labels["level"]] : []))),
    ];

    expect(levels("PoolFills")).toEqual(["80", "85", "90", "95"]);
    expect(levels("QuotaFills")).toEqual(["80", "85", "90", "95"]);
  });
});

describe("Alertmanager", () => {
  test("tells nobody where the site names no channel", () => {
    const { mail: _mail, slack: _slack, ...others } = prod.alerts;

    expect(receivers({ ...prod, alerts: others })).toEqual([{ name: "nobody" }]);
  });

  test("reads the secrets of mail and Slack from files", () => {
    const mail: Site["alerts"]["mail"] = {
      ...{ from: "nas@example.org", to: ["owner@example.org"], server: "mail.example.org", port: 587 },
      security: "STARTTLS",
      user: "nas",
      level: "WARNING",
    };

    expect(receivers({ ...prod, alerts: { ...prod.alerts, mail, slack: { level: "ERROR" } } })).toEqual([
      {
        name: "owner",
        email_configs: [
          {
            ...{ to: "owner@example.org", from: "nas@example.org", smarthost: "mail.example.org:587" },
            ...{ require_tls: true, auth_username: "nas", send_resolved: true },
            auth_password_file: "/etc/alertmanager/secrets/mailPassword",
          },
        ],
        slack_configs: [{ api_url_file: "/etc/alertmanager/secrets/slackUrl", send_resolved: true }],
      },
    ]);
  });
});
