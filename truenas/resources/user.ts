import { user } from "../model/user.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `User`. */
export type UserArgs = ArgsOf<typeof user.properties>;

/** A local user without a password; its id is its login name. */
export class User extends resourceClass(user) {}
