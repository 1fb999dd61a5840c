import { resourceType } from "../../../../truenas/model/registry.ts";
import { checkInputs } from "../../../../truenas/plugin/check.ts";

/** Properties by name. */
export type Values = Record<string, unknown>;

/** What Check says of inputs, as pairs of property and reason. */
export function problems(name: string, inputs: Values, olds?: Values): readonly (readonly [string, string])[] {
  const type = resourceType(`truenas:index:${name}`);
  if (!type) throw new Error(`no type ${name}`);

  return checkInputs(type, inputs, olds).map(({ property, reason }) => [property, reason] as const);
}
