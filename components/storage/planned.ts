import type * as pulumi from "@pulumi/pulumi";
import { declare, type HostPresence, type ResourceClass, tokenOf, type Waiting } from "../declare.ts";

/** What taking its lines out of the site does to an object. */
export type OnDestroy = "refuse" | "retain" | "destroy";

/** One resource of an appliance, decided but not yet registered. */
export interface Planned {
  /** Type token. */
  readonly type: string;
  /** Name below the appliance, in the owner's words; unique within the type. */
  readonly name: string;
  readonly args: object;
  /** Keys of the resources that must be there first. */
  readonly after: readonly string[];
  readonly onDestroy: OnDestroy;
  /** Registers it, or what waits in its place. */
  declare(host: HostPresence, name: string, opts: pulumi.CustomResourceOptions): pulumi.CustomResource | Waiting;
}

/** Decides one resource; what it holds decides how hard it is to take out of the program. */
export function plan<Args extends object, Declared extends pulumi.CustomResource>(
  Type: ResourceClass<Args, Declared>,
  name: string,
  args: Args,
  { after = [], onDestroy = "destroy" }: { after?: readonly string[]; onDestroy?: OnDestroy } = {},
): Planned {
  return {
    type: tokenOf(Type),
    name,
    args,
    after,
    onDestroy,
    declare: (host, fullName, opts) => declare(host, Type, fullName, args, opts),
  };
}

/** What `after` refers to: the type and the name below the appliance. */
export function keyOf({ type, name }: Pick<Planned, "type" | "name">): string {
  return `${type} ${name}`;
}
