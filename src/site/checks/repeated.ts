/** An item that comes a second time, and the one that came first. */
export interface Repeated<T> {
  readonly first: T;
  readonly again: T;
}

/** Items whose key an earlier item has already. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string | number): Repeated<T>[] {
  const firsts = new Map<string | number, T>();

  return items.flatMap((again) => {
    const first = firsts.get(keyOf(again));
    if (first === undefined) firsts.set(keyOf(again), again);
    return first === undefined ? [] : [{ first, again }];
  });
}

/** Every two items of a list, each pair once. */
export function pairsOf<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other): [T, T] => [one, other]));
}
