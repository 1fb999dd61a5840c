import type { Member, Surroundings } from "../surroundings.ts";
import type { Appointment, AppointmentKind } from "./appointment.ts";
import { checkInAppointments } from "./check-in-appointments.ts";
import { cloudBackupAppointments, cloudSyncAppointments, cronJobAppointments } from "./cloud-appointments.ts";
import { expireSnapshots, Retention } from "./retention.ts";
import { scrubAppointments } from "./scrub-appointments.ts";
import { snapshotAppointments } from "./snapshot-appointments.ts";

/** Everything that falls due by itself, in the order in which things due at the same moment are done. */
const KINDS: readonly AppointmentKind[] = [
  checkInAppointments,
  snapshotAppointments,
  cronJobAppointments,
  cloudBackupAppointments,
  cloudSyncAppointments,
  scrubAppointments,
];

interface Due {
  readonly at: number;
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
    const due = KINDS.flatMap((kind) =>
      this.#members.filter(({ powered }) => powered).flatMap((member) => this.#of(kind, member)),
    );
    const at = Math.min(...due.map((entry) => entry.at));
    this.#done = at;
    return due.filter((entry) => entry.at === at);
  }

  #of(kind: AppointmentKind, member: Member): Due[] {
    return kind.appointments(member, this.#surroundings).flatMap((appointment) => {
      const key = `${member.name} ${kind.name} ${appointment.key}`;
      const at = this.#at(key, appointment);
      if (at === undefined) return [];
      const run = async (moment: number) => {
        this.#next.set(key, appointment.next(moment));
        await appointment.run(moment);
      };
      return [{ at, run }];
    });
  }

  // An appointment that came up on the way begins after what was just done.
  #at(key: string, appointment: Appointment): number | undefined {
    if (!this.#next.has(key)) this.#next.set(key, appointment.next(this.#done));
    return this.#next.get(key);
  }
}

/** Moves the clock forward, running on the way everything that falls due on any appliance, in order of time. */
export async function advance(surroundings: Surroundings, members: readonly Member[], ms: number): Promise<void> {
  const { clock } = surroundings;
  const end = clock.time + ms;
  const diary = new Diary(surroundings, members);
  const retentions = members.map((member) => ({ member, retention: new Retention(member.state) }));
  const expire = (now: number) => {
    for (const { member, retention } of retentions) if (member.powered) expireSnapshots(member.state, retention, now);
  };
  for (;;) {
    const due = diary.first();
    const at = due[0]?.at;
    if (at === undefined || at > end) break;
    clock.moveTo(at);
    for (const { run } of due) await run(at);
    expire(at);
  }
  clock.moveTo(end);
  expire(clock.time);
  for (const { state } of members) {
    state.facts.put("clockOffset", clock.offset);
    state.commit();
  }
}
