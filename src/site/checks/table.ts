import type { Check } from "./check.ts";

/** Every cross check, in the order in which their findings are told. */
export const CHECKS: readonly Check[] = [];
