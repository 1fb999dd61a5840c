import { z } from "zod";
import { date } from "./dates.ts";
import { ruleName } from "./names.ts";
import { text, words } from "./value.ts";

/** Accepted exceptions from policies, each for a time. */
export const waivers = z
  .array(
    z.strictObject({
      rule: text(ruleName).meta({ description: "The policy that is waived." }),
      resource: words(255).meta({
        description: "What it is waived for: appliance/pool or appliance/pool/dataset, * for any characters.",
      }),
      reason: words(400).meta({ description: "Why it is accepted." }),
      until: date().meta({ description: "The last day on which it is." }),
    }),
  )
  .default([])
  .meta({ description: "Accepted exceptions from policies." });
