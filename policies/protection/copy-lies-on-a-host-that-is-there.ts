import { isCopy, isOf } from "../classification/data.ts";
import type { Judged } from "../judged.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { type Copy, copiesOf } from "./copies.ts";

/** A copy nobody can read is a plan. */
export const copyLiesOnAHostThatIsThere: Rule = {
  name: "copy-lies-on-a-host-that-is-there",
  description: "A copy on a host that is offline does not count, so data must have one that can be reached.",
  source: "D4 Tier 2, ADR-0007, ADR-0017",
  remedy: "bring the host online, or copy to one that is",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (isCopy(data)) return [];
    const wanted = copiesOf(data, stack).filter((copy) => counts(copy, data));
    const [first] = wanted;
    if (!first?.absent || wanted.some(({ absent }) => absent === undefined)) return [];
    const { host, state } = first.absent;
    return [`has its copy on ${host}, which is ${state}, and must have one on a host that is there`];
  },
};

/** Whether a copy is of the kind that the class asks for. */
function counts({ place }: Copy, data: Judged): boolean {
  if (isOf(data, "authoritative")) return place === "other-host";
  return isOf(data, "runtime") && place !== "same-pool";
}
