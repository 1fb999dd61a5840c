// Short words for the tables of inputs.
import type { InputRule } from "./resource-type.ts";

type More = Partial<Omit<InputRule, "type">>;

/** A text. */
export const text = (more: More = {}): InputRule => ({ type: "string", ...more });
/** True or false. */
export const flag = (more: More = {}): InputRule => ({ type: "boolean", ...more });
/** A whole number, limited when both ends are given. */
export const whole = (least?: number, most?: number, more: More = {}): InputRule => ({
  type: "integer",
  ...(least === undefined || most === undefined ? {} : { between: [least, most] }),
  ...more,
});
/** One of a few texts. */
export const choice = (oneOf: readonly string[], more: More = {}): InputRule => ({ type: "string", oneOf, ...more });
/** A list of values of one kind. */
export const list = (items: InputRule = text(), more: More = {}): InputRule => ({ type: "list", items, ...more });
/** A map with these keys. */
export const block = (fields: Readonly<Record<string, InputRule>>, more: More = {}): InputRule => ({
  type: "map",
  fields,
  ...more,
});
/** A text of this form. */
export const formed = (pattern: RegExp, words: string, more: More = {}): InputRule => ({
  type: "string",
  matches: [pattern, words],
  ...more,
});
