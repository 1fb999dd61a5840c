import { type PropertyMap, Secret } from "../properties/value.ts";
import type { ResourceState } from "../state/resource-state.ts";

/** Outputs in which everything is secret that the program declared so, or that repeats a secret input. */
export function markSecretOutputs({ inputs, outputs, additionalSecretOutputs }: ResourceState): PropertyMap {
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => {
      const hide = additionalSecretOutputs.includes(key) || inputs[key] instanceof Secret;
      return [key, hide && !(value instanceof Secret) ? new Secret(value) : value];
    }),
  );
}
