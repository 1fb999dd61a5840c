import { networkInterface } from "../model/network-interface.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `NetworkInterface`. */
export type NetworkInterfaceArgs = ArgsOf<typeof networkInterface.properties>;

/** A card's configuration, a bridge, an aggregation or a VLAN; its id is its name. */
export class NetworkInterface extends resourceClass(networkInterface) {}
