import { DATA_CLASSES, OWNER_ROLES } from "../../src/site/vocabulary.ts";
import type { Judged } from "../judged.ts";
import { CLAIM, STORED_DATA, VOLUME, WORKLOADS } from "../tokens.ts";
import { declared, declaredIn } from "./data.ts";

/** Type tokens of everything that must say what it is: data, volumes and what works on them. */
export const DECLARING: readonly string[] = [...STORED_DATA, CLAIM, VOLUME, ...WORKLOADS];

const ALLOWED: Readonly<Record<"class" | "owner" | "purpose", readonly string[] | undefined>> = {
  class: DATA_CLASSES,
  owner: OWNER_ROLES,
  purpose: undefined,
};

/** What is wrong with one declared property: it is missing, or says something unheard of. */
export function undeclared(resource: Judged, what: keyof typeof ALLOWED): readonly string[] {
  const value = declared(resource, what);
  const allowed = ALLOWED[what];

  if (!value) return [`must declare its ${what} in ${declaredIn(resource, what)}`];
  if (allowed && !allowed.includes(value)) {
    return [
      `declares the ${what} "${value}" in ${declaredIn(resource, what)}, which must be one of ${allowed.join(", ")}`,
    ];
  }
  return [];
}
