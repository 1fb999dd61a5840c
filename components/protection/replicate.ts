import type { Site } from "../../src/site/index.ts";
import type { TrueNas } from "../storage/true-nas.ts";
import { Receiver } from "./receiver.ts";
import { type NamedReplication, Replication } from "./replication.ts";

/** Everything that ZFS replication carries between the appliances of a site. */
export function replicate(site: Site, appliances: ReadonlyMap<string, TrueNas>): void {
  const pairs = [...Map.groupBy(zfsReplications(site), pairOf).values()].flatMap((replications) => {
    const [first] = replications;
    const source = appliances.get(first?.spec.source.appliance ?? "");
    const target = appliances.get(first?.spec.target.appliance ?? "");
    return source && target ? [{ way: new Replication(source, target), replications }] : [];
  });
  const receivers = receiversOf(pairs.map(({ way }) => way));

  for (const { way, replications } of pairs) {
    way.start(replications, site, way.source === way.target ? undefined : receivers.get(way.target));
  }
}

/** One way in for each appliance that others send to, with the keys of all of them. */
function receiversOf(ways: readonly Replication[]): ReadonlyMap<TrueNas, Receiver> {
  const coming = Map.groupBy(
    ways.filter(({ source, target }) => source !== target),
    ({ target }) => target,
  );
  return new Map(
    [...coming].flatMap(([target, senders]) => {
      const { receives } = target.appliance;
      return receives ? [[target, new Receiver(target, receives, senders)] as const] : [];
    }),
  );
}

function zfsReplications(site: Site): NamedReplication[] {
  return Object.entries(site.replications)
    .filter(([, { method }]) => method === "zfs")
    .map(([name, spec]) => ({ name, spec }));
}

function pairOf({ spec: { source, target } }: NamedReplication): string {
  return `${source.appliance} ${target.appliance}`;
}
