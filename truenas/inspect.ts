/**
 * The second door of the provider, for whoever looks after an appliance beside the engine: what is live is compared
 * with what is declared, and somebody can be told something for a test; nothing that changes anything can be sent.
 */

export { AlertTrial } from "./inspect/alert-trial.ts";
export type { Compared, Declared, Deviation } from "./inspect/compare.ts";
export { type ApplianceAddress, Inspection } from "./inspect/inspection.ts";
export type { RetentionImpact } from "./inspect/retention.ts";
export { MidcltError } from "./midclt/errors.ts";
export type { Dialect } from "./model/resource-type.ts";
export { type Environment, readEnvironment } from "./plugin/environment.ts";
