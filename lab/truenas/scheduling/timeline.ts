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

interface Due {
  readonly at: number;
  /** Kind and appliance, in whose order things due at the same moment are done. */
  readonly group: number;
  readonly rank: (at: number) => string;
  run(at: number): void | Promise<void>;
}

/** When each appointment is due next, worked out once and again after it was kept. */
class Diary {
  readonly #next = new Map<string, number | undefined>();
  readonly #surroundings: Surroundings;
  readonly #members: readonly Member[];
  /** Up to here everything due was done. */
  #done: number;

  constructor(surroundings: Surroundings, members: readonly Member[]) {
    this.#surroundings = surroundings;
    this.#members = members;
    this.#done = surroundings.clock.time;
  }

  /** What is due first, and everything due at that same moment, in the order of the kinds. */
  first(): Due[] {
    const due = KINDS.flatMap((kind, row) =>
      this.#members.flatMap((member, column) =>
        member.powered ? this.#of(kind, member, row * this.#members.length + column) : [],
      ),
    );
    const at = due.reduce((first, entry) => Math.min(first, entry.at), Number.POSITIVE_INFINITY);
    this.#done = at;
    return due
      .filter((entry) => entry.at === at)
      .sort((a, b) => a.group - b.group || (a.rank(at) < b.rank(at) ? -1 : 1));
  }

  #of(kind: AppointmentKind, member: Member, group: number): Due[] {
    return kind.appointments(member, this.#surroundings).flatMap((appointment) => {
      const key = `${member.name} ${kind.name} ${appointment.key}`;
      const at = this.#at(key, appointment);
      if (at === undefined) return [];
      const run = async (moment: number) => {
        this.#next.set(key, appointment.next(moment));
        await appointment.run(moment);
      };
      return [{ at, group, rank: (moment) => appointment.rank?.(moment) ?? "", run }];
    });
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
  for (;;) {
    const due = diary.first();
    const at = due[0]?.at;
    if (at === undefined || at > end) break;
    clock.moveTo(at);
    for (const { run } of due) await run(at);
  }
  clock.moveTo(end);
  for (const { state } of members) {
    state.facts.put("clockOffset", clock.offset);
    state.commit();
  }
}
