import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { declared, declaredIn, isOf } from "./data.ts";

const NAS = ["primary-nas", "archive-nas"];

/** Data in processing is nobody's until it has been promoted, so it must be said whose it will be. */
export const transitionalDataNamesItsHome: Rule = {
  name: "transitional-data-names-its-home",
  description: "Transitional data must name the dataset on the authoritative NAS that it becomes part of.",
  source: "D1 §3",
  remedy: "write `promoteTo` with an authoritative dataset of the NAS",
  severity: "high",
  weight: "always",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "transitional")) return [];
    const target = declared(data, "promoteTo");
    if (!target) return [`is transitional and must name its home to be in ${declaredIn(data, "promoteTo")}`];
    const home = stack.of(...STORED_DATA).find(({ name }) => name === target);
    if (!home) return [];
    if (isOf(home, "authoritative") && NAS.includes(declared(home, "owner") ?? "")) return [];
    return [`is to be promoted to ${target}, which must be authoritative and belong to the NAS`];
  },
};
