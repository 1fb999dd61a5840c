// The simulated TrueNAS. The lab and tests come in here; it shares no code with the provider that it is an oracle for.
export type { ApplianceSpec, DiskSpec } from "./chassis.ts";
export { writeEndpoints } from "./endpoints.ts";
export type { Faults } from "./faults.ts";
export type { Counters, TracedCall } from "./middleware/trace.ts";
export { type ApplianceOptions, type Endpoint, SimulatedTrueNas } from "./simulated-truenas.ts";
