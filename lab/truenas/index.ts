// The simulated TrueNAS. The lab and tests come in here; it shares no code with the provider that it is an oracle for.
export type { ApplianceSpec, DiskSpec } from "./chassis.ts";
export type { Console } from "./clients/console.ts";
export type { NfsConsumer } from "./clients/nfs-client.ts";
export type { Consumer, Effective, ShareClient } from "./clients/share-client.ts";
export type { SmbConsumer } from "./clients/smb-client.ts";
export { type ApplicationKey, B2_HOST, Cloud, type CloudOptions, type KeyTerms } from "./cloud/cloud.ts";
export type { CloudFaults } from "./cloud/cloud-faults.ts";
export type { Configuration } from "./configuration/configuration.ts";
export { openConfiguration } from "./configuration/envelope.ts";
export type { CronRun } from "./cron/cron-run.ts";
export { writeEndpoints } from "./endpoints.ts";
export type { Faults } from "./faults.ts";
export { ConsumerError, type Errno } from "./filesystem/data.ts";
export { checksum, type FileEntry } from "./filesystem/files.ts";
export type { Counters, TracedCall } from "./middleware/trace.ts";
export { type ApplianceClock, type ApplianceOptions, type Endpoint, SimulatedTrueNas } from "./simulated-truenas.ts";
export type { Transfer } from "./state/appliance-state.ts";
export { World, type WorldOptions } from "./world.ts";
