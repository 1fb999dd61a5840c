import type { Diagnostic, Step } from "../engine/index.ts";
import { nameOf } from "./resource-name.ts";

const PROTECTED = /cannot be (?:deleted|replaced).* protected/s;
const STATED = /; remedy: (.+)$/s;

/** What to do about an error: as the message states it, or as the run shows for what `protect` has stopped. */
export function remedyFor({ message, urn }: Pick<Diagnostic, "message" | "urn">, steps: readonly Step[]) {
  const remedy = urn && PROTECTED.test(message) ? letGo(urn, steps) : STATED.exec(message)?.[1]?.trim();
  return remedy ? { remedy } : {};
}

function letGo(urn: string, steps: readonly Step[]): string {
  const name = nameOf(urn);
  const host = absentHost(urn, steps);
  if (host) return `give host ${host} the state maintenance: what lies on it stays managed and is left alone meanwhile`;
  const forced = propertiesThatReplace(urn, steps);
  const twoSteps = `set onDestroy: retain on ${name} in the site and run up; then delete its lines and run up again: the data stays on the appliance`;
  if (forced.length === 0) return twoSteps;

  return `put ${forced.join(", ")} back, since no ${kindOf(urn)} can change that once it is made. To start anew, ${twoSteps}; rename it there, declare it again, and copy the data`;
}

/** The host of a resource that waits now although the state holds the real one. */
function absentHost(urn: string, steps: readonly Step[]): string | undefined {
  const waiting = steps.find(
    (step) =>
      step.type === `homelab:waiting:${kindOf(urn)}` && step.op !== "delete" && nameOf(step.urn) === nameOf(urn),
  );
  return (waiting?.inputs as { waitingFor?: { host?: string } } | undefined)?.waitingFor?.host;
}

function propertiesThatReplace(urn: string, steps: readonly Step[]): string[] {
  const diff = steps.find((step) => step.urn === urn)?.diff ?? {};
  return Object.entries(diff).flatMap(([path, { kind }]) => (kind.endsWith("-replace") ? [path] : []));
}

function kindOf(urn: string): string {
  return urn.split("::").at(-2)?.split(":").at(-1) ?? "resource";
}
