import { initShutdownScript } from "../model/init-shutdown-script.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `InitShutdownScript`. */
export type InitShutdownScriptArgs = ArgsOf<typeof initShutdownScript.properties>;

/** A command or script run at start or shutdown; its id is `WHEN:comment`. */
export class InitShutdownScript extends resourceClass(initShutdownScript) {}
