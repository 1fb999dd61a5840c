import { nearest } from "../nearest.ts";
import type { Finding, PathPart } from "../problem.ts";
import type { Appliance, DatasetRef, Site } from "../site.ts";
import { appliancesOf, datasetsOf, zvolsOf } from "../walk.ts";
import type { Written } from "../written.ts";
import { volumesWritten } from "../written-volumes.ts";
import type { Check } from "./check.ts";
import { hypervisorReferences } from "./hypervisor-references.ts";
import type { Reference } from "./reference.ts";

/** Every name leads to something that the site declares. */
export const referencesLeadSomewhere: Check = {
  rule: "references-lead-somewhere",
  find: ({ site, written }) => [
    ...references(site)
      .filter(({ name, maps }) => !maps.some((map) => written.declares(...map, name) || written.isMangledMap(...map)))
      .map((reference) => lost(reference, written)),
    ...datasetReferences(site).flatMap((reference) => lostDataset(reference, written)),
  ],
};

function lost({ path, name, maps, kind }: Reference, written: Written): Finding {
  const known = maps.flatMap((map) => written.namesAt(...map));
  const meant = nearest(name, known);
  const remedy = meant === undefined ? `declare the ${kind}, or name one that exists` : `did you mean ${meant}?`;

  return { path, value: name, says: `there is no ${kind} "${name}"`, allowed: known.join(", ") || "none yet", remedy };
}

function references(site: Site): Reference[] {
  return [
    ...machineReferences(site),
    ...hypervisorReferences(site),
    ...volumeReferences(site),
    ...copyReferences(site),
    ...computeReferences(site),
  ];
}

type Path = readonly PathPart[];

function to(kind: string, ...maps: PathPart[][]) {
  return (path: Path, name: string | undefined): Reference[] =>
    name === undefined ? [] : [{ path, name, kind, maps }];
}

const host = to("host", ["hosts"]);
const network = to("network", ["networks"]);
const tier = to("tier", ["snapshotTiers"]);
const cloud = to("cloud", ["clouds"]);
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
      ...bindings(spec, path),
    ]),
  ];
}

/** Networks that an appliance must have an address in. */
function bindings({ ssh, listens, receives }: Appliance, top: Path): Reference[] {
  const own = to("address in network", [...top, "addresses"]);

  return [
    ...own([...top, "ssh", "network"], ssh.network),
    ...Object.entries(listens).flatMap(([service, names]) =>
      names.flatMap((name, at) => own([...top, "listens", service, at], name)),
    ),
    ...own([...top, "receives", "network"], receives?.network),
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
  return [
    ...entries(site.replications, "replications", (spec, path) => [
      ...tier([...path, "tier"], spec.tier),
      ...host([...path, "target", "host"], spec.target.host),
    ]),
    ...entries(site.offsites, "offsites", (spec, path) => cloud([...path, "cloud"], spec.cloud)),
  ];
}

function computeReferences(site: Site): Reference[] {
  return [
    ...entries(site.clusters, "clusters", (spec, path) => [
      ...network([...path, "network"], spec.network),
      ...network([...path, "storage"], spec.storage),
      ...to("image", ["images"])([...path, "image"], spec.image),
      ...Object.entries(spec.nodes).flatMap(([name, node]) => [
        ...host([...path, "nodes", name, "host"], node.host),
        ...network([...path, "nodes", name, "network"], node.network),
        ...Object.keys(node.addresses).flatMap((further) =>
          network([...path, "nodes", name, "addresses", further], further),
        ),
      ]),
    ]),
    ...entries(site.workloads, "workloads", (spec, path) => machine([...path, "runsOn"], spec.runsOn)),
  ];
}

function entries<V, R>(map: Readonly<Record<string, V>>, key: string, each: (value: V, path: PathPart[]) => R[]): R[] {
  return Object.entries(map).flatMap(([name, value]) => each(value, [key, name]));
}

/** A dataset that is named somewhere, under `dataset` where no other key is given. */
interface DatasetReference {
  readonly path: readonly PathPart[];
  readonly ref: DatasetRef;
  readonly key?: string;
}

function datasetReferences(site: Site): DatasetReference[] {
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
  const homes = appliancesOf(site).flatMap(({ appliance, spec: { receives }, path }) =>
    receives === undefined
      ? []
      : [{ path: [...path, "receives"], ref: { appliance, dataset: receives.home }, key: "home" }],
  );
  const configurations = Object.entries(site.configurationCopies?.appliances ?? {}).map(([appliance, { dataset }]) => {
    return { path: ["configurationCopies", "appliances", appliance], ref: { appliance, dataset } };
  });
  const volumes = entries(site.workloads, "workloads", (spec, path) =>
    Object.entries(spec.volumes).flatMap(([name, { data }]) =>
      data === undefined ? [] : [{ path: [...path, "volumes", name, "data"], ref: data }],
    ),
  );
  const snapshots = entries(site.clusters, "clusters", ({ etcdSnapshots }, path) =>
    etcdSnapshots === undefined ? [] : [{ path: [...path, "etcdSnapshots"], ref: etcdSnapshots }],
  );
  const storages = entries(site.hosts, "hosts", ({ proxmox }, path) =>
    Object.entries(proxmox?.storages ?? {}).map(([name, { nfs }]) => ({
      path: [...path, "proxmox", "storages", name, "nfs"],
      ref: nfs,
    })),
  );
  return [
    ...snapshots,
    ...storages,
    ...promotions,
    ...copies,
    ...offsites,
    ...tests,
    ...homes,
    ...configurations,
    ...volumes,
  ];
}

function lostDataset({ path, ref, key = "dataset" }: DatasetReference, written: Written): Finding[] {
  const { appliance, dataset } = ref;
  const maps = [["appliances"]];
  if (!written.declares("appliances", appliance)) {
    const named = written.declares(...path, "appliance") ? [...path, "appliance"] : path;
    return [lost({ path: named, name: appliance, maps, kind: "appliance" }, written)];
  }
  const { names: known, hidden } = volumesWritten(written, appliance);
  if (known.includes(dataset) || hidden) return [];

  const meant = nearest(dataset, known);
  const remedy = meant === undefined ? "declare it, or name one that exists, pool first" : `did you mean ${meant}?`;
  const says = `there is no dataset "${dataset}" on ${appliance}`;
  return [{ path: [...path, key], says, allowed: `a dataset that ${appliance} declares`, remedy }];
}
