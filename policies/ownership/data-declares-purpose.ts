import type { Rule } from "../rule.ts";
import { HOLDS_DATA, undeclared } from "./declares.ts";

/** Data placement is documented before anything is deployed on it. */
export const dataDeclaresPurpose: Rule = {
  name: "data-declares-purpose",
  description: "Every dataset and zvol must declare what it is for.",
  source: "D1 §8",
  remedy: "give the dataset a `purpose` in the site",
  severity: "high",
  level: "mandatory",
  judges: HOLDS_DATA,
  judge: (resource) => undeclared(resource, "purpose"),
};
