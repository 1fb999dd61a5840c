import type { Rule } from "../rule.ts";
import { SITE } from "../site-record.ts";

/** A copy for a certificate whose private key nobody has is a file that nobody opens. */
export const configurationCopiesCanBeOpened: Rule = {
  name: "configuration-copies-can-be-opened",
  description: "Somebody must hold the private key that opens copies of appliances' configuration.",
  source: "D4 Tier 3, ADR-0036",
  remedy:
    "make a certificate of your own, keep its private key on paper, open a copy with it, and say `confirmed` beside it; the runbook appliance-configuration has the lines",
  severity: "high",
  weight: "advice",
  judges: [SITE],
  judge: (_resource, { site }) =>
    (site?.unconfirmedCopies ?? []).map(
      (appliance) =>
        `copies the configuration of ${appliance} for a certificate whose private key nobody confirmed to hold`,
    ),
};
