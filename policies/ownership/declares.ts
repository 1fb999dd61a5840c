import { DATA_CLASSES, OWNER_ROLES, USER_PROPERTIES } from "../../src/site/vocabulary.ts";
import type { Judged } from "../judged.ts";

/** Type tokens of everything that holds data. */
export const HOLDS_DATA: readonly string[] = ["truenas:index:Dataset", "truenas:index:Zvol"];

type Declared = keyof typeof USER_PROPERTIES;

const ALLOWED: Readonly<Record<Declared, readonly string[] | undefined>> = {
  class: DATA_CLASSES,
  owner: OWNER_ROLES,
  purpose: undefined,
};

/** What is wrong with one declared property of a data set: it is missing, or says something unheard of. */
export function undeclared(resource: Judged, what: Declared): readonly string[] {
  const property = USER_PROPERTIES[what];
  const properties = (resource.props["userProperties"] ?? {}) as Readonly<Record<string, string>>;
  const value = properties[property];
  const allowed = ALLOWED[what];

  if (!value?.trim()) return [`must declare its ${what} in the user property ${property}`];
  if (allowed && !allowed.includes(value)) {
    return [`declares the ${what} "${value}" in ${property}, which must be one of ${allowed.join(", ")}`];
  }
  return [];
}
