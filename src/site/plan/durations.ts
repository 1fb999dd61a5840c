const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
] as const;

/** A time in its two largest units, such as `1 d 4 h` or `25 min`, rounded up so that nothing is promised too early. */
export function formatDuration(seconds: number): string {
  const largest = UNITS.findIndex(([, size]) => seconds >= size);
  if (largest < 0) return "0 s";
  const [first, second] = [UNITS[largest], UNITS[largest + 1]];
  if (first === undefined) return "0 s";
  const rounded = Math.ceil(seconds / (second?.[1] ?? 1)) * (second?.[1] ?? 1);
  const next = UNITS[largest - 1];
  if (next !== undefined && rounded >= next[1]) return `1 ${next[0]}`;
  const count = Math.floor(rounded / first[1]);
  const rest = second === undefined ? 0 : (rounded - count * first[1]) / second[1];
  return rest === 0 ? `${count} ${first[0]}` : `${count} ${first[0]} ${rest} ${second?.[0]}`;
}
