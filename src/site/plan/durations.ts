const PAIRS = [
  { larger: "d", smaller: "h", seconds: 3600, count: 24 },
  { larger: "h", smaller: "min", seconds: 60, count: 60 },
  { larger: "min", smaller: "s", seconds: 1, count: 60 },
] as const;

/** A time in its two largest units, such as `1 d 4 h` or `25 min`; what is smaller is rounded. */
export function formatDuration(seconds: number): string {
  for (const { larger, smaller, seconds: size, count } of PAIRS) {
    const rounded = Math.round(seconds / size);
    if (rounded < count) continue;
    const rest = rounded % count;
    return `${Math.floor(rounded / count)} ${larger}${rest === 0 ? "" : ` ${rest} ${smaller}`}`;
  }
  return `${Math.round(seconds)} s`;
}
