import type { Methods } from "../middleware/method.ts";
import { coreMethods } from "./core.ts";
import { diskMethods } from "./disk.ts";
import { poolMethods } from "./pool.ts";
import { poolDatasetMethods } from "./pool-dataset.ts";
import { systemMethods } from "./system.ts";

/** Every method of the simulated middleware. */
export const allMethods: Methods = {
  ...coreMethods,
  ...systemMethods,
  ...diskMethods,
  ...poolMethods,
  ...poolDatasetMethods,
};
