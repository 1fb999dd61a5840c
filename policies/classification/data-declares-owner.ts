import type { Rule } from "../rule.ts";
import { DECLARING, undeclared } from "./declaring.ts";

/** Data has one authoritative home, so somebody's role must own it. */
export const dataDeclaresOwner: Rule = {
  name: "data-declares-owner",
  description: "Every data set, volume and workload must declare the role that owns it.",
  source: "D1 §8, ADR-0009",
  remedy: "give it an `owner` in the site, or the annotation homelab/owner",
  severity: "high",
  weight: "always",
  judges: DECLARING,
  judge: (resource) => undeclared(resource, "owner"),
};
