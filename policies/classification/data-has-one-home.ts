import type { Judged } from "../judged.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { STORED_DATA } from "../tokens.ts";
import { declared, isCopy, isOf } from "./data.ts";

/** Two homes of the same data drift apart, and nobody knows which is true; a copy belongs to the backup NAS. */
export const dataHasOneHome: Rule = {
  name: "data-has-one-home",
  description: "A set of data must have one authoritative home.",
  source: "D1 Core Principles, D1 §4",
  remedy: "keep one of them authoritative; class the other for what it is, or give it to the backup-nas as a copy",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isHome(data)) return [];
    const [first] = stack.once(homesByPurpose).get(purposeOf(data)) ?? [];
    if (!first || first === data) return [];
    return [
      `is a second authoritative home of "${declared(data, "purpose")}" and must be none, since ${first.name} is it`,
    ];
  },
};

function homesByPurpose(stack: Stack): ReadonlyMap<string, readonly Judged[]> {
  return Map.groupBy(stack.known(STORED_DATA, isHome), purposeOf);
}

function isHome(data: Judged): boolean {
  return isOf(data, "authoritative") && !isCopy(data) && purposeOf(data) !== "";
}

function purposeOf(data: Judged): string {
  return (declared(data, "purpose") ?? "").trim().toLowerCase();
}
