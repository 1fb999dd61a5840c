import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";
import { alertRule } from "./alerts.ts";

/** A disk says that it dies before it does. */
export const smartAlertsAreSent: Rule = alertRule("smart", {
  name: "smart-alerts-are-sent",
  judges: [POOL],
  words: "failing disks",
});
