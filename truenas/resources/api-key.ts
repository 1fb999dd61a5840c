import { apiKey } from "../model/api-key.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `ApiKey`. */
export type ApiKeyArgs = ArgsOf<typeof apiKey.properties>;

/** A key of the API; its id is the name. */
export class ApiKey extends resourceClass(apiKey) {}
