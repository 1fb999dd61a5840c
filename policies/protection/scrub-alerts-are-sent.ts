import type { Rule } from "../rule.ts";
import { POOL } from "../tokens.ts";
import { alertRule } from "./alerts.ts";

/** A degraded pool is one disk from being lost. */
export const scrubAlertsAreSent: Rule = alertRule("scrub", {
  name: "scrub-alerts-are-sent",
  judges: [POOL],
  words: "scrubs that fail and pools that degrade",
});
