import { isCopy, isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { copiesOf } from "./copies.ts";

/** The third of three copies: it survives the house. */
export const authoritativeDataHasOffsiteCopy: Rule = {
  name: "authoritative-data-has-offsite-copy",
  description: "Authoritative data must have a copy outside the house.",
  source: "D2 Offsite backup, D4 Tier 3, ADR-0017",
  remedy: "back it up to the cloud",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "authoritative") || isCopy(data)) return [];
    if (copiesOf(data, stack).some(({ place }) => place === "offsite")) return [];
    return ["is authoritative and must be copied outside the house"];
  },
};
