import { unknownCheckingProxy } from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { awaitedType, type Judged, waitingFor } from "../../../policies/judged.ts";
import type { Rule, Settings } from "../../../policies/rule.ts";
import { Verdicts } from "../../../policies/verdicts.ts";
import { type Judgeable, site, UNKNOWN } from "./resources.ts";

/** What a rule is expected to say. */
export interface Examples {
  /** Stacks that break the rule, with what is said before source and remedy, one sentence per violation. */
  readonly violates: readonly (readonly [stack: readonly Judgeable[], ...says: string[]])[];
  /** Stacks that the rule judges and accepts. */
  readonly complies: readonly (readonly Judgeable[])[];
  /** Stacks that the rule has nothing to say about. */
  readonly ignores: readonly (readonly Judgeable[])[];
  /** A stack in which the named resource cannot be judged before the update; `never` where no unknown value matters. */
  readonly undecided: readonly [stack: readonly Judgeable[], name: string] | "never";
  readonly settings?: Settings;
}

const TODAY = "2026-06-01";

/** Tests a rule: violated, kept, not applicable, undecided, waived, and with a waiver that has expired. */
export function testRule(rule: Rule, examples: Examples): void {
  const { violates, complies, ignores, undecided, settings } = examples;
  const verdicts = (stack: readonly Judgeable[]) => new Verdicts([rule], judgedFrom(withSite(stack)), TODAY);
  const violations = (stack: readonly Judgeable[]) => verdicts(stack).violations(rule, settings).map(messageOf);
  const sentence = (said: string) => `${said} (${rule.source}); ${rule.remedy}`;

  describe(rule.name, () => {
    test.each(violates.map((violation) => [violation] as const))("is broken, case %#", ([stack, ...says]) => {
      expect(violations(stack)).toEqual(says.map(sentence));
    });

    test.each(complies.map((stack) => [stack] as const))("is kept, case %#", (stack) => {
      expect(violations(stack)).toEqual([]);
      expect(verdicts(stack).undecided()).toEqual([]);
    });

    test.each(ignores.map((stack) => [stack] as const))("does not apply, case %#", (stack) => {
      expect(violations(stack)).toEqual([]);
      expect(verdicts(stack).undecided()).toEqual([]);
    });

    test.skipIf(undecided === "never")("says what it cannot judge yet, and accuses nobody of it", () => {
      const [stack, name] = undecided as Exclude<typeof undecided, string>;
      const said = verdicts(stack);

      expect(said.violations(rule, settings)).toEqual([]);
      expect(said.undecided().map(({ urn }) => urn)).toEqual([urnOf(name)]);
    });

    test("is silent where it is waived, and listed with the date", () => {
      const [stack = [], ...says] = violates[0] ?? [];
      const said = verdicts(waived(rule, stack, "2026-12-31"));

      expect(said.violations(rule, settings)).toEqual([]);
      expect(said.waived().map(messageOf)).toEqual(
        says.map((words) => `waived until 2026-12-31: ${rule.name}: ${sentence(words)}. Reason: for a while`),
      );
      expect(said.staleWaivers()).toEqual([]);
    });

    test("speaks again once its waiver has expired", () => {
      const [stack = [], ...says] = violates[0] ?? [];
      const said = verdicts(waived(rule, stack, "2026-05-31"));

      expect(said.violations(rule, settings).map(messageOf)).toEqual(says.map(sentence));
      expect(said.waived()).toEqual([]);
      expect(said.staleWaivers().map(messageOf)).toEqual([
        `the waiver of ${rule.name} for "*" expired on 2026-05-31; mend what it covered, or renew it with a reason`,
      ]);
    });
  });
}

/** Resources as the rules see them. */
export function judgedFrom(stack: readonly Judgeable[]): Judged[] {
  return stack.map(({ type, name, props, on = "home", protect = false }) => {
    const seen = unknownCheckingProxy(filled(props));
    return {
      type: awaitedType(type, seen),
      name,
      urn: urnOf(name),
      props: seen,
      home: on,
      protect,
      waits: waitingFor(type, seen),
    };
  });
}

function withSite(stack: readonly Judgeable[]): readonly Judgeable[] {
  return stack.some(({ type }) => type === "homelab:index:Site") ? stack : [site(), ...stack];
}

function waived(rule: Rule, stack: readonly Judgeable[], until: string): Judgeable[] {
  const waivers = [{ rule: rule.name, resource: "*", reason: "for a while", until }];
  return withSite(stack).map((resource) =>
    resource.type === "homelab:index:Site" ? { ...resource, props: { ...resource.props, waivers } } : resource,
  );
}

function filled(value: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value).replaceAll(`"${UNKNOWN}"`, `"${runtime.unknownValue}"`));
}

function urnOf(name: string): string {
  return `urn:pulumi:test::judged::test::${name}`;
}

function messageOf({ message }: { readonly message: string }): string {
  return message;
}
