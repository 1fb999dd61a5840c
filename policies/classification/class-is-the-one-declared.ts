import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { declared } from "./data.ts";

/** Whoever edits the class on the appliance changes what is backed up without a review. */
export const classIsTheOneDeclared: Rule = {
  name: "class-is-the-one-declared",
  description: "The class on the NAS must equal the class in the program.",
  source: "D1 §8, ADR-0009",
  remedy: "change the class in the site, or run up to write the declared one back",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    const wanted = stack.site?.classes[data.name];
    const written = declared(data, "class");
    if (wanted === undefined || written === wanted) return [];
    return [`carries the class "${written ?? "none"}" and must carry "${wanted}", as the site says`];
  },
};
