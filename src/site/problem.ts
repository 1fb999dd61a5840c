/** One step into a site: a key of a map or a position in a list. */
export type PathPart = string | number;

/** What a rule has found wrong, before it is put into words for a person. */
export interface Finding {
  /** Where in the site, from its top. */
  readonly path: readonly PathPart[];
  /** The value seen there; the value written at `path` when left out. */
  readonly value?: unknown;
  /** What is wrong, naming the value seen. */
  readonly says: string;
  /** What would be accepted. */
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** One reason why a site is refused. */
export interface Problem {
  /** The rule that is broken, in kebab-case. */
  readonly rule: string;
  /** Where, as people write it: `homelab:site.hosts.din.state`. */
  readonly path: string;
  /** The value seen there. */
  readonly value: unknown;
  /** What would be accepted. */
  readonly allowed: string;
  /** What to do about it. */
  readonly remedy: string;
  /** All of it in one line. */
  readonly message: string;
}

/** Puts a finding into words. */
export function problemOf(rule: string, finding: Finding): Problem {
  const path = formatPath(finding.path);
  const { value, says, allowed, remedy } = finding;

  return { rule, path, value, allowed, remedy, message: `${path}: ${says}; allowed: ${allowed}; remedy: ${remedy}` };
}

/** Writes a path the way the messages show it; keys that are not plain words are quoted in brackets. */
export function formatPath(parts: readonly PathPart[]): string {
  return parts.reduce<string>((path, part) => path + formatPart(part), "homelab:site");
}

function formatPart(part: PathPart): string {
  if (typeof part === "number") return `[${part}]`;
  return /^[A-Za-z_][\w-]*$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
}

/** The site is refused; `problems` holds every reason at once and the message lists them, one line each. */
export class SiteError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`the site is refused: ${count}`, ...problems.map((problem) => `  ${problem.message}`)].join("\n"));
    this.name = "SiteError";
    this.problems = problems;
  }
}
