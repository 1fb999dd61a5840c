import { zvol } from "../model/zvol.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `Zvol`. */
export type ZvolArgs = ArgsOf<typeof zvol.properties>;

/** A ZFS volume; its id is its path. */
export class Zvol extends resourceClass(zvol) {}
