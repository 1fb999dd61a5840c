import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { credentialOf, earlierWriter, WRITERS } from "./repositories.ts";

/** Who gets one key would have every copy that it opens. */
export const repositoryHasItsOwnKey: Rule = {
  name: "repository-has-its-own-key",
  description: "Each copy in a cloud must be written with an application key of its own.",
  source: "D4 Tier 3, ADR-0037",
  remedy: "make another application key that is limited to this bucket, and a credential with it",
  severity: "high",
  weight: "always",
  judges: WRITERS,
  judge(task, stack) {
    const name = textAt(task.props, "credential");
    const sameCredential = (other: Judged) => other.home === task.home && textAt(other.props, "credential") === name;
    const first = earlierWriter(task, stack, (other) => sameCredential(other) || sameKey(other, task, stack));
    return first === undefined ? [] : [`is written with the key of ${first.name} and must have one of its own`];
  },
};

function sameKey(one: Judged, other: Judged, stack: Stack): boolean {
  const key = keyId(one, stack);
  return key !== undefined && key === keyId(other, stack);
}

/** Which key it is; that is no secret. */
function keyId(task: Judged, stack: Stack): string | undefined {
  const credential = credentialOf(task, stack);
  return textAt(credential?.props, "accessKeyId") ?? textAt(credential?.props, "account");
}
