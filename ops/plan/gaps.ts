import { styleText } from "node:util";
import type { DatasetPlan, Gap } from "../../src/site/index.ts";
import { isUnmet } from "./report.ts";

const WIDTH = 100;

/** Every gap in words with its remedy; those that fail the plan come first, then what is waived, then advice. */
export function renderGaps(datasets: readonly DatasetPlan[], today: string): string {
  const found = datasets.flatMap((plan) =>
    plan.gaps.map((gap) => ({ gap, name: `${plan.appliance}/${plan.dataset}` })),
  );
  const unmet = found.filter(({ gap }) => isUnmet(gap, today));
  const waived = found.filter(({ gap }) => gap.obligation && !isUnmet(gap, today));
  const advice = found.filter(({ gap }) => !gap.obligation);
  const sections = [
    section(styleText("red", "Obligations that are not met"), unmet),
    section("Obligations that are waived", waived),
    section("Gaps that no class forbids", advice),
  ].filter((text) => text !== "");

  return sections.length === 0 ? "No gaps." : sections.join("\n\n");
}

interface Told {
  readonly gap: Gap;
  readonly name: string;
}

/** The same gap of several datasets is told once, with all their names. */
function section(title: string, found: readonly Told[]): string {
  if (found.length === 0) return "";
  const alike = Map.groupBy(found, ({ gap }) => `${gap.message}\n${gap.remedy}\n${gap.waiver?.until ?? ""}`);
  const paragraphs = [...alike.values()].flatMap((members) => {
    const [first] = members;
    return first === undefined
      ? []
      : paragraph(
          first.gap,
          members.map(({ name }) => name),
        );
  });
  return [`${title} (${found.length})`, ...paragraphs].join("\n");
}

function paragraph({ message, remedy, waiver }: Gap, names: readonly string[]): string[] {
  const until = waiver === undefined ? "" : ` (waived until ${waiver.until})`;
  return [
    ...wrapped(names.join(", "), "  "),
    ...wrapped(`${message}${until}`, "      "),
    ...wrapped(`→ ${remedy}`, "      "),
  ];
}

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > WIDTH) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}
