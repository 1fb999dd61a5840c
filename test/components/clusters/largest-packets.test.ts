import { BlockList } from "node:net";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { machineConfig } from "../../../components/clusters/talos/machine-config.ts";
import { SAMPLE_SECRETS } from "../../../components/clusters/talos/secrets.ts";
import { interfacesOf } from "../../../components/hosts/interfaces.ts";
import { machineArgs } from "../../../components/machines/virtual-machine.ts";
import { bridgeOf, parseSite, virtualMachinesOf } from "../../../src/site/index.ts";
import { talosPlan } from "../../../src/talos.ts";
import { writtenSite } from "../../support/stack-site.ts";

const site = parseSite(writtenSite("prod"));
const machines = virtualMachinesOf(site);

/** What is said of a network: who says it, and how many bytes its largest packet has. */
type Said = readonly [network: string, who: string, mtu: number];

const tagged = (tag: number | undefined) =>
  Object.entries(site.networks).find(([, { vlan }]) => vlan === (tag ?? 1))?.[0] ?? "";

function networkOf(address: string): string {
  const found = Object.entries(site.networks).find(([, { cidr }]) => {
    const [start = "", length] = cidr.split("/");
    const block = new BlockList();
    block.addSubnet(start, Number(length));
    return block.check(address.split("/")[0] ?? "");
  });
  return found?.[0] ?? "";
}

function ofHosts(): Said[] {
  return Object.entries(site.hosts).flatMap(([name, host]) => {
    if (!host.proxmox) return [];
    const { vlans } = interfacesOf(name, host, host.proxmox, site.networks);
    return Object.values(vlans).map(({ vlan, mtu }): Said => [tagged(vlan), `host ${name}`, Number(mtu)]);
  });
}

function ofMachines(): Said[] {
  return machines.flatMap((machine) => {
    const proxmox = site.hosts[machine.host]?.proxmox;
    if (!proxmox || !machine.hardware) return [];
    const host = { name: machine.host, proxmox, bridgeOf: (network: string) => bridgeOf(proxmox, network) ?? "" };
    const { networkDevices } = machineArgs(machine, machine.hardware, host, []);
    return networkDevices.map((card): Said => {
      const tag = "vlanId" in card ? Number(card.vlanId) : undefined;
      return [tagged(tag), `card of ${machine.name}`, card.mtu];
    });
  });
}

function ofNodes(): Said[] {
  return Object.entries(site.clusters).flatMap(([name, cluster]) => {
    const own = machines.filter(({ path }) => path[0] === "clusters" && path[1] === name);
    const plan = talosPlan(name, cluster, site, own, undefined);
    return plan.nodes.flatMap((node) => {
      const documents = parseAllDocuments(machineConfig(plan, node, SAMPLE_SECRETS)).map((one) => one.toJS());
      return documents
        .filter(({ kind }) => kind === "LinkConfig")
        .map(({ addresses, mtu }): Said => [networkOf(addresses[0].address), `link of ${node.name}`, mtu]);
    });
  });
}

describe("the largest packet of a network in prod", () => {
  const said = [...ofHosts(), ...ofMachines(), ...ofNodes()];
  const by = (network: string) => said.filter(([of]) => of === network);

  test.each(Object.entries(site.networks))("%s is the same for hosts, cards and nodes", (network, { mtu }) => {
    expect(by(network).filter(([, , bytes]) => bytes !== mtu)).toEqual([]);
  });

  test("is said by everybody who speaks there", () => {
    const counts = Object.keys(site.networks).map((network) => [
      network,
      ...["host", "card", "link"].map((who) => by(network).filter(([, name]) => name.startsWith(who)).length),
    ]);

    expect(counts).toEqual([
      ["management", 0, 0, 0],
      ["storage", 2, 10, 8],
      ["lan", 2, 2, 0],
      ["k8s-shared", 0, 4, 4],
      ["k8s-apps", 0, 2, 2],
      ["k8s-test", 0, 2, 2],
    ]);
  });

  test("fits through every bridge that carries the network", () => {
    for (const [name, host] of Object.entries(site.hosts)) {
      if (!host.proxmox) continue;
      const { bridges } = interfacesOf(name, host, host.proxmox, site.networks);
      for (const [bridge, { mtu }] of Object.entries(bridges)) {
        const carried = host.proxmox.bridges[bridge]?.networks ?? [];
        expect(carried.filter((network) => (site.networks[network]?.mtu ?? 0) > Number(mtu))).toEqual([]);
      }
    }
  });
});
