import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";
import { alertRule } from "./alerts.ts";

/** A full pool stops every write on it. */
export const capacityAlertsAreSent: Rule = alertRule("capacity", {
  name: "capacity-alerts-are-sent",
  judges: [POOL],
  words: "pools and quotas that fill up",
});
