import type { Appliance, Site } from "../../src/site/index.ts";
import { CronJob } from "../../truenas/index.ts";
import { type Planned, plan } from "../storage/planned.ts";

type Tests = Site["monitoring"]["smartTests"];

/**
 * How each release lets all disks test themselves. 25.10 has no schedules for tests any more, only what its own upgrade
 * turns them into; 25.04 still has them, but jobs are what both have, and outlive the upgrade.
 */
const COMMANDS: Readonly<Record<string, (test: "short" | "long") => string>> = {
  "25.10": (test) => `midclt call disk.smart_test ${test.toUpperCase()} '["*"]'`,
  "25.04": (test) => `smartctl --scan | cut -d " " -f 1 | xargs -n 1 smartctl -t ${test}`,
};

/** The self-tests of an appliance's disks, as jobs; TrueNAS looks at the results by itself and raises alerts. */
export function smartPlan({ version }: Pick<Appliance, "version">, tests: Tests): Planned[] {
  return (["short", "long"] as const).flatMap((test) => {
    const [schedule, command] = [tests[test], COMMANDS[version]?.(test)];
    if (schedule === undefined || command === undefined) return [];
    const description = `SMART self-test, ${test}`;

    return [plan(CronJob, description, { description, command, user: "root", schedule, enabled: true })];
  });
}
