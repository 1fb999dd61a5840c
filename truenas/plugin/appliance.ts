import { Batch } from "../midclt/batch.ts";
import type { Outcome } from "../midclt/bulk.ts";
import { dialectOf } from "../midclt/dialect.ts";
import { type ErrorKind, MidcltError } from "../midclt/errors.ts";
import { Reads } from "../midclt/reads.ts";
import type { Namespace } from "../model/namespaces.ts";
import { Refused } from "../model/refused.ts";
import type { Call, Dialect, ResourceType } from "../model/resource-type.ts";
import type { Environment } from "./environment.ts";
import type { Journal } from "./journal.ts";
import { checksumsOver, type Link, openLink } from "./link.ts";
import { patiently } from "./patience.ts";
import type { Settings } from "./settings.ts";
import { Staging, type StagingDoor } from "./staging.ts";
import { Unanswered } from "./unanswered.ts";
import { refuseUnread, Unseen } from "./unseen.ts";

const LOST: ReadonlySet<ErrorKind> = new Set(["transport", "unreachable"]);

/** Why a call must not be sent, or undefined. */
export type Guard = (call: Call) => string | undefined;

/** One TrueNAS appliance: reached at the first call, read once per kind, written in batches. */
export class Appliance {
  /** Name in messages and in the journal. */
  readonly label: string;
  /** Address by which it is managed, as the program states it. */
  readonly host: string;
  readonly reads: Reads;
  /** Seconds that one call may take. */
  readonly callTimeout: number;
  readonly #settings: Settings;
  readonly #environment: Environment;
  readonly #journal: Journal;
  readonly #writes: Batch;
  readonly #unseen: Unseen;
  readonly #lookups: Batch;
  readonly #unanswered: Unanswered;
  readonly #stagings = new Map<Namespace, Staging>();
  readonly #guard: Guard;
  #link: Link | undefined;
  /** Reads under way, which writes are going to follow. */
  #reading = 0;
  #dialect: { readonly dials: number; readonly value: Promise<Dialect> } | undefined;

