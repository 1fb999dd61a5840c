import type { Appliance } from "../../src/site/index.ts";
import { Pool, ScrubTask } from "../../truenas/index.ts";
import { tokenOf } from "../declare.ts";
import { keyOf, type Planned, plan } from "./planned.ts";

/** The pools of an appliance and the scrubs that verify them. */
export function poolPlan(appliance: Appliance): Planned[] {
  return Object.entries(appliance.pools).flatMap(([name, spec]) => {
    const { topology, create, autotrim, scrub, onDestroy } = spec;
    const confirmed = create ? { create } : {};
    const trimmed = autotrim === undefined ? {} : { autotrim: autotrim ? ("ON" as const) : ("OFF" as const) };
    const pool = plan(Pool, name, { name, topology, ...confirmed, ...trimmed }, { onDestroy });
    const task = scrub && plan(ScrubTask, name, { pool: name, ...scrub, enabled: true }, { after: [keyOf(pool)] });

    return task ? [pool, task] : [pool];
  });
}

/** The key under which others wait for a pool. */
export function poolKey(name: string): string {
  return keyOf({ type: tokenOf(Pool), name });
}
