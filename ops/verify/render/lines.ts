import type { Verification } from "../verification.ts";
import { placeOf, toldInOrder } from "./order.ts";
import { conclusion } from "./terminal.ts";

/** The outcome as plain lines, one per verdict that is not in order, for logs. */
export function renderLines(verification: Verification): string {
  const lines = toldInOrder(verification.verdicts).map((verdict) => {
    const { status, check, found, expected, remedy } = verdict;
    const wanted = expected ? `; expected: ${expected}` : "";
    const advice = remedy ? `; remedy: ${remedy}` : "";
    return `${status}: ${check}: ${placeOf(verdict)}: ${found}${wanted}${advice}`.replaceAll(/\s+/g, " ");
  });

  return [...lines, conclusion(verification)].join("\n");
}
