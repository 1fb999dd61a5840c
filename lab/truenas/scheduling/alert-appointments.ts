import { deskOf } from "../alerts/desk.ts";
import { startTelling } from "../alerts/policies.ts";
import { generation, nextWatch, watch } from "../alerts/watch.ts";
import type { AppointmentKind } from "./appointment.ts";

/** The middleware looks for what there is to tell. */
export const alertAppointments: AppointmentKind = {
  name: "alerts",
  appointments: (member, surroundings) => {
    const desk = deskOf(member, surroundings);
    startTelling(desk);
    return [{ key: `${generation(desk)}`, next: (after) => nextWatch(desk, after), run: () => watch(desk) }];
  },
};
