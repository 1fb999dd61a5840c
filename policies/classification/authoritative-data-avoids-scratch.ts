import { textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { STORED_DATA } from "../tokens.ts";
import { isOf, pathOf, poolOf } from "./data.ts";

/** A scratch pool is built to lose what it holds. */
export const authoritativeDataAvoidsScratch: Rule = {
  name: "authoritative-data-avoids-scratch",
  description: "Authoritative data must not lie on a scratch pool.",
  source: "D1 §3, D4 Storage Layer",
  remedy: "move the data to a pool that is kept, or class it for what it is",
  severity: "critical",
  weight: "always",
  configSchema: { properties: { pools: { type: "array", items: { type: "string" }, default: ["scratch"] } } },
  judges: STORED_DATA,
  judge(data, _stack, settings) {
    const pool = poolOf(pathOf(data));
    if (!isOf(data, "authoritative") || !textsAt(settings, "pools").includes(pool)) return [];
    return [`is authoritative and must not lie on ${pool}, which holds what may be lost`];
  },
};
