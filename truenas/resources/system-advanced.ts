import { systemAdvanced } from "../model/system-advanced.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `SystemAdvanced`. */
export type SystemAdvancedArgs = ArgsOf<typeof systemAdvanced.properties>;

/** Advanced settings of the appliance; its id is `system.advanced`. */
export class SystemAdvanced extends resourceClass(systemAdvanced) {}
