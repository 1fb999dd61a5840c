import type { Dialect } from "../versions.ts";
import type { ApplianceState } from "./appliance-state.ts";

interface Service {
  readonly service: string;
  /** Only in this dialect. */
  readonly only?: Dialect;
  readonly running?: boolean;
}

const SERVICES: readonly Service[] = [
  { service: "cifs" },
  { service: "ftp" },
  { service: "iscsitarget" },
  { service: "nfs" },
  { service: "nvmet", only: "25.10" },
  { service: "smartd", only: "25.04", running: true },
  { service: "snmp" },
  { service: "ssh", running: true },
  { service: "ups" },
];

/** Gives an appliance the services of its release, all off except those that it could not be reached without. */
export function installServices(state: ApplianceState, dialect: Dialect): void {
  const present = new Set(state.services.values().map(({ service }) => service));
  for (const { service, only, running = false } of SERVICES) {
    if (present.has(service) || (only !== undefined && only !== dialect)) continue;
    const id = state.next("service");
    state.services.put(id, { id, service, enable: running, running });
  }
}
