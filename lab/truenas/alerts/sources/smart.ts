import type { Found } from "../alert-row.ts";
import type { AlertSource } from "../alert-source.ts";

/** What disks say of themselves, as 25.10 asks them; before that a service of its own did. */
export const failedDisks: AlertSource = {
  name: "SMART",
  only: "25.10",
  every: () => 90 * 60_000,
  reads: ({ disks, diskConditions }) => [disks, diskConditions],
  look: ({ state }) =>
    state.diskConditions.entries().flatMap(([serial, { uncorrectedErrors = 0, failedSelfTest = false }]): Found[] => {
      const name = state.disks.get(serial)?.name ?? serial;
      return [
        ...(uncorrectedErrors > 0
          ? [{ klass: "SMARTUncorrectedErrors", args: { ue: uncorrectedErrors, name, serial } }]
          : []),
        ...(failedSelfTest ? [{ klass: "SMARTFailedSelfTest", args: { name, serial } }] : []),
      ];
    }),
};

/** That service, while it should run and does not. */
export const smartd: AlertSource = {
  name: "Smartd",
  only: "25.04",
  reads: ({ services }) => [services],
  look: ({ state }) =>
    state.services
      .values()
      .filter(({ service, enable, running }) => service === "smartd" && enable && !running)
      .map(() => ({ klass: "Smartd", args: null })),
};
