import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { plainTable } from "../../lab/cli/render/plain-table.ts";
import { Stack } from "../../lab/engine/index.ts";
import { analysisSeconds } from "./policies-analysis.ts";
import type { BenchOptions, Desk, Suite, SuiteResult } from "./suite.ts";

/** What previews of one size cost. */
interface Line {
  readonly resources: number;
  /** Seconds of a preview without the pack, and with it. */
  readonly without: number;
  readonly with: number;
  /** What its analysis of the whole stack takes for each resource, in milliseconds. */
  readonly perResource: number;
}

const SIZES = [200, 2000] as const;
const REPEATS = 2;
const MOST_GROWTH = 1.5;
const PROGRAM = fileURLToPath(new URL("policies-program", import.meta.url));
const PACK = fileURLToPath(new URL("../../policies", import.meta.url));

/** Previews with and without the policy pack: what its rules cost, and that they do not cost more among many. */
export const policies: Suite = {
  name: "policies",
  about: "previews of 200 and 2,000 resources with and without the policy pack",
  async run(_options: BenchOptions, desk: Desk): Promise<SuiteResult> {
    const lines: Line[] = [];
    for (const resources of SIZES) lines.push(await measure(resources, desk));
    desk.print(`\npreviews with and without the policy pack\n\n${table(lines)}`);

    return { rows: lines, judged: true, broken: complaints(lines) };
  },
};

/** A sentence when the pack costs more for a resource among many than among few. */
export function complaints(lines: readonly Line[]): string[] {
  const [few, many] = lines;
  if (!few || !many || many.perResource <= few.perResource * MOST_GROWTH) return [];
  const [small, large] = [few, many].map(({ perResource }) => `${perResource.toFixed(1)} ms`);

  return [
    `policies: ${large} for each of ${many.resources} resources and ${small} for each of ${few.resources}; it may grow by half`,
  ];
}

async function measure(resources: number, desk: Desk): Promise<Line> {
  const without = await fastest(resources, false, desk);
  const judged = await fastest(resources, true, desk);
  const analysis = await analysisSeconds(resources);

  return { resources, without, with: judged, perResource: (analysis * 1000) / resources };
}

/** The shortest of some previews: what disturbs one of them only lengthens it. */
async function fastest(resources: number, judged: boolean, desk: Desk): Promise<number> {
  const seconds: number[] = [];
  for (let at = 0; at < REPEATS; at += 1) {
    desk.progress(`${resources} resources, ${judged ? "with" : "without"} the pack`);
    seconds.push(await preview(resources, judged));
  }
  return Math.min(...seconds);
}

async function preview(resources: number, judged: boolean): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "homelab-bench-"));
  try {
    const run = await new Stack({
      projectDir: PROGRAM,
      stack: "bench",
      config: { "bench:count": String(resources) },
      stateFile: join(dir, "state.json"),
      policyPacks: judged ? [{ dir: PACK }] : [],
    }).preview();
    const [said] = [...run.diagnostics, ...run.policies];
    if (!run.ok || run.policies.length > 0) throw new Error(said?.message ?? "the preview failed and said nothing");
    return run.seconds;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function table(lines: readonly Line[]): string {
  return plainTable(
    [
      ["resources", "right"],
      ["seconds without", "right"],
      ["with", "right"],
      ["analysis, ms for each", "right"],
    ],
    lines.map((line) => [
      String(line.resources),
      line.without.toFixed(2),
      line.with.toFixed(2),
      line.perResource.toFixed(2),
    ]),
  );
}
