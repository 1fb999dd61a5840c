import type { Compared, Deviation } from "../../../truenas/inspect.ts";
import type { DeclaredObject } from "../../declared/stack.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";

/** Judged by a check of their own, which says more. */
const ELSEWHERE: ReadonlySet<string> = new Set(["Service"]);
const MOST_SHOWN = 3;
const LONGEST_VALUE = 60;

/** Every declared object is there and equal. */
export const objectsAreAsDeclared: Check = {
  name: "object-is-as-declared",
  doc: "Every object that the program declares is on its appliance and equal, compared as a refresh and a preview do.",
  find: (subject) => seenIn(subject).flatMap(objectsOf),
};

function objectsOf({ name, declared, compared, awaited }: Seen): readonly Finding[] {
  const found = declared.flatMap((object, at) => {
    const result = compared[at];
    return result && !ELSEWHERE.has(object.kind) ? [judged(name, object, result)] : [];
  });
  const waiting = awaited.map(({ reason, objects }): Finding => {
    const words = `${objects} ${objects === 1 ? "object waits" : "objects wait"}`;
    return { status: "waiting", appliance: name, subject: words, found: reason };
  });

  return [...found, ...waiting];
}

function judged(appliance: string, { kind, name }: DeclaredObject, { state, deviations, reason }: Compared): Finding {
  const about = { appliance, subject: `${kind} ${name}` };
  const remedy = "npm run pulumi -- preview shows what up would do about it";
  switch (state) {
    case "equal":
      return { ...about, status: "passed", found: "as declared" };
    case "missing":
      return { ...about, status: "failed", found: "not there", expected: "there", remedy };
    case "unreadable":
      return { ...about, status: "failed", found: reason ?? "unreadable", remedy: "the reason says what to do" };
    case "different":
      return {
        ...about,
        status: "failed",
        found: listed(deviations, ({ path, found }) => `${path} ${shown(found)}`),
        expected: listed(deviations, ({ path, expected }) => `${path} ${shown(expected)}`),
        remedy,
      };
  }
}

function listed(deviations: readonly Deviation[], tell: (deviation: Deviation) => string): string {
  const told = deviations.slice(0, MOST_SHOWN).map(tell).join(", ");
  const more = deviations.length - MOST_SHOWN;

  return more > 0 ? `${told} and ${more} more` : told;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return "unset";
  const text = typeof value === "string" ? value : JSON.stringify(value);

  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
