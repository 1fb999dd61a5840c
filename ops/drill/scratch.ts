import { Inspection } from "../../truenas/inspect.ts";
import { RestoreBench, SCRATCH_PREFIX } from "../../truenas/restore.ts";
import { applianceOf, type DeclaredStack } from "../declared/stack.ts";
import { entryTo, type Way } from "../way.ts";
import { DrillError } from "./drill-error.ts";

/** User property by which a scratch dataset is known, with `stack/test` as its value. */
export const MARK = "homelab:restore-test";

interface DatasetRow {
  readonly id: string;
  readonly user_properties?: Readonly<Record<string, { readonly value?: string }>>;
}

/** The scratch dataset of a test. */
export function scratchOf(pool: string, test: string): string {
  return `${pool}/${SCRATCH_PREFIX}${test.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-")}`;
}

/** Makes the scratch dataset, marked so that whoever finds it knows what it is. @throws DrillError when there is one */
export async function makeScratch(bench: RestoreBench, mark: string): Promise<void> {
  const [other] = await scratchDatasets(bench, bench.scratch);
  if (other) throw new DrillError(`${bench.scratch} is there already and is not ours; rename it, or remove it`);
  const user_properties = [{ key: MARK, value: mark }];
  const comments = "Scratch space of a restore test; removed when it ends";
  await bench.change("pool.dataset.create", { name: bench.scratch, comments, user_properties });
}

/** Destroys the scratch dataset with all that was restored into it. */
export async function removeScratch(bench: RestoreBench): Promise<void> {
  await bench.change("pool.dataset.delete", bench.scratch, { recursive: true, force: true });
}

/** Removes what earlier drills of the stack left on an appliance, because they were ended; resolves with the names. */
export async function removeLeftovers(
  { stack, appliances }: DeclaredStack,
  appliance: string,
  way: Way,
): Promise<readonly string[]> {
  const address = entryTo(applianceOf({ appliances }, appliance), way);
  const inspection = new Inspection(address, way.environment);
  try {
    const left = (await scratchDatasets(inspection)).filter((row) => markOf(row)?.startsWith(`${stack}/`));
    for (const { id } of left) {
      const bench = new RestoreBench(address, id, way.environment);
      await removeScratch(bench).finally(() => bench.close());
    }
    return left.map(({ id }) => id);
  } finally {
    inspection.close();
  }
}

async function scratchDatasets(inspection: Inspection, id?: string): Promise<readonly DatasetRow[]> {
  const filter = id === undefined ? ["id", "~", `^[^/]+/${SCRATCH_PREFIX}[a-z0-9-]+$`] : ["id", "=", id];
  const options = { select: ["id", "user_properties"], extra: { retrieve_children: false } };

  return (await inspection.ask("pool.dataset.query", [filter], options)) as readonly DatasetRow[];
}

function markOf(row: DatasetRow): string | undefined {
  return row.user_properties?.[MARK]?.value;
}

/** Bytes that are free in the pool of a bench. */
export async function freeBytes(bench: RestoreBench): Promise<number> {
  const [pool = ""] = bench.scratch.split("/");
  const options = { select: ["id", "available"], extra: { retrieve_children: false } };
  const [row] = (await bench.ask("pool.dataset.query", [["id", "=", pool]], options)) as readonly {
    readonly available?: { readonly parsed?: unknown };
  }[];

  return Number(row?.available?.parsed ?? 0);
}
