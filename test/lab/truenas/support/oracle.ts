/**
 * What snapshots there are after some time, worked out from scratch: hour by hour from what the site says, with none of
 * the simulator's code. Everything is taken on the hour, and something is taken in every hour.
 */

const HOUR = 3_600_000;

/** Hours, days of the month and days of the week (0 is Sunday) at which something happens; all where none are named. */
export interface When {
  readonly hours?: readonly number[];
  readonly days?: readonly number[];
  readonly weekdays?: readonly number[];
}

/** When snapshots are taken, how long they are kept in milliseconds, and what they are called. */
export interface Tier {
  readonly name: string;
  readonly when: When;
  readonly lifetime: number;
}

/** How one dataset is protected. */
export interface Protection {
  readonly tiers: readonly Tier[];
  /** How long copies are kept, and longer those of snapshots taken at certain times. */
  readonly copies: { readonly lifetime: number; readonly special?: readonly Omit<Tier, "name">[] };
  /** Whether snapshots wait for their copies beyond their lifetime. */
  readonly holds: boolean;
}

/** Names of snapshots and copies, in order of name. */
export interface Expected {
  readonly source: readonly string[];
  readonly copies: readonly string[];
}

interface Snapshot {
  readonly name: string;
  readonly tier: Tier;
  readonly at: number;
}

const isIn = (list: readonly number[] | undefined, value: number) => list === undefined || list.includes(value);

function isDue({ hours, days, weekdays }: When, at: number): boolean {
  const date = new Date(at);
  return isIn(hours, date.getUTCHours()) && isIn(days, date.getUTCDate()) && isIn(weekdays, date.getUTCDay());
}

function nameOf(tier: Tier, at: number): string {
  const [day, time = ""] = new Date(at).toISOString().split("T");
  return `${tier.name}-${day}_${time.slice(0, 5).replace(":", "-")}`;
}

/** One dataset and its copy, and what becomes of them from hour to hour. */
export class Oracle {
  readonly #protection: Protection;
  #source: Snapshot[] = [];
  #copies: Snapshot[] = [];

  constructor(protection: Protection) {
    this.#protection = protection;
  }

  /** What is there now. */
  get expected(): Expected {
    const names = (snapshots: readonly Snapshot[]) => snapshots.map(({ name }) => name).sort();
    return { source: names(this.#source), copies: names(this.#copies) };
  }

  /** Passes every full hour after `from` up to `to`; whether the other side can be reached is asked for each. */
  pass(from: number, to: number, reachable: (at: number) => boolean = () => true): void {
    for (let at = Math.floor(from / HOUR) * HOUR + HOUR; at <= to; at += HOUR) this.#hour(at, reachable(at));
  }

  #hour(at: number, reachable: boolean): void {
    const { tiers } = this.#protection;
    for (const tier of tiers) if (isDue(tier.when, at)) this.#source.push({ name: nameOf(tier, at), tier, at });
    if (reachable) this.#replicate();
    const copied = new Set(reachable ? this.#copies.map(({ name }) => name) : []);
    const base = this.#source.filter(({ name }) => copied.has(name)).at(-1);
    const waits = (snapshot: Snapshot) => this.#protection.holds && (!copied.has(snapshot.name) || snapshot === base);
    this.#source = kept(this.#source, (snapshot) => snapshot.at > at - snapshot.tier.lifetime || waits(snapshot));
    if (reachable) this.#copies = kept(this.#copies, (copy) => copy.at >= at - this.#copyLifetime(copy.at));
  }

  // Only what comes after a snapshot that both sides have can be sent, unless there is no copy at all.
  #replicate(): void {
    const there = new Set(this.#copies.map(({ name }) => name));
    const base = this.#source.findLastIndex(({ name }) => there.has(name));
    if (base < 0 && this.#copies.length > 0) return;
    this.#copies.push(...this.#source.slice(base + 1));
  }

  #copyLifetime(at: number): number {
    const { lifetime, special = [] } = this.#protection.copies;
    const fitting = special.filter(({ when }) => isDue(when, at)).map((each) => each.lifetime);
    return fitting.length > 0 ? Math.max(...fitting) : lifetime;
  }
}

/** What is worth keeping, and of a tier of which nothing would be left the youngest. */
function kept(snapshots: readonly Snapshot[], worth: (snapshot: Snapshot) => boolean): Snapshot[] {
  const good = new Set(snapshots.filter(worth));
  const left = new Set([...good].map(({ tier }) => tier));
  const youngest = new Set(
    [...Map.groupBy(snapshots, ({ tier }) => tier)].flatMap(([tier, all]) => (left.has(tier) ? [] : [all.at(-1)])),
  );
  return snapshots.filter((snapshot) => good.has(snapshot) || youngest.has(snapshot));
}
