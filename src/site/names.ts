import { type Reading, type TextRule, text } from "./value.ts";

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

/** What a text must match as a whole, and what it would then be. */
export interface Pattern extends Omit<TextRule<string>, "read"> {
  readonly pattern: string;
  /** What a matching text is: `"x" is not <noun>` says that another one is not. */
  readonly noun: string;
}

/** A text that must match a pattern. */
export function matching({ noun, ...rule }: Pattern): TextRule<string> {
  const expression = new RegExp(rule.pattern);
  return {
    ...rule,
    read: (input): Reading<string> =>
      expression.test(input) ? { value: input } : { refused: { says: `${JSON.stringify(input)} is not ${noun}` } },
  };
}

/** The name of a host or appliance: one lower-case RFC 1123 label, since DNS, Proxmox and Kubernetes all use it. */
export const hostName = matching({
  rule: "host-name",
  noun: "a host name",
  allowed: "1 to 63 of a-z, 0-9 and -, not starting or ending with - (RFC 1123)",
  remedy: "give the host a name that DNS can carry",
  pattern: `^${LABEL}$`,
});

/** The name of something that only the site refers to: a network, a tier, a cluster, a replication. */
export const plainName = matching({
  rule: "name",
  noun: "a name",
  allowed: "1 to 63 of a-z, 0-9 and -, not starting or ending with -",
  remedy: "choose a short lower-case name",
  pattern: `^${LABEL}$`,
});

/** The name of a rule as the policy pack spells it. */
export const ruleName = matching({
  rule: "waiver-rule",
  noun: "the name of a policy",
  allowed: "the kebab-case name of a policy, such as pool-is-not-over-committed",
  remedy: "copy the rule's name from the policy's message",
  pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)+$",
});

/** A decision on record. */
export const decision = () =>
  text(
    matching({
      rule: "decision",
      noun: "a decision record",
      allowed: "ADR- and four digits, such as ADR-0003",
      remedy: "name the decision record that says why",
      pattern: "^ADR-\\d{4}$",
    }),
  );

/** An account or group of the appliance, by name; digits stand for a numeric id. */
export const account = () =>
  text({
    ...matching({
      rule: "account",
      noun: "an account",
      allowed: "the name of a local account or group, or its numeric id in quotes",
      remedy: "write the name as the appliance shows it under Credentials",
      pattern: "^([a-z_][a-z0-9_-]{0,31}|\\d{1,10})$",
    }),
    misread: (value) =>
      typeof value === "number"
        ? { says: `${value} is a number`, remedy: `put the id in quotes: "${value}"` }
        : undefined,
  });
