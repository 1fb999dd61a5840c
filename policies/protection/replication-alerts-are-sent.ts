import type { Rule } from "../rule.ts";
import { REPLICATION_TASK } from "../tokens.ts";
import { alertRule } from "./alerts.ts";

/** A copy that stopped in silence is found on the day it is needed. */
export const replicationAlertsAreSent: Rule = alertRule("replication", {
  name: "replication-alerts-are-sent",
  judges: [REPLICATION_TASK],
  words: "replications that fail",
});
