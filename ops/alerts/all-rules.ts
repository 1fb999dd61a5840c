import type { Concern } from "./concern.ts";
import { consumers } from "./groups/consumers.ts";
import { copies } from "./groups/copies.ts";
import { pools } from "./groups/pools.ts";
import { restores } from "./groups/restores.ts";
import { serving } from "./groups/serving.ts";
import { snapshots } from "./groups/snapshots.ts";
import { space } from "./groups/space.ts";
import { watching } from "./groups/watching.ts";
import type { RuleGroup } from "./rule.ts";

const GROUPS: readonly ((concern: Concern) => RuleGroup)[] = [
  watching,
  pools,
  space,
  snapshots,
  copies,
  restores,
  serving,
  consumers,
];

/** Every group of rules that a site gives rise to, in the order of the document. */
export function allRules(concern: Concern): readonly RuleGroup[] {
  return GROUPS.map((group) => group(concern)).filter(({ rules }) => rules.length > 0);
}
