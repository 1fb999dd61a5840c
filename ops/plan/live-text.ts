import type { LiveAppliance } from "./live.ts";

/** In words: what changes on which appliance, or that nothing does. */
export function renderLive(appliances: readonly LiveAppliance[]): string {
  return [
    "Snapshots that the next up would change",
    ...appliances.flatMap(({ appliance, impacts, waits, unreached }) => {
      if (waits !== undefined) return [`  ${appliance}: not asked, ${waits}`];
      if (unreached !== undefined) return [`  ${appliance}: not known, ${unreached}`];
      if (impacts.length === 0) return [`  ${appliance}: none`];
      return impacts.flatMap(({ task, text }) => [`  ${appliance} ${task}`, `      ${text}`]);
    }),
  ].join("\n");
}
