const PLACES: Readonly<Record<string, string>> = {
  Y: "(?<Y>\\d{4})",
  m: "(?<m>\\d{2})",
  d: "(?<d>\\d{2})",
  H: "(?<H>\\d{2})",
  M: "(?<M>\\d{2})",
  S: "(?<S>\\d{2})",
  z: "(?<z>[+-]\\d{4})",
  s: "(?<s>\\d{1,11})",
};

/** Reads the times that snapshots were taken at from their names. */
export class SnapshotTimes {
  readonly #pattern: RegExp;
  readonly #zone: string;

  /** `schema` is how they are named, `zone` the time zone of the appliance that named them. */
  constructor(schema: string, zone: string) {
    const source = schema.replaceAll(/%(.)|[.*+?^${}()|[\]\\]/g, (all, letter?: string) =>
      letter === undefined ? `\\${all}` : (PLACES[letter] ?? all),
    );
    this.#pattern = new RegExp(`^${source}$`);
    this.#zone = zone;
  }

  /** The time in milliseconds, or undefined for a name of another schema. */
  of(name: string): number | undefined {
    const groups = this.#pattern.exec(name)?.groups;
    if (!groups) return undefined;
    const { Y, m, d, H, M, S = "00", z, s } = groups;
    if (s !== undefined) return Number(s) * 1000;
    const local = Date.UTC(Number(Y), Number(m) - 1, Number(d), Number(H), Number(M), Number(S));

    return z === undefined ? local - offsetAt(local, this.#zone) : local - offsetOf(z);
  }

  /** The time of the youngest of these that has a name of the schema. */
  youngest(names: readonly string[]): number | undefined {
    const times = names.flatMap((name) => this.of(name) ?? []);

    return times.length === 0 ? undefined : times.reduce((one, other) => Math.max(one, other));
  }
}

function offsetOf(zone: string): number {
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));

  return (zone.startsWith("-") ? -minutes : minutes) * 60_000;
}

/** How far a zone's clocks are ahead of UTC when they show that time, in milliseconds. */
function offsetAt(local: number, zone: string): number {
  const guess = offsetAtInstant(local, zone);

  // Around a change of clocks the first guess was made for another hour than the one that is meant.
  return offsetAtInstant(local - guess, zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAtInstant(instant: number, zone: string): number {
  if (zone === "UTC") return 0;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;

  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}
