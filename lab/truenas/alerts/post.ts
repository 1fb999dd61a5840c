/** Something that an appliance told somebody. */
export interface Told {
  /** When, by the world's clock. */
  readonly at: Date;
  /** The appliance that told it. */
  readonly from: string;
  /** By which way: `mail`, `syslog`, or the type of an alert service such as `Slack`. */
  readonly through: string;
  /** To whom: mail addresses, or the host of a service. */
  readonly to: readonly string[];
  /** Who a mail says that it is from. */
  readonly sender?: string;
  readonly subject?: string;
  readonly text: string;
  /** Classes of the alerts that are new, and of those that are over. */
  readonly raised: readonly string[];
  readonly cleared: readonly string[];
}

/** Why somebody could not be told. */
export class NotTaken extends Error {}

interface Refusal {
  readonly through: string;
  readonly reason: string;
  left: number;
}

/** Everything that appliances of a world told somebody outside it, by whatever way. */
export class Post {
  readonly #told: Told[] = [];
  #refusals: Refusal[] = [];

  /** What arrived, in the order of its arrival. */
  get told(): readonly Told[] {
    return this.#told;
  }

  /** Forgets what has arrived so far. */
  clear(): void {
    this.#told.length = 0;
  }

  /** Takes nothing by that way, for the next `times` attempts or until `accept`. */
  refuse(through: string, reason: string, times: number = Number.POSITIVE_INFINITY): void {
    this.#refusals.push({ through, reason, left: times });
  }

  /** Takes everything again. */
  accept(): void {
    this.#refusals = [];
  }

  /** Delivers something, or throws `NotTaken`. */
  deliver(told: Told): void {
    const refusal = this.#refusals.find(({ through, left }) => through === told.through && left > 0);
    if (refusal === undefined) {
      this.#told.push(told);
      return;
    }
    refusal.left -= 1;
    throw new NotTaken(refusal.reason);
  }
}
