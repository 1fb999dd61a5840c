import type { Rule } from "../rule.ts";
import { HOLDS_DATA, undeclared } from "./declares.ts";

/** Data has one authoritative home, so somebody's role must own it. */
export const dataDeclaresOwner: Rule = {
  name: "data-declares-owner",
  description: "Every dataset and zvol must declare the role that owns it.",
  source: "D1 §8",
  remedy: "give the dataset an `owner` in the site",
  severity: "high",
  level: "mandatory",
  judges: HOLDS_DATA,
  judge: (resource) => undeclared(resource, "owner"),
};
