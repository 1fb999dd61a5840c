// Simulated hosts that are reached over SSH. The lab and tests come in here.
export type { HostDisk, PciDevice } from "./hardware.ts";
export { type HostSpec, SimulatedHost } from "./simulated-host.ts";
export { SimulatedLinux } from "./simulated-linux.ts";
export type { MachineEndpoint, SshMachine } from "./ssh-machine.ts";
