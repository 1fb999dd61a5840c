import { type Reading, type Refusal, text } from "./value.ts";

/** Bytes of each unit; decimal and binary units never mix. */
const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
  PiB: 1024 ** 5,
};

const ALLOWED = "a number and a unit, decimal (kB, MB, GB, TB, PB) or binary (KiB, MiB, GiB, TiB, PiB)";
const PATTERN = "^\\d+(\\.\\d+)? ?(B|kB|MB|GB|TB|PB|KiB|MiB|GiB|TiB|PiB)$";

/** What TrueNAS accepts as a quota at least, in bytes. */
const SMALLEST_QUOTA = 1024 ** 3;

/** Reads `4 TB` (decimal) or `500 GiB` (binary) into bytes. */
export function readSize(input: string): Reading<number> {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(input.trim()) ?? [];
  if (digits === undefined || unit === undefined) return { refused: { says: `"${input}" is not a size` } };
  if (unit === "") return { refused: withoutUnit(digits) };

  const factor = UNITS[unit];
  if (factor === undefined) return { refused: unknownUnit(digits, unit) };

  const exact = Number(digits) * factor;
  const bytes = Math.round(exact);
  const whole = Math.abs(exact - bytes) <= exact * 4 * Number.EPSILON;
  if (!whole || !Number.isSafeInteger(bytes))
    return { refused: { says: `${input} is not a whole number of bytes below 8 PiB` } };
  return { value: bytes };
}

function withoutUnit(digits: string) {
  return { says: `${digits} has no unit`, remedy: `say which unit is meant, such as ${digits} GB or ${digits} GiB` };
}

function unknownUnit(digits: string, unit: string) {
  const letter = unit.charAt(0).toUpperCase();
  const both = [`${letter === "K" ? "k" : letter}B`, `${letter}iB`].filter((name) => name in UNITS);
  const remedy =
    both.length === 2 ? `write ${both.map((name) => `${digits} ${name}`).join(" or ")}` : "write a known unit";

  return { says: `"${unit}" is not a unit of size`, remedy };
}

/** A size that may be anything above zero. */
export const size = () => sizeWithin((bytes, input) => (bytes > 0 ? undefined : { says: `${input} holds nothing` }));

/** A quota: at least 1 GiB, since TrueNAS refuses less. */
export const quotaSize = () =>
  sizeWithin((bytes, input) =>
    bytes >= SMALLEST_QUOTA
      ? undefined
      : {
          says: `${input} is below 1 GiB`,
          allowed: "1 GiB or more, or no quota",
          remedy: "raise it to at least 1 GiB, or remove the line to leave the dataset without a quota",
        },
  );

/** Memory of a machine, in whole MiB. */
export const memorySize = () => wholeUnits("MiB", "memory");

/** A disk of a virtual machine, in whole GiB. */
export const diskSize = () => wholeUnits("GiB", "a virtual disk");

function wholeUnits(unit: "MiB" | "GiB", what: string) {
  const factor = UNITS[unit] ?? 1;
  return sizeWithin((bytes, input) =>
    bytes > 0 && bytes % factor === 0
      ? undefined
      : {
          says: `${input} is not a whole number of ${unit}`,
          allowed: `a number of ${unit} or of a larger binary unit`,
          remedy: `write the size of ${what} in ${unit}, such as 32 ${unit}`,
        },
  );
}

function sizeWithin(refuse: (bytes: number, input: string) => Refusal | undefined) {
  return text<number>({
    rule: "size",
    allowed: ALLOWED,
    remedy: "write a number and a unit, such as 500 GB",
    pattern: PATTERN,
    examples: ["4 TB", "500 GiB"],
    misread: (value) => (typeof value === "number" ? withoutUnit(String(value)) : undefined),
    read: (input) => {
      const reading = readSize(input);
      if ("refused" in reading) return reading;
      const refused = refuse(reading.value, input);
      return refused === undefined ? reading : { refused };
    },
  });
}

/** Bytes in decimal units as people compare them with a disk's label, to two places: `12.46 TB`. */
export function formatSize(bytes: number): string {
  const unit = ["PB", "TB", "GB", "MB", "kB"].find((name) => bytes >= (UNITS[name] ?? 1)) ?? "B";
  return `${Number((bytes / (UNITS[unit] ?? 1)).toFixed(2))} ${unit}`;
}
