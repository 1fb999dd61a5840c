import { text } from "./value.ts";

/** Bits per second of each unit. */
const UNITS: Readonly<Record<string, number>> = { kbit: 1e3, Mbit: 1e6, Gbit: 1e9 };

const PATTERN = "^\\d+(\\.\\d+)? ?(kbit|Mbit|Gbit)/s$";

/** How fast data travels, such as `10 Gbit/s`; read into bytes per second. */
export const rate = () =>
  text<number>({
    rule: "rate",
    allowed: "a number above zero and a unit: kbit/s, Mbit/s, Gbit/s",
    remedy: "write a number and a unit, such as 10 Gbit/s",
    pattern: PATTERN,
    examples: ["10 Gbit/s", "250 Mbit/s"],
    misread: (value) =>
      typeof value === "number" ? { says: `${value} has no unit`, remedy: `write ${value} Mbit/s` } : undefined,
    read: (input) => {
      const [, digits, unit] = /^(\d+(?:\.\d+)?) ?([kMG]bit)\/s$/.exec(input.trim()) ?? [];
      const bytes = (Number(digits) * (UNITS[unit ?? ""] ?? 0)) / 8;
      return bytes > 0 ? { value: bytes } : { refused: { says: `"${input}" is not a rate` } };
    },
  });