  /** Takes note of a call that was made. */
  readonly #note = (call: Call, outcome: Outcome, seconds: number): void => {
    const { error } = "error" in outcome ? outcome : {};
    const text = error instanceof MidcltError ? error.detail : String(error);
    this.#journal.made(this.label, call, "result" in outcome ? outcome : { error: text }, seconds);
  };

  /** `guard` has the last word on every call, also on one that carries others. */
  constructor(settings: Settings, environment: Environment, journal: Journal, guard: Guard = () => undefined) {
    this.label = settings.label;
    this.host = settings.host;
    this.#guard = guard;
    this.callTimeout = environment.callTimeout;
    this.#settings = settings;
    this.#environment = environment;
    this.#journal = journal;
    const shared = { host: settings.label, record: this.#note };
    const expecting = () => this.#reading > 0;
    const write = { ...shared, send: (call: Call, patience: number) => this.#send(call, patience, false) };
    this.#writes = new Batch({ ...write, expecting });
    this.#unseen = new Unseen(write, journal.redactor);
    this.#lookups = new Batch({ ...shared, send: (call, patience) => this.#send(call, patience, true) });
    this.#unanswered = new Unanswered((job) => this.read(job), environment.callTimeout);
    this.reads = new Reads(settings.label, ({ method, params, alone }) =>
      alone ? this.read({ method, params }) : this.lookUp({ method, params }),
    );
  }

  /** The generation of the middleware, asked once per connection; refuses unknown ones. */
  dialect(): Promise<Dialect> {
    // What is asked before the first connection is asked over it.
    const dials = Math.max(1, this.#connection().ssh.dials);
    if (this.#dialect?.dials === dials) return this.#dialect.value;
    const value = this.#timed({ method: "system.version_short", params: [] }).then((version) =>
      dialectOf(version, this.label),
    );
    const asked = { dials, value };
    this.#dialect = asked;
    value.catch(() => {
      if (this.#dialect === asked) this.#dialect = undefined;
    });

    return value;
  }

  /** Reads something by itself; repeated once when the connection is lost. */
  async read(call: Call): Promise<unknown> {
    await this.dialect();

    return await this.#timed(call);
  }

  /** Reads something together with whatever else is asked at the time. */
  async lookUp(call: Call): Promise<unknown> {
    await this.dialect();

    return await this.#whileReading(() => patiently(() => this.#lookups.call(call)));
  }

  /**
   * Writes: together with other writes, or by itself and unseen where a secret is in it. One without an answer fails once
   * the appliance is no longer at it.
   */
  async write(call: Call): Promise<unknown> {
    refuseUnread(this.label, call);
    await this.dialect();
    const way = this.#unseen.mustCarry(call) ? this.#unseen : this.#writes;
    try {
      return await patiently(() => way.call(call));
    } catch (error) {
      if (error instanceof MidcltError && error.uncertain) await this.#unanswered.ended(error);
      throw error;
    }
  }

  /** Where writes of this type wait until they are final; undefined for a type whose writes are so by themselves. */
  stagingOf({ staged, reading }: ResourceType): Staging | undefined {
    if (!staged || reading.by !== "namespace") return undefined;
    const { namespace } = reading;
    const staging = this.#stagings.get(namespace) ?? new Staging(this.#stagingDoor(namespace), staged);
    this.#stagings.set(namespace, staging);

    return staging;
  }

  /** The SHA-256 of files that lie there, by path; `patience` multiplies the time that it may take. */
  async checksums(paths: readonly string[], patience: number): Promise<ReadonlyMap<string, string>> {
    await this.dialect();

    return await checksumsOver(this.#connection(), this.label, paths, this.callTimeout * patience);
  }

  /** Shows a call that an apply would make; nothing is sent. */
  plan(call: Call): void {
    refuseUnread(this.label, call);
    this.#journal.planned(this.label, call);
  }

  /** The engine asked for something: more may follow, and what waits to be sent goes on waiting for it. */
  stir(): void {
    this.#writes.stir();
    this.#lookups.stir();
  }

  /** Refuses what was not sent yet. */
  cancel(): void {
    this.#unseen.cancel();
    this.#writes.cancel();
    this.#lookups.cancel();
  }

  /** Lets go of the connection. */
  close(): void {
    this.#link?.ssh.close();
  }

  #stagingDoor(namespace: Namespace): StagingDoor {
    return {
      label: this.label,
      callTimeout: this.callTimeout,
      lookUp: (call) => this.lookUp(call),
      read: () => this.reads.rows(namespace),
      alone: (call) => this.#timed(call, false),
      anew: (act) => this.#anew(act),
      forget: () => this.reads.forget(namespace),
    };
  }

  /** Calls over a connection of their own. */
  async #anew<T>(act: (ask: (call: Call) => Promise<unknown>) => Promise<T>): Promise<T> {
    const { ssh, midclt } = openLink(this.#settings, this.#environment);
    const send = async (call: Call, patience: number) => {
      this.#refuseGuarded(call);
      return await midclt.call(call, patience);
    };
    const batch = new Batch({ host: this.label, record: this.#note, send });
    try {
      return await act((call) => batch.call(call));
    } finally {
      ssh.close();
    }
  }

  async #timed(call: Call, readOnly = true): Promise<unknown> {
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const result = await this.#whileReading(() => patiently(() => this.#send(call, 1, readOnly)));
      this.#note(call, { result }, seconds());
      return result;
    } catch (error) {
      this.#note(call, { error }, seconds());
      throw error;
    }
  }

  async #whileReading<T>(read: () => Promise<T>): Promise<T> {
    this.#reading += 1;
    try {
      return await read();
    } finally {
      this.#reading -= 1;
      this.stir();
    }
  }

  /**
   * A call that only reads is repeated once over a new connection. A write is in doubt even when it surely was not sent:
   * what it was planned from was read over the connection that is lost.
   */
  async #send(call: Call, patience: number, readOnly: boolean): Promise<unknown> {
    this.#refuseGuarded(call);
    const { midclt, ssh } = this.#connection();
    const hadConnection = ssh.dials > 0;
    try {
      return await midclt.call(call, patience);
    } catch (error) {
      const lost = error instanceof MidcltError && LOST.has(error.kind) && hadConnection;
      if (!lost) throw error;
      if (readOnly) return await midclt.call(call, patience);
      const { kind, host, method, detail } = error;
      throw new MidcltError({ kind, host, method, detail, uncertain: true }, { cause: error });
    }
  }

  #refuseGuarded(call: Call): void {
    const refusal = this.#guard(call);
    if (refusal) throw new Refused(`${this.label}: ${refusal}`);
  }

  #connection(): Link {
    this.#link ??= openLink(this.#settings, this.#environment, () => this.reads.forgetAll());

    return this.#link;
  }
}
