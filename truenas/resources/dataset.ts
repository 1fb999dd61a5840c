import { dataset } from "../model/dataset.ts";
import type { ArgsOf } from "./args.ts";
import { resourceClass } from "./resource-class.ts";

/** Arguments of `Dataset`. */
export type DatasetArgs = ArgsOf<typeof dataset.properties>;

/** A ZFS file system; its id is its path. */
export class Dataset extends resourceClass(dataset) {}
