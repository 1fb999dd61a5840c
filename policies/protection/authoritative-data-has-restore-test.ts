import { isCopy, isOf, pathOf } from "../classification/data.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { RESTORE_TEST, STORED_DATA } from "../tokens.ts";

/** A copy that nobody has restored from is a hope. */
export const authoritativeDataHasRestoreTest: Rule = {
  name: "authoritative-data-has-restore-test",
  description: "Authoritative data must have a restore test: a copy of it is restored regularly and compared.",
  source: 'D4 "Quarterly restore tests", ADR-0043',
  remedy: "declare one under restoreTests in the site",
  severity: "high",
  weight: "by-phase",
  judges: STORED_DATA,
  judge(data, stack) {
    if (!isOf(data, "authoritative") || isCopy(data)) return [];
    if (stack.once(tested).has(`${data.home}/${pathOf(data)}`)) return [];
    return ["is authoritative and must have a restore test"];
  },
};

/** The data that restore tests are declared for, appliance first. */
function tested(stack: Stack): ReadonlySet<string> {
  const tests = stack.known([RESTORE_TEST], ({ props }) => textAt(props, "dataset") !== undefined);

  return new Set(tests.map(({ props }) => `${textAt(props, "appliance")}/${textAt(props, "dataset")}`));
}
