import { changesSoFar } from "../state/store.ts";
import type { Member, Surroundings } from "../surroundings.ts";
import { alertAppointments } from "./alert-appointments.ts";
import type { Appointment, AppointmentKind } from "./appointment.ts";
import { checkInAppointments } from "./check-in-appointments.ts";
import { cloudBackupAppointments, cloudSyncAppointments, cronJobAppointments } from "./cloud-appointments.ts";
import { replicationAppointments, retentionAppointments } from "./replication-appointments.ts";
import { scrubAppointments } from "./scrub-appointments.ts";
import { snapshotAppointments } from "./snapshot-appointments.ts";

/** Everything that falls due by itself, in the order in which things due at the same moment are done. */
const KINDS: readonly AppointmentKind[] = [
  checkInAppointments,
  snapshotAppointments,
  replicationAppointments,
  retentionAppointments,
  cronJobAppointments,
  cloudBackupAppointments,
  cloudSyncAppointments,
  scrubAppointments,
  alertAppointments,
];

/** An appointment in the diary. */
interface Entry {
  readonly key: string;
  readonly appointment: Appointment;
  /** Kind and appliance, in whose order things due at the same moment are done. */
  readonly group: number;
  at: number | undefined;
}

const first = (entries: readonly Entry[]) =>
  entries.reduce((least, { at }) => Math.min(least, at ?? least), Number.POSITIVE_INFINITY);

/** When each appointment is due next, worked out once and again after it was kept. */
class Diary {
  readonly #next = new Map<string, number | undefined>();
  readonly #surroundings: Surroundings;
  readonly #members: readonly Member[];
  #entries: Entry[] = [];
  /** How much had changed anywhere when the diary was written; appointments come and go with changes only. */
  #changes = -1;
  /** Up to here everything due was done. */
  #done: number;

  constructor(surroundings: Surroundings, members: readonly Member[]) {
    this.#surroundings = surroundings;
    this.#members = members;
    this.#done = surroundings.clock.time;
  }

  /** When something is due first; infinite when nothing is. */
  next(): number {
    if (this.#changes !== changesSoFar()) this.#write();
    return first(this.#entries);
  }

  /** Does everything that is due at that moment, in the order of the kinds. */
  async keep(at: number): Promise<void> {
    this.#done = at;
    const due = this.#entries.filter((entry) => entry.at === at);
    const ranks = new Map(due.map((entry) => [entry, entry.appointment.rank?.(at) ?? ""]));
    const rank = (entry: Entry) => ranks.get(entry) ?? "";
    for (const entry of due.sort((a, b) => a.group - b.group || (rank(a) < rank(b) ? -1 : 1))) {
      await entry.appointment.run(at);
      entry.at = entry.appointment.next(at);
      this.#next.set(entry.key, entry.at);
    }
  }

  #write(): void {
    this.#entries = KINDS.flatMap((kind, row) =>
      this.#members.flatMap((member, column) => {
        if (!member.powered) return [];
        return kind.appointments(member, this.#surroundings).map((appointment): Entry => {
          const key = `${member.name} ${kind.name} ${appointment.key}`;
          return { key, appointment, group: row * this.#members.length + column, at: this.#at(key, appointment) };
        });
      }),
    );
    this.#changes = changesSoFar();
  }

  // An appointment that came up on the way begins after what was just done, and so does one that was away meanwhile.
  #at(key: string, appointment: Appointment): number | undefined {
    const known = this.#next.get(key);
    if (this.#next.has(key) && (known === undefined || known > this.#done)) return known;
    const next = appointment.next(this.#done);
    this.#next.set(key, next);
    return next;
  }
}

/** Moves the clock forward, running on the way everything that falls due on any appliance, in order of time. */
export async function advance(surroundings: Surroundings, members: readonly Member[], ms: number): Promise<void> {
  const { clock } = surroundings;
  const end = clock.time + ms;
  const diary = new Diary(surroundings, members);
  for (const { state } of members) state.defer();
  try {
    for (let at = diary.next(); at <= end; at = diary.next()) {
      clock.moveTo(at);
      await diary.keep(at);
    }
    clock.moveTo(end);
  } finally {
    for (const { state } of members) {
      state.facts.put("clockOffset", clock.offset);
      state.settle();
    }
  }
}
