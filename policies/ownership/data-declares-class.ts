import type { Rule } from "../rule.ts";
import { HOLDS_DATA, undeclared } from "./declares.ts";

/** Backup scope follows the class, so data without one has none. */
export const dataDeclaresClass: Rule = {
  name: "data-declares-class",
  description: "Every dataset and zvol must declare its data class.",
  source: "D1 §8",
  remedy: "give the dataset a `class` in the site",
  severity: "high",
  level: "mandatory",
  judges: HOLDS_DATA,
  judge: (resource) => undeclared(resource, "class"),
};
