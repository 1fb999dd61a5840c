import type { SiteArgs } from "../components/site.ts";
import type { DatasetSpec, Site, ZvolSpec } from "./site/index.ts";

/** What the state keeps of a site for the policies. */
export function siteRecord(site: Site): SiteArgs {
  const { name, ownership, waivers, networks, hosts, monitoring } = site;
  const data = Object.entries(site.appliances).flatMap(([appliance, { pools }]) =>
    Object.entries(pools).flatMap(([pool, { datasets, zvols }]) =>
      Object.entries({ ...datasets, ...zvols }).map(([path, spec]) => ({ at: `${appliance}/${pool}/${path}`, spec })),
    ),
  );
  const held = Object.entries(site.appliances).flatMap(([appliance, { pools }]) =>
    Object.entries(pools).map(([pool, spec]) => ({ at: `${appliance}/${pool}`, spec })),
  );
  return {
    name,
    ownershipModel: ownership.model,
    phase: ownership.phase,
    waivers,
    networks: mapValues(networks, ({ vlan, cidr }) => ({ vlan, cidr })),
    hosts: mapValues(hosts, ({ state, role, addresses }) => ({ state, ...(role ? { role } : {}), addresses })),
    classes: Object.fromEntries(data.map(({ at, spec }) => [at, spec.class])),
    made: Object.fromEntries(data.flatMap(({ at, spec }) => madeBelow(at, spec))),
    retained: [...held, ...data].filter(({ spec }) => spec.onDestroy === "retain").map(({ at }) => at),
    fromScratch: Object.entries(site.replications).flatMap(([name, { source, fromScratch }]) =>
      fromScratch ? [`${source.appliance}/${name}`] : [],
    ),
    unconfirmedCopies: unconfirmedCopies(site),
    minHeadroom: monitoring.minHeadroom,
    capacityAlerts: monitoring.capacityAlerts,
  };
}

function unconfirmedCopies({ configurationCopies: copies }: Site): string[] {
  return copies === undefined || copies.confirmed !== undefined ? [] : Object.keys(copies.appliances);
}

function madeBelow(at: string, { access }: DatasetSpec | ZvolSpec): [string, "nfs" | "iscsi"][] {
  return "csi" in access && access.csi !== undefined ? [[at, access.csi.protocol]] : [];
}

function mapValues<V, R>(map: Readonly<Record<string, V>>, each: (value: V) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, each(value)]));
}
