import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { declared, declaredIn, isOf } from "./data.ts";

/** Without a date, what is in passing stays. */
export const transitionalDataHasDeadline: Rule = {
  name: "transitional-data-has-deadline",
  description: "Transitional data must say by which day it is promoted.",
  source: "D1 §3",
  remedy: "write `deadline` as YYYY-MM-DD",
  severity: "medium",
  weight: "always",
  judges: STORED_DATA,
  judge(data) {
    if (!isOf(data, "transitional")) return [];
    const deadline = declared(data, "deadline");
    if (deadline && /^\d{4}-\d{2}-\d{2}$/.test(deadline)) return [];
    return [`is transitional and must name a day in ${declaredIn(data, "deadline")}`];
  },
};
