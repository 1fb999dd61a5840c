import type { Lifecycle } from "../lifecycle.ts";
import { managedLifecycles } from "../objects/index.ts";
import { data } from "./data.ts";
import { permissions } from "./permissions.ts";
import { shares } from "./shares.ts";
import { tasks } from "./tasks.ts";

/** The story of one object of every type, from beginning to end. */
export const lifecycles: readonly Lifecycle[] = [...data, ...shares, ...tasks, ...permissions, ...managedLifecycles];
