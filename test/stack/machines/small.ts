import { fingerprint } from "../../../truenas/index.ts";
import { smallSite, withChanges } from "../../support/invalid-sites.ts";
import type { SiteYaml } from "../../support/site-yaml.ts";

const HOST_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"C".repeat(43)}`;
const SNAPSHOTS = { appliance: "nas", dataset: "tank/backups", schedule: "15 */6 * * *" };
const HOME = {
  distribution: "k3s",
  version: "v1.36.3+k3s1",
  network: "cluster",
  storage: "storage",
  image: "debian",
  etcdSnapshots: SNAPSHOTS,
  machines: { "control-plane": { memory: "4 GiB", disk: "20 GiB" } },
  nodes: {
    mainkube: {
      ...{ host: "box", vmId: 331, role: "control-plane", network: "cluster", address: "203.0.113.31" },
      ...{ addresses: { storage: "192.0.2.33" }, hostKey: HOST_KEY },
    },
  },
};

/** A house on one machine: an appliance, a Talos cluster with a GPU, a K3s cluster, and what is backed up. */
export function smallHouse(change: Readonly<Record<string, unknown>> = {}): SiteYaml {
  return withChanges(smallSite("hypervisor-site"), {
    "hosts.box.proxmox.ssh.hostKey": HOST_KEY,
    "hosts.box.proxmox.preparation": { arcLimit: "1 GiB" },
    "appliances.nas.pools.tank.create": fingerprint(["T-1", "T-2"]),
    "clusters.prod.nodes.worker-1.vm": { memory: "8 GiB", disk: "40 GiB", devices: ["gpu"] },
    "clusters.prod.etcdSnapshots": SNAPSHOTS,
    "clusters.home": HOME,
    ...change,
  }) as SiteYaml;
}
