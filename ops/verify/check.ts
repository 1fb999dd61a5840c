import type { Evidence, Site } from "../../src/site/index.ts";
import type { Compared } from "../../truenas/inspect.ts";
import type { Awaited, DeclaredObject } from "../declared/stack.ts";
import type { Finding } from "./finding.ts";
import type { Sight } from "./sight.ts";

/** Why an appliance was not looked at although the site declares it. */
export type Absence =
  | { readonly kind: "waiting"; readonly reason: string }
  | { readonly kind: "unreached"; readonly reason: string };

/** An appliance of the site, as declared and as found. */
export interface Watched {
  readonly name: string;
  /** Everything that is declared on it and not waiting. */
  readonly declared: readonly DeclaredObject[];
  /** What waits for a machine. */
  readonly awaited: readonly Awaited[];
  /** What became of each of them, in the same order; empty when it was not looked at. */
  readonly compared: readonly Compared[];
  /** What was seen on it; absent when it was not looked at. */
  readonly sight?: Sight;
  readonly absence?: Absence;
}

/** What a check judges. */
export interface Subject {
  readonly stack: string;
  readonly site: Site;
  readonly appliances: readonly Watched[];
  /** Evidence of restore tests by name, or why it cannot be read. */
  readonly evidence: ReadonlyMap<string, Evidence | Error>;
}

/** One question of the playbook. */
export interface Check {
  /** Kebab-case, the fact that it verifies. */
  readonly name: string;
  /** One sentence for people. */
  readonly doc: string;
  /** Every verdict, good and bad; looks at what was gathered and at nothing else. */
  readonly find: (subject: Subject) => readonly Finding[];
}

/** An appliance that was looked at. */
export interface Seen extends Watched {
  readonly sight: Sight;
}

/** The appliances that were looked at. */
export function seenIn({ appliances }: Subject): readonly Seen[] {
  return appliances.flatMap((watched) => (watched.sight ? [{ ...watched, sight: watched.sight }] : []));
}
