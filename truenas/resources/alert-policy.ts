import { alertPolicy } from "../model/alert-policy.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `AlertPolicy`. */
export type AlertPolicyArgs = ArgsOf<typeof alertPolicy.properties>;

/** How alerts are told; its id is `alertclasses`. */
export class AlertPolicy extends resourceClass(alertPolicy) {}
