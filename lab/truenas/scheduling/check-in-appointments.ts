import { pendingChanges, revert } from "../network/staged-interfaces.ts";
import type { AppointmentKind } from "./appointment.ts";

/** Committed changes of interfaces are taken back when nobody has checked in. */
export const checkInAppointments: AppointmentKind = {
  name: "check-in",
  appointments: ({ state }) => {
    const at = pendingChanges(state)?.revertAt;
    if (at === undefined) return [];
    return [{ key: String(at), next: (after) => Math.max(at, after), run: () => revert(state) }];
  },
};
