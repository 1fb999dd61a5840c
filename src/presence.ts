import type { HostPresence } from "../components/declare.ts";
import type { Site } from "./site/index.ts";

/** Whether what lies on a host can be made. */
export function presenceOf(site: Site, host: string): HostPresence {
  const { state = "offline", reason } = site.hosts[host] ?? {};
  return { name: host, state, reason };
}

/** Whether what lies on an appliance can be made: its host must be there, and its system be installed. */
export function appliancePresence(site: Site, appliance: string): HostPresence {
  const { host = "", installed = true } = site.appliances[appliance] ?? {};
  const presence = presenceOf(site, host);
  if (installed || presence.state !== "online") return presence;

  return {
    name: appliance,
    state: "not-installed",
    reason: "install TrueNAS as its runbook says, then set installed: true",
  };
}

/** Whether something on a host can be asked: it is online, or in maintenance. */
export function isThere(site: Site, host: string): boolean {
  const { state } = presenceOf(site, host);
  return state === "online" || state === "maintenance";
}
