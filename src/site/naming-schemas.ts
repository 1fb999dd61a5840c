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

/** Whether two naming schemas can give the same name, be it at different times. */
export function canCoincide(one: string, other: string): boolean {
  const [a, b] = [alphabets(one), alphabets(other)];
  return a.length === b.length && a.every((letters, at) => [...letters].some((letter) => b[at]?.includes(letter)));
}

/** Every placeholder has a fixed width, so a schema is a list of what may stand in each place. */
function alphabets(schema: string): readonly string[] {
  return [...schema.matchAll(/%(.)|([\s\S])/g)].flatMap(([, placeholder, letter]) =>
    placeholder === undefined ? [letter ?? ""] : (PLACEHOLDERS[placeholder] ?? []),
  );
}
