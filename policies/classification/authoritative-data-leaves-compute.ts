import type { OwnerRole } from "../../src/site/vocabulary.ts";
import { copiesThere } from "../protection/copies.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { declared, isOf } from "./data.ts";

const COMPUTE: readonly OwnerRole[] = ["ai-compute", "infrastructure", "staging"];

/** Loss of compute must not imply loss of data; user compute owns data only where a site says so. */
export const authoritativeDataLeavesCompute: Rule = {
  name: "authoritative-data-leaves-compute",
  description: "Authoritative data must never lie on a compute node only.",
  source: "D1 §1, D1 §6",
  remedy: "move the data to the NAS, or copy it there",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    const owner = declared(data, "owner") ?? "";
    const compute: readonly string[] = stack.site?.model === "compute-centric" ? COMPUTE : [...COMPUTE, "user-compute"];
    if (!isOf(data, "authoritative") || !compute.includes(owner)) return [];
    if (copiesThere(data, stack).some(({ place }) => place === "other-host")) return [];
    return [`is authoritative, belongs to ${owner} and must also lie on the NAS`];
  },
};
