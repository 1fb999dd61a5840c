import { findings } from "./findings.ts";
import type { Judged } from "./judged.ts";
import { madeObjects } from "./kubernetes/made-objects.ts";
import type { Finding, Rule, Settings } from "./rule.ts";
import type { Waiver } from "./site-record.ts";
import { Stack } from "./stack.ts";
import { today } from "./today.ts";
import { covers, waiverFor } from "./waiver.ts";

/** What is said about one resource, or about the whole site. */
export interface Verdict {
  readonly message: string;
  readonly urn: string;
}

/** All rules' verdicts on one stack: each rule judges it once, whoever asks. */
export class Verdicts {
  readonly #rules: readonly Rule[];
  readonly #stack: Stack;
  readonly #found = new Map<Rule, readonly Finding[]>();
  readonly #asked = new Set<Rule>();
  readonly #today: string;

  constructor(rules: readonly Rule[], resources: readonly Judged[], day: string = today()) {
    this.#rules = rules;
    this.#stack = new Stack([...resources, ...madeObjects(resources)], day);
    this.#today = day;
  }

  get stack(): Stack {
    return this.#stack;
  }

  /** The violations of a rule that no waiver covers. */
  violations(rule: Rule, settings?: Settings): Verdict[] {
    this.#asked.add(rule);
    return this.#of(rule, settings)
      .filter((finding) => !finding.undecided && !waiverFor(finding, this.#waivers, this.#today))
      .map(said);
  }

  /** The violations that a waiver covers, with its date and reason. */
  waived(): Verdict[] {
    return this.#all().flatMap((finding) => {
      const waiver = finding.undecided ? undefined : waiverFor(finding, this.#waivers, this.#today);
      if (!waiver) return [];
      const message = `waived until ${waiver.until}: ${finding.rule.name}: ${finding.message}. Reason: ${waiver.reason}`;
      return [{ message, urn: finding.resource.urn }];
    });
  }

  /** What could not be judged, since a value is known only after the update. */
  undecided(): Verdict[] {
    return this.#all()
      .filter((finding) => finding.undecided)
      .map(said);
  }

  /** Rules that always block, and that nobody asked: a configuration has disabled them. */
  silenced(): Verdict[] {
    const urn = this.#stack.site?.resource.urn ?? "";
    return this.#rules
      .filter((rule) => rule.weight === "always" && !this.#asked.has(rule))
      .map(({ name, source }) => ({
        message: `${name} is disabled and must run (${source}); waive what it finds, with a reason and a date`,
        urn,
      }));
  }

  /** Waivers that have expired or cover nothing; a rule that could not decide yet may still need its waiver. */
  staleWaivers(): Verdict[] {
    const urn = this.#stack.site?.resource.urn ?? "";
    return this.#waivers.flatMap((waiver) => {
      const wrong = this.#staleness(waiver);
      return wrong ? [{ message: `the waiver of ${waiver.rule} for "${waiver.resource}" ${wrong}`, urn }] : [];
    });
  }

  get #waivers(): readonly Waiver[] {
    return this.#stack.site?.waivers ?? [];
  }

  #staleness(waiver: Waiver): string | undefined {
    if (waiver.until < this.#today)
      return `expired on ${waiver.until}; mend what it covered, or renew it with a reason`;
    if (!this.#all().some((finding) => covers(waiver, finding))) return "covers no violation; remove it from the site";
    return undefined;
  }

  #all(): readonly Finding[] {
    return this.#rules.flatMap((rule) => this.#of(rule));
  }

  #of(rule: Rule, settings?: Settings): readonly Finding[] {
    const known = this.#found.get(rule);
    if (known) return known;
    const found = findings(rule, this.#stack, settings);
    this.#found.set(rule, found);
    return found;
  }
}

function said({ message, resource }: Finding): Verdict {
  return { message, urn: resource.urn };
}
