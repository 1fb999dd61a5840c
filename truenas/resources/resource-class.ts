import * as pulumi from "@pulumi/pulumi";
import type { Properties } from "../model/property.ts";
import { type ResourceType, tokenOf } from "../model/resource-type.ts";
import { secretNames } from "../model/secrets.ts";
import type { ArgsOf, OutputsOf } from "./args.ts";

/** The class of a resource type: constructor with checked arguments, and one output per property. */
export interface ResourceClass<T extends ResourceType> {
  /**
   * @param name unique name of the resource in the program
   * @param args its properties
   * @param opts options that control how Pulumi treats it
   */
  new (
    name: string,
    args: ArgsOf<T["properties"]>,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & OutputsOf<T["properties"], T["outputs"]>;
  /** The type token, e.g. `truenas:index:Dataset`, under the name that every Pulumi package gives it. */
  readonly __pulumiType: string;
  /** True for an instance of this type, whichever copy of the package made it. */
  isInstance(value: unknown): boolean;
}

/** Makes the class of a table entry; it adds no behaviour of its own. */
export function resourceClass<T extends ResourceType>(type: T): ResourceClass<T> {
  const token = tokenOf(type);
  const outputs = undefinedFor(type.outputs);
  const secrets = secretNames(type);

  class TrueNasResource extends pulumi.CustomResource {
    static readonly __pulumiType = token;

    static override isInstance(value: unknown): value is TrueNasResource {
      return Object(value).__pulumiType === token;
    }

    constructor(name: string, args: ArgsOf<T["properties"]>, opts?: pulumi.CustomResourceOptions) {
      super(token, name, { ...undefinedFor(type.properties), ...hidden(args, secrets), ...outputs }, opts);
    }
  }

  return TrueNasResource as unknown as ResourceClass<T>;
}

/** Pulumi makes an output for every key that it is given, known or not. */
function undefinedFor(properties: Properties): Record<string, undefined> {
  return Object.fromEntries(Object.keys(properties).map((name) => [name, undefined]));
}

/** Secrets are secrets even where the program passes them as plain text. */
function hidden<A extends object>(args: A, secrets: ReadonlySet<string>): Record<string, unknown> {
  const entries = Object.entries(args).map(([name, value]) => [
    name,
    secrets.has(name) && value !== undefined ? pulumi.secret(value) : value,
  ]);

  return Object.fromEntries(entries);
}
