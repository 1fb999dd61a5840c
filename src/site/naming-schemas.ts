import { type Reading, text } from "./value.ts";

/** What each placeholder of a snapshot's name can become, character by character. */
const PLACEHOLDERS: Readonly<Record<string, readonly string[]>> = {
  Y: ["0123456789", "0123456789", "0123456789", "0123456789"],
  m: ["01", "0123456789"],
  d: ["0123", "0123456789"],
  H: ["012", "0123456789"],
  M: ["012345", "0123456789"],
  S: ["0123456", "0123456789"],
  z: ["+-", "01", "0123456789", "0123456", "0123456789"],
  s: Array.from({ length: 10 }, () => "0123456789"),
};

const REQUIRED = ["Y", "m", "d", "H", "M"];

/** Reads how snapshots are named, by the rules of TrueNAS's replication engine. */
export function readNamingSchema(input: string): Reading<string> {
  const refused = (says: string) => ({ refused: { says } });
  const wrong = /[^0-9A-Za-z %_.:-]/.exec(input)?.[0];
  if (wrong !== undefined) return refused(`"${input}" contains ${JSON.stringify(wrong)}`);
  if (input.length > 150) return refused(`${input.length} characters are too many`);

  const used = [...input.matchAll(/%(.?)/g)].map((match) => match[1] ?? "");
  const unknown = used.find((letter) => !(letter in PLACEHOLDERS));
  if (unknown !== undefined) return refused(`"${input}" contains %${unknown}`);
  if (used.includes("z") && input.includes("--")) return refused(`"${input}" has both %z and --`);
  if (used.includes("s")) return used.length === 1 ? { value: input } : refused(`"${input}" mixes %s with others`);

  const missing = REQUIRED.filter((letter) => !used.includes(letter)).map((letter) => `%${letter}`);
  return missing.length === 0 ? { value: input } : refused(`"${input}" lacks ${missing.join(", ")}`);
}

/** How a tier's snapshots are named. */
export const namingSchema = () =>
  text({
    rule: "naming-schema",
    allowed: "0-9 A-Z a-z _ . : - and space with all of %Y %m %d %H %M (%S and %z may join them), or %s alone",
    remedy: "write a name such as hourly-%Y-%m-%d_%H-%M",
    examples: ["hourly-%Y-%m-%d_%H-%M"],
    read: readNamingSchema,
  });

/** Whether a name that one of two naming schemas gives can be taken for one of the other, be it at another time. */
export function canCoincide(one: string, other: string): boolean {
  return isTakenFor(one, other) || isTakenFor(other, one);
}

/**
 * Whether a name that a schema gives is also read as one of another schema. What is given has two digits for a month, a
 * day, an hour, a minute and a second; what is read may have one, as Python's strptime has it.
 */
function isTakenFor(given: string, read: string): boolean {
  const letters = partsOf(given).flat();
  const parts = partsOf(read);
  const fits = (at: number, part: number): boolean => {
    const places = parts[part];
    if (places === undefined) return at === letters.length;
    const widths = places.length === 2 ? [2, 1] : [places.length];
    return widths.some((width) => covers(letters.slice(at, at + width), places, width) && fits(at + width, part + 1));
  };
  return fits(0, 0);
}

/** One digit may be any that does not need a second one before it. */
function covers(letters: readonly string[], places: readonly string[], width: number): boolean {
  const expected = width === places.length ? places : ["0123456789"];
  return (
    letters.length === width && letters.every((set, at) => [...set].some((letter) => expected[at]?.includes(letter)))
  );
}

/** A schema as what may stand in each place, the places of a placeholder together. */
function partsOf(schema: string): readonly (readonly string[])[] {
  return [...schema.matchAll(/%(.)|([\s\S])/g)].map(([, placeholder, letter]) =>
    placeholder === undefined ? [letter ?? ""] : (PLACEHOLDERS[placeholder] ?? []),
  );
}
