import type { StackValidationPolicy } from "@pulumi/policy";
import { levelOf } from "./levels.ts";
import { packPolicies } from "./policies.ts";
import type { Rule } from "./rule.ts";
import { ROOMS, rules } from "./rules.ts";
import type { PackPolicy } from "./serve-rule.ts";

const TITLES: Readonly<Record<string, string>> = {
  classification: "Classification and ownership",
  roles: "Roles",
  access: "Access",
  protection: "Protection",
  capacity: "Capacity",
  kubernetes: "Kubernetes",
  machines: "Machines",
  safety: "Safety",
};

const INTRODUCTION = `# Policies

<!-- Written by policies/write-docs.ts from the rules themselves; do not edit. -->

What may live where, who owns it and how it is protected, as checks of everything that the program registers. They run at
every preview, on pull requests, and on recorded state:

    npm run preview -- --stack prod
    npm run policies -- --state FILE
    npm run pulumi -- preview --policy-pack policies

A *mandatory* violation fails the run before anything is written; an *advisory* one is said and lets it go on. Rules of
ownership are advisory while a site is in \`transition\` and mandatory once it is \`steady\`; where the phase is not known,
the stricter holds. A configuration may change levels and settings, \`all\` sets every level:

    npm run pulumi -- preview --policy-pack policies --policy-pack-config policies/presets/steady.json

A violation that is accepted for a while is waived in the site (\`waivers\`: rule, resource or pattern, reason, until). It is
then silent in its rule and listed by \`waivers\`; a waiver that has expired or covers nothing is a violation itself.

The policies of a stack run once all of it is registered, so that blocking rests on the preview: never apply with
\`--skip-preview\`.

Sources: **D0** compute-centric data ownership (2026-01-08), **D1** data strategy, **D2** backup infrastructure and data
protection (2026-01-07), **D3** storage architecture strategy, **D4** homelab architecture review (2026-02-05), and the
records in [docs/adr](adr).
`;

/** The pack as a document: every rule with its level by phase, source and remedy. */
export function documentation(): string {
  const rooms = Object.entries(ROOMS).map(
    ([room, members]) => `## ${TITLES[room] ?? room}\n\n${members.map(ruleSection).join("\n\n")}\n`,
  );
  const own = `## The pack itself\n\n${packPolicies.map(packSection).join("\n\n")}\n`;

  return [INTRODUCTION, ...rooms, own].join("\n");
}

/** The levels of a phase as a configuration of the pack; every rule whose level follows the phase is named. */
export function preset(phase: "transition" | "steady"): string {
  const levels = rules
    .filter(({ weight }) => weight === "by-phase")
    .map((rule) => [rule.name, levelOf(rule, phase)] as const);

  return `${JSON.stringify({ "preset-fits-phase": { phase }, ...Object.fromEntries(levels) }, null, 2)}\n`;
}

function ruleSection(rule: Rule): string {
  const { name, description, source, remedy, model } = rule;
  const lines = [
    `- Level: ${levelsOf(rule)}${model ? `, in ${model} sites` : ""}`,
    `- Source: ${source}`,
    `- Remedy: ${remedy}`,
    ...settingsOf(rule),
  ];
  return `### ${name}\n\n${description}\n\n${lines.join("\n")}`;
}

function packSection({
  name,
  description,
  enforcementLevel,
  source,
  remediationSteps,
  configSchema,
}: PackPolicy): string {
  const lines = [
    `- Level: ${enforcementLevel}`,
    `- Source: ${source}`,
    `- Remedy: ${remediationSteps}`,
    ...settingsOf({ ...(configSchema ? { configSchema } : {}) }),
  ];
  return `### ${name}\n\n${description}\n\n${lines.join("\n")}`;
}

function levelsOf(rule: Rule): string {
  const transition = levelOf(rule, "transition");
  const steady = levelOf(rule, "steady");
  return transition === steady ? steady : `${transition} in transition, ${steady} once steady`;
}

function settingsOf({ configSchema }: Pick<StackValidationPolicy, "configSchema">): string[] {
  const settings = Object.entries(configSchema?.properties ?? {}).map(([name, { default: value }]) =>
    value === undefined ? `\`${name}\`` : `\`${name}\` (${JSON.stringify(value)} unless configured)`,
  );
  return settings.length > 0 ? [`- Settings: ${settings.join(", ")}`] : [];
}
