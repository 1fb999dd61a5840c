import type * as pulumi from "@pulumi/pulumi";
import { type ResourceClass, tokenOf } from "../../../components/declare.ts";

/** Inputs of resources of one type, by name. */
export interface Expected {
  readonly type: string;
  readonly rows: Readonly<Record<string, object>>;
}

/** What is registered of one type: every resource by its name, with all of its inputs and no other. */
export function expected<Args extends object>(
  Type: ResourceClass<Args, pulumi.CustomResource>,
  rows: Readonly<Record<string, Args>>,
): Expected {
  return { type: tokenOf(Type), rows };
}

/** Tables of several hosts as one: type, name, inputs. */
export function together(...tables: readonly (readonly Expected[])[]): Record<string, Record<string, object>> {
  const merged: Record<string, Record<string, object>> = {};
  for (const { type, rows } of tables.flat()) merged[type] = { ...merged[type], ...rows };
  return merged;
}
