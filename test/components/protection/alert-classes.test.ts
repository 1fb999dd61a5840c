import { expect, test } from "vitest";
import { alertClasses } from "../../../components/protection/alert-classes.ts";
import { ALERT_CLASSES } from "../../../src/site/index.ts";
import { ALERT_CLASS_FACTS } from "../../../truenas/index.ts";

test("each release is told of the classes that it has, at once unless the site says otherwise", () => {
  const told = { smart: "daily", SMARTFailedSelfTest: "immediately", SMART: "never" } as const;

  const [older, newer] = ["25.04", "25.10"].map((version) => alertClasses({ told }, version));

  expect(Object.keys(newer ?? {}).filter((name) => /^smart/i.test(name))).toEqual([
    ...["SMARTUncorrectedErrors", "SMARTFailedSelfTest", "SMARTSpareBlockCount", "SMARTEraseCycleCount"],
  ]);
  expect(newer).toMatchObject({
    SMARTUncorrectedErrors: { policy: "DAILY" },
    SMARTFailedSelfTest: { policy: "IMMEDIATELY" },
    ZpoolCapacityNotice: { policy: "IMMEDIATELY", level: "WARNING" },
  });
  expect(Object.entries(older ?? {}).filter(([name]) => /^smart/i.test(name))).toEqual([
    ["SMART", { policy: "NEVER" }],
    ["Smartd", { policy: "DAILY" }],
  ]);
});

test("of every class that the site watches, it is known how bad it is and when it is noticed", () => {
  expect(Object.values(ALERT_CLASSES).flat().sort()).toEqual(Object.keys(ALERT_CLASS_FACTS).sort());
});
