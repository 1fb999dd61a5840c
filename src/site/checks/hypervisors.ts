import { bridgeFingerprint, bridgeMtu, bridgeOf, carriesApi } from "../bridges.ts";
import { formatPath, type PathPart } from "../problem.ts";
import type { Host, Proxmox, Site } from "../site.ts";
import { virtualMachinesOf } from "../virtual-machines.ts";
import type { Check } from "./check.ts";
import { repeated } from "./repeated.ts";

interface HypervisorAt {
  readonly name: string;
  readonly host: Host;
  readonly proxmox: Proxmox;
  readonly path: readonly PathPart[];
}

/** The hosts of a site on which something is managed. */
export function hypervisorsOf(site: Site): HypervisorAt[] {
  return Object.entries(site.hosts).flatMap(([name, host]) =>
    host.proxmox ? [{ name, host, proxmox: host.proxmox, path: ["hosts", name, "proxmox"] }] : [],
  );
}

/** Only a host that runs Proxmox has anything of Proxmox to manage. */
export const proxmoxFitsHost: Check = {
  rule: "proxmox-fits-host",
  find: ({ site }) =>
    hypervisorsOf(site).flatMap(({ name, host, path }) =>
      host.kind === "proxmox"
        ? []
        : [
            {
              path,
              value: host.kind,
              says: `${name} is ${host.kind}`,
              allowed: "no proxmox, or kind: proxmox",
              remedy: "remove the lines, or say that the host runs Proxmox",
            },
          ],
    ),
};

/** On one host a network lies on one bridge. */
export const oneBridgePerNetwork: Check = {
  rule: "one-bridge-per-network",
  find: ({ site }) =>
    hypervisorsOf(site).flatMap(({ proxmox, path }) => {
      const carried = Object.entries(proxmox.bridges).flatMap(([bridge, { networks }]) =>
        networks.map((network, at) => ({ network, path: [...path, "bridges", bridge, "networks", at] })),
      );
      return repeated(carried, ({ network }) => network).map(({ first, again }) => ({
        path: again.path,
        says: `${again.network} is also ${formatPath(first.path)}`,
        allowed: "a network that no other bridge of the host carries",
        remedy: "leave it to one of the two bridges",
      }));
    }),
};

/** Every address of a managed host, and every card of its machines, has a bridge that carries its VLAN. */
export const vlanIsOnBridge: Check = {
  rule: "vlan-is-on-bridge",
  find: ({ site, intact }) => {
    const hosts = hypervisorsOf(site).flatMap(({ name, host, proxmox }) =>
      Object.keys(host.addresses).map((network) => ({
        ...{ who: name, host: name, proxmox, network },
        path: ["hosts", name, "addresses", network],
      })),
    );
    const machines = virtualMachinesOf(site).flatMap(({ name, host, hardware, nics, path }) => {
      const proxmox = site.hosts[host]?.proxmox;
      if (!proxmox || !hardware) return [];
      return nics.map(({ network }) => ({ who: name, host, proxmox, network, path }));
    });

    return [...hosts, ...machines]
      .filter(({ host }) => intact(["hosts", host, "proxmox", "bridges"]))
      .filter(({ proxmox, network }) => site.networks[network] && bridgeOf(proxmox, network) === undefined)
      .map(({ who, host, proxmox, network, path }) => ({
        path,
        value: network,
        says: `${who} has a card in ${network}, VLAN ${site.networks[network]?.vlan}, which no bridge of ${host} carries`,
        allowed:
          [...new Set(Object.values(proxmox.bridges).flatMap(({ networks }) => networks))].join(", ") || "none yet",
        remedy: `add ${network} to the networks of a bridge of ${host}`,
      }));
  },
};

/** Who changes the bridge that carries the API says so: a mistake there cuts off the host (ADR-0051). */
export const bridgeIsConfirmed: Check = {
  rule: "bridge-is-confirmed",
  find: ({ site, intact }) =>
    hypervisorsOf(site).flatMap(({ name: hostName, host, proxmox, path: top }) =>
      Object.entries(proxmox.bridges).flatMap(([name, bridge]) => {
        const path = [...top, "bridges", name];
        const expected = bridgeFingerprint(host, name, bridge, site.networks);
        const known = intact(path) && intact(["networks"]) && intact(["hosts", hostName, "addresses"]);
        if (!carriesApi(proxmox, bridge) || bridge.confirmed === expected || !known) return [];
        const { confirmed } = bridge;
        return [
          {
            path: [...path, "confirmed"],
            value: confirmed,
            says: confirmed
              ? `"${confirmed}" does not confirm ${name}, which carries the API of ${hostName}, as it is written`
              : `is missing, but ${name} carries the API of ${hostName}`,
            allowed: "the fingerprint of ports, VLANs, MTU and the host's addresses on it",
            remedy: `check them against the host, have a console at hand, then write confirmed: "${expected}"`,
          },
        ];
      }),
    ),
};

/** All who speak in a network agree on the largest packet. */
export const oneMtuPerNetwork: Check = {
  rule: "one-mtu-per-network",
  find: ({ site }) => [
    ...hypervisorsOf(site).flatMap(({ proxmox, path }) =>
      Object.entries(proxmox.bridges).flatMap(([name, bridge]) => {
        const mtu = bridgeMtu(bridge, site.networks);
        const larger = bridge.networks.find((network) => (site.networks[network]?.mtu ?? 0) > mtu);
        if (larger === undefined) return [];
        const needed = site.networks[larger]?.mtu;
        const says = `${mtu} is too small for ${larger}, whose packets have ${needed} bytes`;
        const remedy = "raise it where ports and switch carry as much, or lower the network's";
        return [{ path: [...path, "bridges", name, "mtu"], says, allowed: `${needed} or more`, remedy }];
      }),
    ),
    ...virtualMachinesOf(site).flatMap(({ nics, hardwarePath }) =>
      nics.flatMap(({ network, mtu }) => {
        const agreed = site.networks[network]?.mtu;
        if (agreed === undefined || mtu === agreed) return [];
        const path = [...hardwarePath, "nics", network, "mtu"];
        const says = `${mtu} is not the MTU of ${network}, which is ${agreed}`;
        return [{ path, says, allowed: String(agreed), remedy: "use one MTU for all who speak in the network" }];
      }),
    ),
  ],
};
