import { service } from "../model/service.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `Service`. */
export type ServiceArgs = ArgsOf<typeof service.properties>;

/** Start at boot and run state of a service; its id is the service's name. */
export class Service extends resourceClass(service) {}
