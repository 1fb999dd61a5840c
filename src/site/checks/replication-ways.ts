import type { PathPart } from "../problem.ts";
import type { Replication, Site } from "../site.ts";
import type { Check } from "./check.ts";

interface Way {
  readonly name: string;
  readonly spec: Replication;
  /** The appliance that receives. */
  readonly target: string;
  readonly path: readonly PathPart[];
}

/** What ZFS replication carries from one appliance to another. */
function waysOf(site: Site): Way[] {
  return Object.entries(site.replications).flatMap(([name, spec]) => {
    const { appliance: target } = spec.target;
    const away = spec.method === "zfs" && target !== undefined && target !== spec.source.appliance;
    return away ? [{ name, spec, target, path: ["replications", name] }] : [];
  });
}

/** Whoever receives copies says how they come in. */
export const copiesComeIn: Check = {
  rule: "copies-come-in",
  find: ({ site, written }) => {
    const firsts = new Map(waysOf(site).map((way) => [way.target, way]));
    return [...firsts.values()].flatMap(({ target, name }) => {
      const path = ["appliances", target, "receives"];
      if (!written.declares("appliances", target) || written.declares(...path)) return [];

      const says = `is missing, but replication ${name} ends there`;
      const allowed = "network and home of the account that takes the copies";
      return [{ path, says, allowed, remedy: "add receives, with a small dataset as the account's home" }];
    });
  },
};

/** Both ends of a copy lie in the network that it travels in. */
export const copiesShareNetwork: Check = {
  rule: "copies-share-network",
  find: ({ site, intact }) =>
    waysOf(site).flatMap(({ spec, target, path: top }) => {
      const receiver = site.appliances[target];
      const network = receiver?.receives?.network;
      const source = site.appliances[spec.source.appliance];
      if (network === undefined || receiver?.addresses[network] === undefined) return [];
      if (source === undefined || source.addresses[network] !== undefined) return [];
      if (!intact(["appliances", spec.source.appliance, "addresses"])) return [];

      const path = [...top, "source", "appliance"];
      const says = `${spec.source.appliance} has no address in ${network}, over which ${target} receives copies`;
      const remedy = `give it an address in ${network}, or receive over another network`;
      return [{ path, says, allowed: `an appliance with an address in ${network}`, remedy }];
    }),
};

/** Data goes to a machine that is known by its key, once it can be asked for it and somebody is there to send. */
export const receiverIsKnown: Check = {
  rule: "receiver-is-known",
  find: ({ site, written }) => {
    const ready = waysOf(site).filter(
      ({ target, spec }) => isThere(site, target) && isThere(site, spec.source.appliance),
    );
    const firsts = new Map(ready.map((way) => [way.target, way]));
    return [...firsts.values()].flatMap(({ target, name }) => {
      const path = ["appliances", target, "ssh", "hostKey"];
      if (written.declares(...path)) return [];

      const says = `is missing, but ${target} is there and replication ${name} sends data to it`;
      const remedy = "read it on the appliance's console: cat /etc/ssh/ssh_host_ed25519_key.pub";
      return [{ path, says, allowed: "ssh-ed25519 and the key in base64", remedy }];
    });
  },
};

function isThere(site: Site, appliance: string): boolean {
  const { host = "", installed = false } = site.appliances[appliance] ?? {};
  const state = site.hosts[host]?.state ?? "offline";
  return installed && state !== "offline" && state !== "not-installed";
}

/** Only what is empty may be overwritten: replication from scratch destroys its target first. */
export const scratchTargetIsEmpty: Check = {
  rule: "scratch-target-is-empty",
  find: ({ site }) =>
    Object.entries(site.replications).flatMap(([name, { fromScratch, target }]) => {
      if (!fromScratch || target.appliance === undefined || target.dataset === undefined) return [];
      const [pool = "", ...below] = target.dataset.split("/");
      const { datasets = {}, zvols = {} } = site.appliances[target.appliance]?.pools[pool] ?? {};
      const top = below.join("/");
      const inside = [...Object.keys(datasets), ...Object.keys(zvols)].find((other) => other.startsWith(`${top}/`));
      const shared = Object.keys(datasets[top]?.access ?? {}).length > 0;
      if (inside === undefined && !shared) return [];

      const path = ["replications", name, "fromScratch"];
      const seen = inside === undefined ? `${target.dataset} is shared` : `${pool}/${inside} lies in the target`;
      const says = `${seen}, and replication from scratch destroys what is there`;
      return [
        { path, says, allowed: "false, or an empty target", remedy: "remove the line, or copy to a new dataset" },
      ];
    }),
};
