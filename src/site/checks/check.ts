import type { Finding, PathPart } from "../problem.ts";
import type { Site } from "../site.ts";
import type { Written } from "../written.ts";

/** What a cross check looks at. */
export interface Subject {
  /** The site as far as it could be read; parts of a wrong shape are not in it. */
  readonly site: Site;
  /** The site as it was written; a name that is declared here but missing from `site` is reported elsewhere. */
  readonly written: Written;
  /** Whether everything written at, above or below a path could be read, so that `site` shows it as it is meant. */
  readonly intact: (path: readonly PathPart[]) => boolean;
}

/** A rule that concerns more than one value. */
export interface Check {
  /** The rule's name, in kebab-case. */
  readonly rule: string;
  /** Everything in the site that breaks it. */
  readonly find: (subject: Subject) => readonly Finding[];
}
