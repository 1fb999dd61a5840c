import type { Written } from "./written.ts";

/** Datasets and zvols as they are written, be the rest of them right or wrong. */
export interface WrittenVolumes {
  /** Their names, pool first. */
  readonly names: readonly string[];
  /** Whether something else stands where there may be more of them, so that a name that is not found proves nothing. */
  readonly hidden: boolean;
}

/** The datasets and zvols that are written for an appliance. */
export function volumesWritten(written: Written, appliance: string): WrittenVolumes {
  const top = ["appliances", appliance];
  const pools = written.namesAt(...top, "pools");
  const maps = pools.flatMap((pool) => [
    { pool, path: [...top, "pools", pool, "datasets"] },
    { pool, path: [...top, "pools", pool, "zvols"] },
  ]);
  const holders = [top, [...top, "pools"], ...pools.map((pool) => [...top, "pools", pool]), ...maps.map((m) => m.path)];

  return {
    names: maps.flatMap(({ pool, path }) => written.namesAt(...path).map((name) => `${pool}/${name}`)),
    hidden: holders.some((path) => written.isMangledMap(...path)),
  };
}
