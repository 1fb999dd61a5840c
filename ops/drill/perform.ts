import type { Evidence, RestoreTestSpec } from "../../src/site/index.ts";
import { Inspection } from "../../truenas/inspect.ts";
import { RestoreBench } from "../../truenas/restore.ts";
import { applianceOf, type DeclaredStack } from "../declared/stack.ts";
import { dateOf } from "../verify/rows.ts";
import { entryTo, type Way } from "../way.ts";
import { compareFiles } from "./compare.ts";
import type { DrillContext, Found, Tier } from "./context.ts";
import { DrillError } from "./drill-error.ts";
import { chooseSample } from "./sample.ts";
import { freeBytes, makeScratch, removeScratch, scratchOf } from "./scratch.ts";
import { fromOffsite } from "./tiers/offsite.ts";
import { fromReplica, replicaOf } from "./tiers/replication.ts";
import { fromSnapshot } from "./tiers/snapshot.ts";

/** Who is told of a drill. */
export interface Listener {
  /** What is being done now. */
  tell(text: string): void;
  /** What somebody has to know afterwards. */
  note(text: string): void;
}

/** One restore test of a stack. */
export interface Drill {
  readonly declared: DeclaredStack;
  readonly name: string;
  readonly spec: RestoreTestSpec;
}

const TIERS: Readonly<Record<RestoreTestSpec["tier"], Tier>> = {
  snapshot: fromSnapshot,
  replication: fromReplica,
  offsite: fromOffsite,
};

/** Room that stays free of a restore, as a share of it. */
const SPARE = 0.1;

/** The appliances that a restore test needs: where the data comes from, and where its replica lies. */
export function appliancesOf({ declared: { site }, spec }: Pick<Drill, "declared" | "spec">): readonly string[] {
  const replica = spec.tier === "replication" ? [replicaOf({ site, spec }).appliance] : [];

  return [...new Set([spec.source.appliance, ...replica])];
}

/** Why a restore test cannot be performed now: a machine that it needs is not there. */
export function waitsFor(drill: Pick<Drill, "declared" | "spec">): string | undefined {
  return appliancesOf(drill)
    .map((appliance) => applianceOf(drill.declared, appliance).absence)
    .find((reason) => reason !== undefined);
}

/** Performs a restore test: finds the newest state of the copy, restores it, compares, and cleans up whatever happens. */
export async function perform(drill: Drill, way: Way, { tell, note }: Listener): Promise<Evidence> {
  const opened: Inspection[] = [];
  const look = (appliance: string) => {
    const inspection = new Inspection(entryTo(applianceOf(drill.declared, appliance), way), way.environment);
    opened.push(inspection);
    return inspection;
  };
  const bench = benchOf(drill, way);
  opened.push(bench);
  const source = bench.label === drill.spec.source.appliance ? bench : look(drill.spec.source.appliance);
  try {
    const { now, zone } = await timeOn(source);
    const { site } = drill.declared;
    const context = { ...drill, site, bench, source, look, zone, tell, note, target: `${bench.scratch}/copy` };
    return await recorded(drill, now, () => tried(context, drill, now));
  } finally {
    for (const inspection of opened) inspection.close();
  }
}

function benchOf({ declared, name, spec }: Drill, way: Way): RestoreBench {
  const { site } = declared;
  const beside = spec.tier === "replication" && spec.into === "copy" ? replicaOf({ site, spec }) : undefined;
  const { appliance, dataset } = beside ?? spec.source;

  return new RestoreBench(
    entryTo(applianceOf(declared, appliance), way),
    scratchOf(dataset.split("/")[0] ?? "", name),
    way.environment,
  );
}

async function timeOn(inspection: Inspection): Promise<{ readonly now: number; readonly zone: string }> {
  const info = (await inspection.ask("system.info")) as { readonly datetime?: unknown; readonly timezone?: string };

  return { now: dateOf(info.datetime) ?? Date.now(), zone: info.timezone ?? "UTC" };
}

type Outcome = Omit<Evidence, "version" | "stack" | "test" | "appliance" | "dataset" | "tier" | "copy" | "performedAt">;

async function tried(context: DrillContext, { declared, name, spec }: Drill, now: number): Promise<Outcome> {
  const { bench, tell, note, source } = context;
  const found = await TIERS[spec.tier](context);
  await requireRoom(bench, found);
  tell("making the scratch dataset");
  await makeScratch(bench, `${declared.stack}/${name}`);
  try {
    const started = performance.now();
    const directory = await found.restore();
    const seconds = Math.round(performance.now() - started) / 1000;
    const sample = found.sample ?? (await chooseSample(bench, directory, spec.sample));
    tell(`comparing ${sample.length} files`);
    const compared = await compareFiles(
      { restored: { on: bench, directory }, original: { on: source, directory: found.original } },
      sample,
    );
    return { ...compared, ...ageOf(found, now), seconds, changed: found.changed };
  } finally {
    tell("cleaning up");
    await removeScratch(bench).catch((error: Error) => note(`${bench.scratch} is left behind (${error.message})`));
  }
}

async function requireRoom(bench: RestoreBench, { bytes, state }: Found): Promise<void> {
  const free = await freeBytes(bench);
  const needed = Math.ceil(bytes * (1 + SPARE));
  if (needed <= free) return;
  throw new DrillError(
    `restoring ${state} takes ${needed} bytes and ${bench.scratch.split("/")[0]} has ${free} free; free some, or restore beside the copy (into: copy)`,
  );
}

function ageOf({ state, takenAt }: Found, now: number) {
  return { state, takenAt: new Date(takenAt).toISOString(), ageSeconds: Math.max(0, (now - takenAt) / 1000) };
}

/** The evidence of an attempt; one that fails is evidence, too. */
async function recorded(
  { declared, name, spec }: Drill,
  now: number,
  attempt: () => Promise<Outcome>,
): Promise<Evidence> {
  const { source, tier, copy } = spec;
  const about = {
    version: 1 as const,
    stack: declared.stack,
    test: name,
    appliance: source.appliance,
    dataset: source.dataset,
    tier,
    ...(copy === undefined ? {} : { copy }),
    performedAt: new Date(now).toISOString(),
  };
  try {
    return { ...about, ...(await attempt()) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ...about, result: "failed", reason: error.message, seconds: 0, bytes: 0, changed: 0, files: [] };
  }
}
