/** A Python KeyError, which is how a missing account surfaces. */
export class KeyError extends Error {}

/** Numbers below are set aside for the system and for apps. */
export const FIRST_FREE_ID = 3000;

/** The groups of the system that others may be made members of. */
export const OPEN_GROUPS: ReadonlySet<number> = new Set([14, 445, 544, 545, 568, 951, 952]);

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const VALID = `${LETTERS}0123456789_-.`;
const LONGEST = 32;

/** What is wrong with the name of a user or group, in the words of the middleware's models. */
export function nameProblem(name: string): string | undefined {
  if (name.length > LONGEST) return `Value error, Cannot exceed ${LONGEST} charaters in length`;
  const first = name.charAt(0);
  if (!LETTERS.includes(first) && first !== "_") return `Value error, Cannot start with "'${first}'"`;
  if ([...name].some((letter) => !VALID.includes(letter)))
    return `Value error, Valid characters are: '${[...VALID].join(", ")}'`;
  return undefined;
}
