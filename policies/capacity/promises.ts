import { type Ceiling, promisedBytes, type SizedTopology, usableBytes } from "../../truenas/index.ts";
import { poolOf } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import { numberAt, textAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { DATASET, ZVOL } from "../tokens.ts";

const CEILINGS: Readonly<Record<string, string>> = { [DATASET]: "quota", [ZVOL]: "volsize" };

/** What a pool can hold and what its datasets were promised, in bytes. */
export function promisesOf(pool: Judged, stack: Stack): { readonly usable: number; readonly promised: number } {
  const usable = usableBytes(pool.props["topology"] as SizedTopology);
  const ceilings = dataOf(pool, stack).flatMap((data) => ceilingOf(data) ?? []);

  return { usable, promised: promisedBytes(ceilings) };
}

/** Everything that a pool holds. */
export function dataOf(pool: Judged, stack: Stack): readonly Judged[] {
  return stack.once(dataByPool).get(poolKey(pool.home, textAt(pool.props, "name") ?? "")) ?? [];
}

/** The most that a dataset or zvol may take, when that is bounded. */
export function ceilingOf({ type, props }: Judged): Ceiling | undefined {
  const bytes = numberAt(props, CEILINGS[type] ?? "") ?? 0;
  return bytes > 0 ? { path: textAt(props, "name") ?? "", bytes } : undefined;
}

/** Bytes in decimal terabytes. */
export function terabytes(bytes: number): string {
  return `${(bytes / 1e12).toFixed(2)} TB`;
}

function dataByPool(stack: Stack): ReadonlyMap<string, readonly Judged[]> {
  const named = stack.known([DATASET, ZVOL], ({ props }) => textAt(props, "name") !== undefined);
  return Map.groupBy(named, ({ home, props }) => poolKey(home, poolOf(textAt(props, "name") ?? "")));
}

function poolKey(home: string, name: string): string {
  return `${home} ${name}`;
}
