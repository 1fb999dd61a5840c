// Turns the report of a preview into Markdown for a job summary: node ops/policy-summary.ts preview.json
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** As much of a report as a summary needs. */
export interface SummarisedReport {
  readonly stack: string;
  readonly errors: readonly { readonly source: string; readonly message: string }[];
  readonly policies: readonly {
    readonly policy: string;
    readonly level: string;
    readonly message: string;
    readonly waivedUntil?: string;
    readonly undecided?: true;
  }[];
}

type Verdict = SummarisedReport["policies"][number];

/** Violations first, then what is only advised, could not be decided, or is waived and until when. */
export function policySummary({ stack, errors, policies }: SummarisedReport): string {
  const waived = policies.filter(({ waivedUntil }) => waivedUntil !== undefined);
  const open = policies.filter(({ undecided }) => undecided);
  const said = policies.filter((verdict) => !waived.includes(verdict) && !open.includes(verdict));
  const violations = said.filter(({ level }) => level === "mandatory");
  const advice = said.filter(({ level }) => level !== "mandatory");
  const others = errors.filter(({ source }) => source !== "policy");

  return [
    `## Policies of \`${stack}\``,
    violations.length === 0
      ? "No violation stops this change."
      : section("Violations that stop this change", violations),
    ...(others.length > 0 ? [["### Errors", "", ...others.map(({ message }) => `- ${cell(message)}`)].join("\n")] : []),
    ...(advice.length > 0 ? [section("Advice", advice)] : []),
    ...(open.length > 0 ? [section("Not decided before the update", open)] : []),
    ...(waived.length > 0 ? [waivers(waived)] : []),
  ].join("\n\n");
}

function section(title: string, verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ policy, message }) => `| ${policy} | ${cell(message)} |`);
  return [`### ${title}`, "", "| Policy | What is wrong, and what to do |", "|---|---|", ...rows].join("\n");
}

function waivers(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ waivedUntil, message }) => {
    const [, rule = "", rest = ""] = /^waived until \S+ ([a-z0-9-]+): (.+)$/s.exec(message) ?? [];
    return `| ${waivedUntil} | ${rule} | ${cell(rest)} |`;
  });
  return [
    `### Waived (${rows.length})`,
    "",
    "| Until | Policy | What is waived, and why |",
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ").trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file] = process.argv;
  if (file === undefined) {
    console.error("error: name the report of a preview, as --json writes it");
    process.exitCode = 2;
  } else {
    process.stdout.write(`${policySummary(JSON.parse(readFileSync(file, "utf8")) as SummarisedReport)}\n`);
  }
}
