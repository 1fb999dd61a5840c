import type { InputRule, ResourceType } from "../resource-type.ts";
import type { WireMap } from "../values.ts";
import { generator, type Pick, shuffle } from "./generator.ts";

const ALPHABETS = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
} as const;

const CLASSES = [
  ["lower", "minLower"],
  ["upper", "minUpper"],
  ["numeric", "minNumeric"],
  ["special", "minSpecial"],
] as const;

const switchRule = { type: "boolean", replaces: true, default: true } as const;
const minimumRule = { type: "integer", replaces: true, default: 0 } as const;

const inputs: Readonly<Record<string, InputRule>> = {
  keepers: { type: "map", replaces: true },
  length: { type: "integer", replaces: true, required: true },
  lower: switchRule,
  upper: switchRule,
  numeric: switchRule,
  number: { type: "boolean", replaces: true },
  special: switchRule,
  minLower: minimumRule,
  minUpper: minimumRule,
  minNumeric: minimumRule,
  minSpecial: minimumRule,
  overrideSpecial: { type: "string", replaces: true },
};

/** RandomString: characters of the classes that are switched on, at least so many of each. */
export const randomString: ResourceType = {
  inputs,
  computed: ["result"],
  check: checkLengths,
  async create(given) {
    const result = generate(given);
    return { id: result, outputs: { number: given["numeric"] ?? true, result } };
  },
  import: (id) => ({ inputs: { length: id.length }, outputs: { number: true, result: id } }),
};

/** RandomPassword: as RandomString, but secret and with an id that says nothing. It has no `bcryptHash` here. */
export const randomPassword: ResourceType = {
  ...randomString,
  secretOutputs: ["result"],
  create: async (given) => ({ ...(await randomString.create(given, NO_CONTEXT)), id: "none" }),
};

const NO_CONTEXT = { urn: "", provider: {}, log: () => undefined, signal: new AbortController().signal };

function checkLengths(given: WireMap) {
  const minimum = CLASSES.reduce((sum, [, key]) => sum + Number(given[key] ?? 0), 0);
  const length = Number(given["length"]);
  if (length < 1) return [{ property: "length", reason: "must be at least 1" }];
  if (length >= minimum) return [];
  return [{ property: "length", reason: `must be at least the sum of the minimums, which is ${minimum}` }];
}

function generate(given: WireMap): string {
  const pick = generator(undefined);
  const switches: WireMap = { ...given, numeric: given["number"] ?? given["numeric"] ?? true };
  const alphabets = { ...ALPHABETS, special: String(given["overrideSpecial"] ?? ALPHABETS.special) };
  const required = CLASSES.flatMap(([name, key]) => characters(alphabets[name], Number(given[key] ?? 0), pick));
  const allowed = CLASSES.map(([name]) => (switches[name] === false ? "" : alphabets[name])).join("");
  const rest = characters(allowed, Number(given["length"]) - required.length, pick);
  return shuffle([...required, ...rest], pick).join("");
}

function characters(alphabet: string, count: number, pick: Pick): string[] {
  return Array.from({ length: count }, () => alphabet.charAt(pick(alphabet.length)));
}
