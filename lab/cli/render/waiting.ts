import type { Step } from "../../engine/index.ts";
import { operationOf } from "../report.ts";

interface WaitingFor {
  readonly host: string;
  readonly state: string;
  readonly reason?: string;
}

/** What waits, one line per host: how many objects, for which host, and why it is not there. */
export function renderWaiting(steps: readonly Step[]): string {
  const hosts = steps
    .filter((step) => operationOf(step) === "waiting")
    .flatMap((step) => (step.inputs as { waitingFor?: WaitingFor }).waitingFor ?? [])
    .map(({ host, state, reason }) =>
      reason ? `${host}, which is ${state}: ${reason}` : `${host}, which is ${state}`,
    );

  return [...Map.groupBy(hosts, (host) => host)]
    .map(([host, members]) => `${members.length === 1 ? "1 object" : `${members.length} objects`} for ${host}`)
    .join("\n");
}
