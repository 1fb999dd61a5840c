import { createHash, randomInt } from "node:crypto";

/** Picks whole numbers from 0 up to, but not including, a limit. */
export type Pick = (limit: number) => number;

/** Unpredictable without a seed; with one, always the same sequence (not the one that the official plugin makes). */
export function generator(seed: string | undefined): Pick {
  if (seed === undefined || seed === "") return (limit) => randomInt(limit);
  let counter = 0;
  return (limit) => {
    const digest = createHash("sha256").update(`${seed}\n${counter++}`).digest();
    return Number(digest.readBigUInt64BE() % BigInt(limit));
  };
}

/** The items in a random order. */
export function shuffle<T>(items: readonly T[], pick: Pick): T[] {
  const result = [...items];
  for (let i = result.length - 1; i > 0; i--) {
    const j = pick(i + 1);
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
