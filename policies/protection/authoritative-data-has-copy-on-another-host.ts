import { isCopy, isOf } from "../classification/data.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { copiesOf } from "./copies.ts";

/** The second of three copies: it survives the machine. */
export const authoritativeDataHasCopyOnAnotherHost: Rule = {
  name: "authoritative-data-has-copy-on-another-host",
  description: "Authoritative data must have a copy on another host.",
  source: "D2 Off-host replication, D4 Tier 2, ADR-0017",
  remedy: "replicate it to another appliance",
  severity: "critical",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "authoritative") || isCopy(data)) return [];
    if (copiesOf(data, stack).some(({ place }) => place === "other-host")) return [];
    return ["is authoritative and must be copied to another host"];
  },
};
