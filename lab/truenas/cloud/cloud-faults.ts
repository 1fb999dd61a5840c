import { setTimeout as delay } from "node:timers/promises";
import { CloudError } from "./cloud-error.ts";

type Ailment = "unreachable" | "denied" | "refusing";

interface Strike {
  left: number;
  readonly deed: () => unknown;
}

/** How many requests fail; all of them until cleared unless said otherwise. */
export interface Requests {
  readonly times?: number;
}

const FAILURES: Readonly<Record<Ailment, () => CloudError>> = {
  unreachable: () => new CloudError("Unreachable", "i/o timeout"),
  denied: () => new CloudError("AccessDenied", "Access Denied."),
  refusing: () => new CloudError("ServiceUnavailable", "Please reduce your request rate."),
};

/** What goes wrong with the cloud on demand. */
export class CloudFaults {
  readonly #left = new Map<Ailment, number>();
  #slowMs = 0;
  #strikes: Strike[] = [];

  /** Nothing answers. */
  unreachable({ times = Number.POSITIVE_INFINITY }: Requests = {}): void {
    this.#left.set("unreachable", times);
  }

  /** Every key is turned away. */
  accessDenied({ times = Number.POSITIVE_INFINITY }: Requests = {}): void {
    this.#left.set("denied", times);
  }

  /** The service answers that it has too much to do. */
  refusing({ times = Number.POSITIVE_INFINITY }: Requests = {}): void {
    this.#left.set("refusing", times);
  }

  /** Every program that talks to the cloud takes that much longer, in real milliseconds. */
  slow(ms: number): void {
    this.#slowMs = ms;
  }

  /** Does something in the middle of a transfer: after that many further requests. */
  strikeAfter(requests: number, deed: () => unknown): void {
    this.#strikes.push({ left: requests, deed });
  }

  /** All is well again. */
  clear(): void {
    this.#left.clear();
    this.#slowMs = 0;
    this.#strikes = [];
  }

  /** Waits as long as a program takes to get going. */
  async patience(): Promise<void> {
    if (this.#slowMs > 0) await delay(this.#slowMs);
  }

  /** Called by the cloud for every request; throws when it is to fail. */
  request(): void {
    const struck = this.#strikes.filter((strike) => {
      strike.left -= 1;
      return strike.left < 0;
    });
    this.#strikes = this.#strikes.filter((strike) => !struck.includes(strike));
    for (const { deed } of struck) deed();
    for (const [ailment, left] of this.#left) {
      if (left <= 0) continue;
      this.#left.set(ailment, left - 1);
      throw FAILURES[ailment]();
    }
  }
}
