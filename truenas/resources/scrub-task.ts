import { scrubTask } from "../model/scrub-task.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `ScrubTask`. */
export type ScrubTaskArgs = ArgsOf<typeof scrubTask.properties>;

/** The scrub schedule of a pool; its id is the pool's name. */
export class ScrubTask extends resourceClass(scrubTask) {}
