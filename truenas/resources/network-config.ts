import { networkConfig } from "../model/network-config.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `NetworkConfig`. */
export type NetworkConfigArgs = ArgsOf<typeof networkConfig.properties>;

/** Name, default gateway and DNS of the appliance; its id is `network.configuration`. */
export class NetworkConfig extends resourceClass(networkConfig) {}
