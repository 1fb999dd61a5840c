import type { Rule } from "../rule.ts";
import { DECLARING, undeclared } from "./declaring.ts";

/** Data placement is documented before anything is deployed on it. */
export const dataDeclaresPurpose: Rule = {
  name: "data-declares-purpose",
  description: "Every data set, volume and workload must declare what it is for.",
  source: "D1 §8, ADR-0009",
  remedy: "give it a `purpose` in the site, or the annotation homelab/purpose",
  severity: "high",
  weight: "always",
  judges: DECLARING,
  judge: (resource) => undeclared(resource, "purpose"),
};
