import { setTimeout as wait } from "node:timers/promises";
import { type ErrorKind, MidcltError } from "../midclt/errors.ts";
import { Refused } from "../model/refused.ts";
import type { Call, Staged } from "../model/resource-type.ts";

/** What it takes to make staged changes final. */
export interface StagingDoor {
  /** Name of the appliance in messages. */
  readonly label: string;
  /** Seconds that one call may take. */
  readonly callTimeout: number;
  lookUp(call: Call): Promise<unknown>;
  /** Reads the objects. */
  read(): Promise<unknown>;
  /** Makes a write by itself. */
  alone(call: Call): Promise<unknown>;
  /** Asks over a connection of its own, which is dialled for it and closed afterwards. */
  anew<T>(act: (ask: (call: Call) => Promise<unknown>) => Promise<T>): Promise<T>;
  /** Forgets what was read of the objects. */
  forget(): void;
}

/** Changes travel together when they are made within this time, in milliseconds. */
const QUIET_MS = 150;
/** Seconds after which the appliance takes back what nobody has confirmed; the provider gives up before. */
const REVERTS_AFTER = 60;
const GIVES_UP_AFTER = 50;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2000;
const AGAIN: ReadonlySet<ErrorKind> = new Set(["unreachable", "transport", "timeout", "restarting"]);

/** One commit, and who waits for it. */
interface Round {
  readonly clean: Promise<void>;
  readonly touched: Set<string>;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Changes that the appliance holds back until they are committed, and takes back unless they are confirmed: those that
 * are made together are committed together, and confirmed over a new connection, which proves that there still is a way.
 */
export class Staging {
  readonly #door: StagingDoor;
  readonly #staged: Staged;
  #round: Round | undefined;
  #acting = 0;
  #timer: NodeJS.Timeout | undefined;
  #committing: Promise<void> = Promise.resolve();

  constructor(door: StagingDoor, staged: Staged) {
    this.#door = door;
    this.#staged = staged;
  }

  /** Makes the changes of an object, and returns when they are final; `id` is what `touch` is told. */
  async during<T>(id: string, act: () => Promise<T>): Promise<T> {
    await this.#committing;
    clearTimeout(this.#timer);
    this.#acting += 1;
    this.#round ??= { clean: this.#refuseForeign(), touched: new Set(), done: Promise.withResolvers() };
    const round = this.#round;
    round.done.promise.catch(() => undefined);
    try {
      await round.clean;
      return await act();
    } finally {
      this.#acting -= 1;
      this.#stir();
      if (round.touched.has(id)) await round.done.promise;
    }
  }

  /** Something of the object waits to be committed. */
  touch(id: string): void {
    this.#round?.touched.add(id);
  }

  async #refuseForeign(): Promise<void> {
    const { pending, rollback, noun } = this.#staged;
    const [open] = await Promise.all([this.#door.lookUp(pending), this.#door.read()]);
    if (open !== true) return;
    throw new Refused(
      `${this.#door.label}: somebody has begun ${noun} there that are not final yet, and they are not made so in passing; test and save them in the web interface, or drop them with  midclt call ${rollback.method}  and run again`,
    );
  }

  #stir(): void {
    if (this.#acting > 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), this.#round?.touched.size ? QUIET_MS : 0);
  }

  #end(): void {
    const round = this.#round;
    this.#round = undefined;
    if (!round || round.touched.size === 0) return;
    this.#committing = this.#makeFinal().then(round.done.resolve, round.done.reject);
  }

  async #makeFinal(): Promise<void> {
    const started = performance.now();
    try {
      const sure = await this.#commit();
      await this.#confirm(started, sure);
    } finally {
      this.#door.forget();
    }
  }

  /** False when the answer was lost: it may have been committed or not. */
  async #commit(): Promise<boolean> {
    const { commit, rollback } = this.#staged;
    try {
      await this.#door.alone({ ...commit, params: [{ rollback: true, checkin_timeout: REVERTS_AFTER }] });
      return true;
    } catch (error) {
      if (error instanceof MidcltError && error.uncertain) return false;
      // Refused before anything was applied: what is staged would be in everybody's way.
      await this.#door.alone(rollback).catch(() => undefined);
      throw error;
    }
  }

  async #confirm(started: number, sure: boolean): Promise<void> {
    const latest = started + Math.min(this.#door.callTimeout, GIVES_UP_AFTER) * 1000;
    let asked = false;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      try {
        await this.#door.anew((ask) =>
          this.#checkIn(ask, sure, asked && performance.now() < started + REVERTS_AFTER * 1000),
        );
        return;
      } catch (error) {
        if (!(error instanceof MidcltError) || !AGAIN.has(error.kind)) throw error;
        asked ||= error.uncertain;
        if (performance.now() + pause > latest) throw this.#cutOff(error);
        await wait(pause);
      }
    }
  }

  /** `confirmed` when an earlier attempt got no answer, and what is not waiting any more was confirmed by it. */
  async #checkIn(ask: (call: Call) => Promise<unknown>, sure: boolean, confirmed: boolean): Promise<void> {
    const { commit, waiting, confirm, pending } = this.#staged;
    if (sure) {
      const [left] = await Promise.all([ask(waiting), ask(confirm)]);
      if (left === null && !confirmed) throw this.#gone();
      return;
    }
    const [left, open] = await Promise.all([ask(waiting), ask(pending)]);
    if (left === null && open !== true && !confirmed) throw this.#gone();
    if (left === null && open === true)
      await ask({ ...commit, params: [{ rollback: true, checkin_timeout: REVERTS_AFTER }] });
    await ask(confirm);
  }

  #cutOff(cause: MidcltError): Refused {
    const { noun } = this.#staged;

    return new Refused(
      `${this.#door.label}: ${noun} were applied, and after that no new connection could be made (${cause.detail}). Unless it is confirmed the appliance takes them back by itself ${REVERTS_AFTER} s after they were applied, so nothing of them stays; correct what is stated, or the switch, and run again`,
    );
  }

  #gone(): Refused {
    return new Refused(
      `${this.#door.label}: ${this.#staged.noun} were applied, and before they could be confirmed nothing waited for it any more: somebody has taken them back, or the middleware has restarted and they have stayed. See that the appliance is well and nobody else is at it, and run again: that finds out`,
    );
  }
}
