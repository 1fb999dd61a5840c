import type { Rule } from "../rule.ts";
import { DECLARING, undeclared } from "./declaring.ts";

/** Backup scope follows the class, so data without one has none. */
export const dataDeclaresClass: Rule = {
  name: "data-declares-class",
  description: "Every data set, volume and workload must declare its data class.",
  source: "D1 §8, ADR-0009",
  remedy: "give it a `class` in the site, or the annotation homelab/class",
  severity: "high",
  weight: "always",
  judges: DECLARING,
  judge: (resource) => undeclared(resource, "class"),
};
