import { nearest } from "../nearest.ts";
import type { Finding, PathPart } from "../problem.ts";
import type { DatasetRef, Site } from "../site.ts";
import { appliancesOf, datasetsOf, zvolsOf } from "../walk.ts";
import type { Written } from "../written.ts";
import { volumesWritten } from "../written-volumes.ts";
import type { Check } from "./check.ts";

/** A name that stands for something declared elsewhere. */
interface Reference {
  readonly path: readonly PathPart[];
  readonly name: string;
  /** Maps in which the name may be declared. */
  readonly maps: readonly (readonly PathPart[])[];
  /** What those maps hold. */
  readonly kind: string;
}

/** Every name leads to something that the site declares. */
export const referencesLeadSomewhere: Check = {
  rule: "references-lead-somewhere",
  find: ({ site, written }) => [
    ...references(site)
      .filter(({ name, maps }) => !maps.some((map) => written.declares(...map, name) || written.isMangledMap(...map)))
      .map((reference) => lost(reference, written)),
    ...datasetReferences(site).flatMap(({ path, ref }) => lostDataset(path, ref, written)),
  ],
};

function lost({ path, name, maps, kind }: Reference, written: Written): Finding {
  const known = maps.flatMap((map) => written.namesAt(...map));
  const meant = nearest(name, known);
  const remedy = meant === undefined ? `declare the ${kind}, or name one that exists` : `did you mean ${meant}?`;

  return { path, value: name, says: `there is no ${kind} "${name}"`, allowed: known.join(", ") || "none yet", remedy };
}

function references(site: Site): Reference[] {
  return [...machineReferences(site), ...volumeReferences(site), ...copyReferences(site), ...computeReferences(site)];
}

type Path = readonly PathPart[];

function to(kind: string, ...maps: PathPart[][]) {
  return (path: Path, name: string | undefined): Reference[] =>
    name === undefined ? [] : [{ path, name, kind, maps }];
}

const host = to("host", ["hosts"]);
const network = to("network", ["networks"]);
const tier = to("tier", ["snapshotTiers"]);
const machine = to("cluster, host or appliance", ["clusters"], ["hosts"], ["appliances"]);

function machineReferences(site: Site): Reference[] {
  const keyed = (path: Path, map: object) => Object.keys(map).flatMap((name) => network([...path, name], name));

  return [
    ...entries(site.hosts, "hosts", (spec, path) => [
      ...host([...path, "runsOn"], spec.runsOn),
      ...keyed([...path, "addresses"], spec.addresses),
    ]),
    ...appliancesOf(site).flatMap(({ spec, path }) => [
      ...host([...path, "host"], spec.host),
      ...keyed([...path, "addresses"], spec.addresses),
      ...to("address in network", [...path, "addresses"])([...path, "ssh", "network"], spec.ssh.network),
    ]),
  ];
}

function volumeReferences(site: Site): Reference[] {
  const listed = (path: Path, names: readonly string[] = []) =>
    names.flatMap((name, at) => network([...path, "networks", at], name));

  return [
    ...datasetsOf(site).flatMap(({ spec: { access }, path }) => [
      ...listed([...path, "access", "nfs"], access.nfs?.networks),
      ...listed([...path, "access", "smb"], access.smb?.networks),
    ]),
    ...zvolsOf(site).flatMap(({ spec, path }) => listed([...path, "access", "iscsi"], spec.access.iscsi?.networks)),
    ...[...datasetsOf(site), ...zvolsOf(site)].flatMap(({ spec, path }) =>
      spec.snapshots.flatMap((snapshot, at) => tier([...path, "snapshots", at, "tier"], snapshot.tier)),
    ),
  ];
}

function copyReferences(site: Site): Reference[] {
  return entries(site.replications, "replications", (spec, path) => [
    ...tier([...path, "tier"], spec.tier),
    ...host([...path, "target", "host"], spec.target.host),
  ]);
}

function computeReferences(site: Site): Reference[] {
  return [
    ...entries(site.clusters, "clusters", (spec, path) => [
      ...network([...path, "network"], spec.network),
      ...Object.entries(spec.nodes).flatMap(([name, node]) => [
        ...host([...path, "nodes", name, "host"], node.host),
        ...network([...path, "nodes", name, "network"], node.network),
      ]),
    ]),
    ...entries(site.workloads, "workloads", (spec, path) => machine([...path, "runsOn"], spec.runsOn)),
  ];
}

function entries<V, R>(map: Readonly<Record<string, V>>, key: string, each: (value: V, path: PathPart[]) => R[]): R[] {
  return Object.entries(map).flatMap(([name, value]) => each(value, [key, name]));
}

function datasetReferences(site: Site): { path: readonly PathPart[]; ref: DatasetRef }[] {
  const promotions = [...datasetsOf(site), ...zvolsOf(site)].flatMap(({ spec, path }) =>
    spec.promoteTo === undefined ? [] : [{ path: [...path, "promoteTo"], ref: spec.promoteTo }],
  );
  const copies = entries(site.replications, "replications", ({ source, target }, path) => [
    { path: [...path, "source"], ref: source },
    ...(target.appliance === undefined || target.dataset === undefined
      ? []
      : [{ path: [...path, "target"], ref: { appliance: target.appliance, dataset: target.dataset } }]),
  ]);
  const offsites = entries(site.offsites, "offsites", ({ source }, path) => [
    { path: [...path, "source"], ref: source },
  ]);
  const tests = entries(site.restoreTests, "restoreTests", ({ source }, path) => [
    { path: [...path, "source"], ref: source },
  ]);
  const volumes = entries(site.workloads, "workloads", (spec, path) =>
    Object.entries(spec.volumes).flatMap(([name, { data }]) =>
      data === undefined ? [] : [{ path: [...path, "volumes", name, "data"], ref: data }],
    ),
  );
  return [...promotions, ...copies, ...offsites, ...tests, ...volumes];
}

function lostDataset(path: readonly PathPart[], { appliance, dataset }: DatasetRef, written: Written): Finding[] {
  const maps = [["appliances"]];
  if (!written.declares("appliances", appliance)) {
    return [lost({ path: [...path, "appliance"], name: appliance, maps, kind: "appliance" }, written)];
  }
  const { names: known, hidden } = volumesWritten(written, appliance);
  if (known.includes(dataset) || hidden) return [];

  const meant = nearest(dataset, known);
  const remedy = meant === undefined ? "declare it, or name one that exists, pool first" : `did you mean ${meant}?`;
  const says = `there is no dataset "${dataset}" on ${appliance}`;
  return [{ path: [...path, "dataset"], says, allowed: `a dataset that ${appliance} declares`, remedy }];
}
