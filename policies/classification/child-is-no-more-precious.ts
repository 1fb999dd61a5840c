import { CLASS_RANK } from "../../src/site/vocabulary.ts";
import type { Judged } from "../judged.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { ancestorsOf, declared, pathOf } from "./data.ts";

const RANKS: Readonly<Record<string, number>> = CLASS_RANK;

/** What is done to a dataset is often done to all below it; a container says nothing of its children. */
export const childIsNoMorePrecious: Rule = {
  name: "child-is-no-more-precious",
  description: "A dataset must not be more precious than the one that it lies in.",
  source: "D1 Data Classification Model, ADR-0013",
  remedy: "move it elsewhere, raise the class of its parent, or make the parent a container",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    const parent = ancestorsOf(pathOf(data), data.home, stack).find((above) => rankOf(above) !== undefined);
    const own = rankOf(data);
    const above = parent && rankOf(parent);
    if (!parent || own === undefined || above === undefined || own <= above) return [];
    return [
      `is ${declared(data, "class")} and must not lie in ${pathOf(parent)}, which is only ${declared(parent, "class")}`,
    ];
  },
};

function rankOf(data: Judged): number | undefined {
  return RANKS[declared(data, "class") ?? ""];
}
