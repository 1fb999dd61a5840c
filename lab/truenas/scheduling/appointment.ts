import type { Member, Surroundings } from "../surroundings.ts";

/** Something on one appliance that falls due again and again. */
export interface Appointment {
  /** Tells this appointment from every other of its kind on the appliance; a changed schedule makes another key. */
  readonly key: string;
  /** The next moment after `after` at which it falls due, in milliseconds, or undefined when it never does. */
  next(after: number): number | undefined;
  /** What comes first of the things of its kind that are due on the appliance at that moment, in order of text. */
  rank?(at: number): string;
  /** Does what is due at `at`; the clock stands there. */
  run(at: number): void | Promise<void>;
}

/** A kind of thing that falls due. */
export interface AppointmentKind {
  readonly name: string;
  /** What an appliance has in its diary now; asked again after everything that ran. */
  readonly appointments: (member: Member, surroundings: Surroundings) => readonly Appointment[];
}
