import { listAt, textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { POOL, STORED_DATA } from "../tokens.ts";
import { isOf, pathOf, poolOf } from "./data.ts";

/** Vdevs without which the pool is lost. */
const NEEDED = ["data", "special", "dedup"] as const;

/** One dead disk must not take what cannot be made again. */
export const authoritativeDataLiesOnRedundantPool: Rule = {
  name: "authoritative-data-lies-on-redundant-pool",
  description: "Authoritative data must lie on a pool that survives the loss of a disk.",
  source: "D2 Current Storage Architecture, D4 Pool Design",
  remedy: "move the data to a mirrored or RAIDZ pool, or add redundancy to this one",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "authoritative")) return [];
    const name = poolOf(pathOf(data));
    const pool = stack.where(POOL, data.home, "name", name)[0];
    const single = NEEDED.filter((group) =>
      listAt(pool?.props, "topology", group).some((vdev) => textAt(vdev, "type") === "STRIPE"),
    );
    if (single.length === 0) return [];
    return [`is authoritative and must not lie on ${name}, whose ${single.join(" and ")} disks have no redundancy`];
  },
};
