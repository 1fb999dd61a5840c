import type { z } from "zod";
import type { Subject } from "./checks/check.ts";
import { CHECKS } from "./checks/table.ts";
import { inOrder } from "./order.ts";
import { type PathPart, type Problem, problemOf, SiteError } from "./problem.ts";
import { siteSchema } from "./schema.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { Site } from "./site.ts";
import { Written } from "./written.ts";

/** Reads a site and checks it as a whole. @throws SiteError with every problem there is, not just the first. */
export function parseSite(value: unknown): Site {
  const written = new Written(value);
  const { site, problems, removed } = readShape(written);
  const intact = (path: readonly PathPart[]) => !removed.some((gone) => isBelow(gone, path) || isBelow(path, gone));
  const crossed = site === undefined ? [] : crossChecked({ site, written, intact });
  const all = [...problems, ...crossed];

  if (site === undefined || all.length > 0) throw new SiteError(all);
  return deepFrozen(inOrder(site));
}

function crossChecked(subject: Subject): Problem[] {
  return CHECKS.flatMap((check) =>
    check
      .find(subject)
      .map((finding) => problemOf(check.rule, { value: subject.written.at(finding.path), ...finding })),
  );
}

interface Shape {
  /** What is left of the site once everything of a wrong shape is taken out; undefined where nothing is left. */
  readonly site: Site | undefined;
  readonly problems: readonly Problem[];
  /** Paths of what was taken out. */
  readonly removed: readonly (readonly PathPart[])[];
}

/** What stands in for a part of the site that cannot be read, so that the rest can be checked. */
const STAND_INS = {
  name: "site",
  ownership: { model: "nas-centric", phase: "transition" },
  networks: {},
  hosts: {},
  appliances: {},
};

/**
 * Reads values one by one. What cannot be read is reported, taken out, and the rest read again, so that a wrong value
 * hides neither another one nor what the cross checks find in the rest.
 */
function readShape(written: Written): Shape {
  const problems = new Map<string, Problem>();
  const removed: (readonly PathPart[])[] = [];

  for (let pass = 1; ; pass++) {
    const rest = written.without(removed);
    const result = siteSchema.safeParse(pass === 1 ? rest : { ...STAND_INS, ...(rest as object) });
    if (result.success) return { site: result.data, problems: [...problems.values()], removed };

    const left = new Written(rest);
    for (const problem of result.error.issues.flatMap((issue) => told(issue, written, left))) {
      problems.set(problem.message, problem);
    }
    const wrong = result.error.issues.flatMap(pathsOf).flatMap((path) => [left.removableAt(path) ?? []]);
    const goes = wrong.filter((path) => path.length > 0);
    const stuck = pass > 1 && goes.length === 0;
    if (stuck || left.isMangledMap() || rest === undefined) {
      return { site: undefined, problems: [...problems.values()], removed };
    }
    removed.push(...goes);
  }
}

/** An issue in words; what is missing only because it was taken out has been told already. */
function told(issue: z.core.$ZodIssue, written: Written, left: Written): Problem[] {
  if (pathsOf(issue).some((path) => written.declares(...path) && !left.declares(...path))) return [];
  return shapeProblems(issue, siteSchema, written).map(({ rule, finding }) => problemOf(rule, finding));
}

function pathsOf(issue: z.core.$ZodIssue): PathPart[][] {
  const path = issue.path.filter((part): part is PathPart => typeof part !== "symbol");
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

/** Whether a path is another one or leads further down from it. */
function isBelow(path: readonly PathPart[], top: readonly PathPart[]): boolean {
  return top.every((part, at) => path[at] === part);
}

function deepFrozen<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFrozen);
  }
  return value;
}
