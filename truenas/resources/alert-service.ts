import { alertService } from "../model/alert-service.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `AlertService`. */
export type AlertServiceArgs = ArgsOf<typeof alertService.properties>;

/** Somewhere that alerts are told; its id is the name. */
export class AlertService extends resourceClass(alertService) {}
