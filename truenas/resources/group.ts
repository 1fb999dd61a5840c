import { group } from "../model/group.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `Group`. */
export type GroupArgs = ArgsOf<typeof group.properties>;

/** A local group; its id is its name. */
export class Group extends resourceClass(group) {}
