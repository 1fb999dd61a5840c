import { expect, test } from "vitest";
import { networkDocuments } from "../../../components/clusters/talos/network-documents.ts";
import { parseSite, virtualMachinesOf } from "../../../src/site/index.ts";
import { talosNode, talosPlan } from "../../../src/talos.ts";
import { withChanges } from "../../support/invalid-sites.ts";
import { wholeSiteOf } from "../../support/site-yaml.ts";

/** What a control plane of prod is told of its network, with these places of its cards. */
function toldWith(nics: Readonly<Record<string, { readonly card: number }>>) {
  const change = { "clusters.prod.machines.control-plane.nics": nics };
  const site = parseSite(withChanges(wholeSiteOf("prod"), change));
  const machine = virtualMachinesOf(site).find(({ name }) => name === "prod-cp-1");
  const cluster = site.clusters["prod"];
  if (!machine || !cluster) throw new Error("prod has no such machine");
  const node = talosNode(cluster, machine);
  const documents = networkDocuments(talosPlan("prod", cluster, site, [machine], undefined), node);

  return { subnet: node.subnet, shared: documents.at(-1), links: node.interfaces.map(({ address }) => address) };
}

test.each([
  [{}, 0, ["10.0.1.11/24", "10.10.10.31/24"]],
  [{ storage: { card: 1 } }, 1, ["10.10.10.31/24", "10.0.1.11/24"]],
])("with the cards %j the shared address and the kubelet stay in the cluster's network", (nics, card, links) => {
  expect(toldWith(nics)).toEqual({
    subnet: "10.0.1.0/24",
    shared: { apiVersion: "v1alpha1", kind: "Layer2VIPConfig", name: "10.0.1.10", link: `eth${card}` },
    links,
  });
});
