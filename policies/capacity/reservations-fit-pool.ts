import { type SizedTopology, usableBytes } from "../../truenas/index.ts";
import type { Judged } from "../judged.ts";
import { flagAt, numberAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { POOL, ZVOL } from "../tokens.ts";
import { dataOf, terabytes } from "./promises.ts";

/** A quota is a ceiling, a reservation is taken at once: beyond the pool it cannot be made. */
export const reservationsFitPool: Rule = {
  name: "reservations-fit-pool",
  description: "Reservations and zvols that are not sparse must fit their pool together.",
  source: "D4 Capacity, ADR-0002",
  remedy: "lower a reservation, make a zvol sparse, or add disks",
  severity: "high",
  weight: "always",
  judges: [POOL],
  judge(pool, stack) {
    const usable = usableBytes(pool.props["topology"] as SizedTopology);
    const reserved = dataOf(pool, stack).reduce((sum, data) => sum + reservedBy(data), 0);
    if (reserved <= usable) return [];
    return [`has ${terabytes(reserved)} reserved of ${terabytes(usable)} usable and must have them fit`];
  },
};

function reservedBy({ type, props }: Judged): number {
  const own = Math.max(numberAt(props, "reservation") ?? 0, numberAt(props, "refreservation") ?? 0);
  const whole = type === ZVOL && !flagAt(props, "sparse") ? (numberAt(props, "volsize") ?? 0) : 0;
  return Math.max(own, whole);
}
