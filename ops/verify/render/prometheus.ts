import type { Verification } from "../verification.ts";
import { METRICS, PREFIX } from "./metrics.ts";

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly metric: string;
  readonly labels: Labels;
  readonly value: number;
}

/** The outcome as a file for the textfile collector of node_exporter. */
export function renderPrometheus(verification: Verification): string {
  const samples = samplesOf(verification);
  const families = Object.entries(METRICS).map(([metric, doc]) =>
    family(
      metric,
      doc,
      samples.filter((sample) => sample.metric === metric),
    ),
  );

  return families.filter((text) => text !== "").join("");
}

function samplesOf({ stack, at, seconds, ok, verdicts }: Verification): readonly Sample[] {
  const whole = { stack };
  const groups = Map.groupBy(verdicts, ({ check, appliance = "", status }) =>
    JSON.stringify({ check, appliance, status }),
  );

  return [
    { metric: "verify_timestamp_seconds", labels: whole, value: Date.parse(at) / 1000 },
    { metric: "verify_duration_seconds", labels: whole, value: seconds },
    { metric: "verify_ok", labels: whole, value: ok ? 1 : 0 },
    ...[...groups].map(([key, group]) => ({
      metric: "verify_findings",
      labels: { ...whole, ...(JSON.parse(key) as Labels) },
      value: group.length,
    })),
    ...verdicts
      .filter(({ status }) => status === "failed")
      .map(({ check, appliance = "", subject }) => ({
        metric: "verify_failed",
        labels: { ...whole, check, appliance, subject },
        value: 1,
      })),
    ...verdicts.flatMap(({ appliance = "", measures = [] }) =>
      measures.map(({ metric, value, labels = {} }) => ({ metric, labels: { ...whole, appliance, ...labels }, value })),
    ),
  ];
}

/** One metric with its help, its type and its samples; the same labels twice would make the whole file invalid. */
function family(metric: string, doc: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const name = `${PREFIX}${metric}`;
  const lines = new Map(samples.map(({ labels, value }) => [`${name}${labelled(labels)}`, number(value)]));
  const help = doc.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");

  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...[...lines].map((line) => line.join(" ")), ""].join("\n");
}

function labelled(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);

  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function number(value: number): string {
  if (Number.isNaN(value)) return "NaN";

  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}
