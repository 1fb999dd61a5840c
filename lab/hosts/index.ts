// Simulated hosts that are reached over SSH. The lab and tests come in here.
export type { HostDisk, PciDevice } from "./hardware.ts";
export { type HostEndpoint, type HostSpec, SimulatedHost } from "./simulated-host.ts";
