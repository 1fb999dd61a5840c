import { z } from "zod";

/** How a value of the site is spoken about when it is refused. */
export interface Saying {
  /** The rule that a wrong value breaks. */
  readonly rule: string;
  /** What would be accepted. */
  readonly allowed: string;
  /** What to do about a wrong value. */
  readonly remedy: string;
  /** Better words for a value of the wrong type, where there are any. */
  readonly misread?: (value: unknown) => Refusal | undefined;
}

/** Why a text is not accepted; `allowed` and `remedy` replace the general ones. */
export interface Refusal {
  readonly says: string;
  readonly allowed?: string;
  readonly remedy?: string;
}

/** What reading a text gives: its meaning, or the reason why it has none. */
export type Reading<T> = { readonly value: T } | { readonly refused: Refusal };

/** A kind of text in the site, and how it is read. */
export interface TextRule<T> extends Saying {
  /** Reads one text. */
  readonly read: (text: string) => Reading<T>;
  /** For editors: a pattern that every accepted text matches. */
  readonly pattern?: string;
  /** For editors: texts that would be accepted. */
  readonly examples?: readonly string[];
}

/** What a `custom` issue of this model carries. */
export interface IssueWords {
  readonly rule: string;
  readonly says: string;
  readonly allowed: string;
  readonly remedy: string;
}

/** The sayings of every schema that has one. */
export const sayings = z.registry<Saying>();

/** A text that is read into a value of its own. */
export function text<T>(rule: TextRule<T>) {
  const { pattern, examples } = rule;
  const written = z.string().meta({ ...(pattern ? { pattern } : {}), ...(examples ? { examples } : {}) });
  sayings.add(written, rule);

  return written.transform((input, context): T => {
    const reading = rule.read(input);
    if ("value" in reading) return reading.value;

    const words: IssueWords = { rule: rule.rule, allowed: rule.allowed, remedy: rule.remedy, ...reading.refused };
    context.issues.push({ code: "custom", input, params: { ...words } });
    return z.NEVER;
  });
}

/** Plain words for people, at most `longest` characters long. */
export function words(longest: number) {
  return text({
    rule: "text-length",
    allowed: `1 to ${longest} characters`,
    remedy: "say it in a few words",
    read: (input) => {
      const length = input.trim().length;
      if (length === 0) return { refused: { says: "is empty" } };
      if (length > longest) return { refused: { says: `${length} characters are too many` } };
      return { value: input.trim() };
    },
  });
}

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number, unit: string, remedy: string) {
  const schema = z.int().min(least).max(most);
  sayings.add(schema, { rule: "number-range", allowed: `a whole number from ${least} to ${most}, ${unit}`, remedy });

  return schema;
}

/** One of a few words. */
export function choice<const T extends readonly string[]>(values: T) {
  const schema = z.enum(values);
  sayings.add(schema, { rule: "not-a-choice", allowed: values.join(", "), remedy: "write one of these" });

  return schema;
}

/** True or false. */
export function flag() {
  const schema = z.boolean();
  sayings.add(schema, { rule: "wrong-type", allowed: "true, false", remedy: "write true or false, without quotes" });

  return schema;
}

/** The name of something declared elsewhere in the site. */
export function reference(what: string) {
  const schema = z.string();
  sayings.add(schema, {
    rule: "wrong-type",
    allowed: `the name of ${what}`,
    remedy: `name ${what}, as the site spells it`,
  });

  return schema;
}

/** A map whose keys are names of one kind. */
export function named<V extends z.ZodType>(key: TextRule<string>, value: V) {
  const names = key.pattern ? { propertyNames: { pattern: key.pattern } } : {};

  return z
    .record(z.string(), value)
    .check((context) => {
      for (const name of Object.keys(context.value)) {
        const reading = key.read(name);
        if ("value" in reading) continue;
        const params = { rule: key.rule, allowed: key.allowed, remedy: key.remedy, ...reading.refused };
        context.issues.push({ code: "custom", input: name, path: [name], params });
      }
    })
    .meta(names);
}
