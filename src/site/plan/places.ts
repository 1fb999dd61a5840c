import type { Site } from "../site.ts";
import type { Carrier } from "./carriers.ts";
import type { Place, Waits } from "./dataset-plan.ts";
import { betweenMachines, WITHIN_APPLIANCE, wideArea } from "./speeds.ts";
import { applianceWaits, type Volume, waitsFor } from "./volumes.ts";

/** Where a carrier takes some data, and what lies on the way. */
export interface Destination {
  readonly place: Place;
  readonly host?: string;
  readonly medium: string;
  readonly at: string;
  /** Bytes per second on the way there. */
  readonly there: number;
  readonly waits?: Waits;
}

/** Where a carrier takes what lies at a path; the place is seen from the home of the data. */
export function destinationOf(carrier: Carrier, path: string, home: Volume, site: Site): Destination {
  const { to, source } = carrier;
  const below = path.slice(source.dataset.length);
  const from = site.appliances[source.appliance];
  const start = applianceWaits(source.appliance, site);

  if ("bucket" in to) {
    const at = `${to.folder ?? ""}${below}` || "/";
    return { place: "offsite", medium: `${to.provider}:${to.bucket}`, at, there: wideArea(site).up, ...waiting(start) };
  }
  const host = "host" in to ? to.host : (site.appliances[to.appliance]?.host ?? "");
  const place = placeOf(to, host, home, site);
  const waits = waiting(start ?? ("host" in to ? waitsFor(host, site) : applianceWaits(to.appliance, site)));
  const there = place.endsWith("pool")
    ? WITHIN_APPLIANCE
    : betweenMachines(from?.addresses ?? {}, addressesOf(to, site), site);
  return "host" in to
    ? { place, host, medium: `${host}:${to.path}`, at: `${to.path}${below}`, there, ...waits }
    : { place, host, medium: `${to.appliance}/${poolOf(to.dataset)}`, at: `${to.dataset}${below}`, there, ...waits };
}

function placeOf(to: Carrier["to"], host: string, home: Volume, site: Site): Place {
  const homeHost = site.appliances[home.appliance]?.host ?? "";
  if (machineUnder(host, site) !== machineUnder(homeHost, site)) return "other-host";
  const samePool = "dataset" in to && to.appliance === home.appliance && poolOf(to.dataset) === home.pool;
  return samePool ? "same-pool" : "other-pool";
}

/** The machine that a host is, or runs on: a virtual machine is lost with the one under it. */
function machineUnder(host: string, site: Site): string {
  const under = site.hosts[host]?.runsOn;
  return under === undefined || under === host ? host : machineUnder(under, site);
}

function addressesOf(to: Carrier["to"], site: Site): Readonly<Record<string, string>> {
  if ("dataset" in to) return site.appliances[to.appliance]?.addresses ?? {};
  return "host" in to ? (site.hosts[to.host]?.addresses ?? {}) : {};
}

function poolOf(path: string): string {
  return path.split("/")[0] ?? "";
}

function waiting(waits: Waits | undefined): { readonly waits?: Waits } {
  return waits === undefined ? {} : { waits };
}
