import { staticRoute } from "../model/static-route.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `StaticRoute`. */
export type StaticRouteArgs = ArgsOf<typeof staticRoute.properties>;

/** A route by way of a router; its id is `destination via gateway`. */
export class StaticRoute extends resourceClass(staticRoute) {}
