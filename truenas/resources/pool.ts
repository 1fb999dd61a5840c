import { pool } from "../model/pool.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `Pool`. */
export type PoolArgs = ArgsOf<typeof pool.properties>;

/** A ZFS pool: adopted when present, created only on confirmation of its disks, never destroyed. */
export class Pool extends resourceClass(pool) {}
