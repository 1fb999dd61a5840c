import type { Cluster } from "../site.ts";
import type { Check } from "./check.ts";

/** An even number of control planes survives no more than one fewer. */
export const controlPlanesAreOdd: Check = {
  rule: "control-planes-are-odd",
  find: ({ site }) =>
    Object.entries(site.clusters).flatMap(([name, { nodes }]) => {
      const planes = Object.entries(nodes).filter(([, { role }]) => role === "control-plane");
      if (planes.length === 0 || planes.length % 2 === 1) return [];
      return [
        {
          path: ["clusters", name, "nodes"],
          value: planes.length,
          says: `${name} has ${planes.length} control planes: ${planes.map(([node]) => node).join(", ")}`,
          allowed: "an odd number of control planes",
          remedy: "add one or take one away; an even number survives no more than one fewer",
        },
      ];
    }),
};

/** What the nodes of a cluster need when this program makes them. */
const NEEDED: Readonly<Record<Cluster["distribution"], readonly (keyof Cluster)[]>> = {
  talos: ["version", "kubernetes", "endpoint"],
  k3s: ["version", "image"],
};

/** A cluster whose machines are made here says what they are made from. */
export const clusterIsComplete: Check = {
  rule: "cluster-is-complete",
  find: ({ site, written }) =>
    Object.entries(site.clusters).flatMap(([name, cluster]) => {
      const managed = Object.values(cluster.nodes).some(({ host }) => site.hosts[host]?.proxmox);
      if (!managed) return [];
      const path = ["clusters", name];
      return NEEDED[cluster.distribution]
        .filter((key) => !written.declares(...path, key))
        .map((key) => ({
          path: [...path, key],
          says: `is missing, but ${name} is made by this program`,
          allowed: `what ${cluster.distribution} needs: ${NEEDED[cluster.distribution].join(", ")}`,
          remedy: "add the line",
        }));
    }),
};

/** With several control planes one begins and the others join; were it another one later, it would begin a cluster of its own. */
export const firstControlPlaneIsNamed: Check = {
  rule: "first-control-plane-is-named",
  find: ({ site }) =>
    Object.entries(site.clusters).flatMap(([name, { nodes, first }]) => {
      const planes = Object.keys(nodes).filter((node) => nodes[node]?.role === "control-plane");
      if (first === undefined ? planes.length < 2 : planes.includes(first)) return [];
      return [
        {
          path: ["clusters", name, "first"],
          says:
            first === undefined
              ? `is missing, and ${name} has ${planes.length} control planes`
              : `"${first}" is no control plane of ${name}`,
          allowed: `a control plane of ${name}: ${planes.join(", ") || "none yet"}`,
          remedy: "name the one that began the cluster, or for a new cluster any of them, and never change it",
        },
      ];
    }),
};

/** Every node that is made here has hardware. */
export const nodeHasHardware: Check = {
  rule: "node-has-hardware",
  find: ({ site, written }) =>
    Object.entries(site.clusters).flatMap(([name, { nodes, machines }]) =>
      Object.entries(nodes).flatMap(([node, { host, role, vm }]) => {
        const path = ["clusters", name, "nodes", node, "vm"];
        const known = vm ?? machines[role];
        const elsewhere = written.declares(...path) || written.declares("clusters", name, "machines", role);
        if (!site.hosts[host]?.proxmox || known || elsewhere) return [];
        const says = `is missing, and ${name} has no machines.${role} either`;
        return [{ path, says, allowed: "hardware of the node, or of its role", remedy: `add it, or machines.${role}` }];
      }),
    ),
};
