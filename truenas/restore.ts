/**
 * The third door of the provider, for restores that are tried: what the second one offers, and a scratch dataset that may
 * be changed. Nothing else can be.
 */

export type { Progress } from "./inspect/ended-job.ts";
export { SCRATCH_PREFIX } from "./inspect/only-scratch.ts";
export { RestoreBench } from "./inspect/restore-bench.ts";
