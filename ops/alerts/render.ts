import { stringify } from "yaml";
import type { Site } from "../../src/site/index.ts";
import { runbooks } from "../runbooks/all.ts";
import { alertmanager } from "./alertmanager.ts";
import { allRules } from "./all-rules.ts";
import type { Rule } from "./rule.ts";

/** The files for Prometheus and its Alertmanager by name; the same site always gives the same text. */
export function monitoringFiles(stack: string, site: Site): Record<string, string> {
  const pages = new Set(Object.keys(runbooks(stack, site)));
  const groups = allRules({ stack, site }).map(({ name, rules }) => ({
    name: `homelab-${stack}-${name}`,
    rules: rules.map((rule) => written(rule, stack, pages)),
  }));

  return {
    "rules.yaml": file(stack, { groups }),
    "alertmanager.yaml": file(stack, alertmanager(site)),
  };
}

function written(rule: Rule, stack: string, pages: ReadonlySet<string>): unknown {
  const { alert, expr, severity, labels, summary, remedy, runbook = "README.md" } = rule;
  const page = pages.has(runbook) ? runbook : "README.md";

  return {
    ...{ alert, expr, for: rule.for },
    labels: { severity, stack, ...labels },
    annotations: { summary, description: remedy, runbook_url: `docs/runbooks/${stack}/${page}` },
  };
}

function file(stack: string, content: unknown): string {
  const head = `# Written from the site: npm run alerts:rules -- --stack ${stack}\n`;

  return head + stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
