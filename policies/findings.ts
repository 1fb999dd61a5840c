import { UnknownValueError } from "@pulumi/policy";
import type { Judged } from "./judged.ts";
import type { Finding, Rule } from "./rule.ts";

/**
 * What a rule says about every resource that it judges. A value that is not known yet costs the verdict on that one
 * resource only; the others are judged.
 */
export function findings(rule: Rule, stack: readonly Judged[]): Finding[] {
  return stack
    .filter((resource) => rule.judges.includes(resource.type))
    .flatMap((resource) => findingsAbout(rule, resource, stack));
}

function findingsAbout(rule: Rule, resource: Judged, stack: readonly Judged[]): Finding[] {
  try {
    return rule
      .judge(resource, stack)
      .map((wrong) => ({ rule, resource, undecided: false, message: sentence(rule, resource, wrong) }));
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    const message = `undecided: ${rule.name} cannot judge ${noun(resource)} before all of its values are known; it is judged again during the update`;
    return [{ rule, resource, undecided: true, message }];
  }
}

function sentence(rule: Rule, resource: Judged, wrong: string): string {
  return `${noun(resource)} ${wrong} (${rule.source}); ${rule.remedy}`;
}

/** The resource in the owner's words, for example `dataset "fast/vms"`. */
function noun(resource: Judged): string {
  const kind = resource.type.split(":").at(-1) ?? resource.type;
  return `${kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()} "${resource.name}"`;
}
