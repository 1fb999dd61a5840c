import { confirmedYaml } from "../../support/confirmed-site.ts";
import { smallSite, withChanges } from "../../support/invalid-sites.ts";
import type { SiteYaml } from "../../support/site-yaml.ts";

const HOST_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"D".repeat(43)}`;

const member = (lan: string, more: object = {}) => ({
  kind: "proxmox",
  state: "online",
  addresses: { lan },
  proxmox: {
    cluster: "pve",
    api: { network: "lan" },
    ssh: { network: "lan" },
    bridges: { vmbr0: { ports: ["eno1"], networks: ["storage", "lan", "cluster"] } },
    ...more,
  },
});

const node = (host: string, vmId: number, role: string, last: number, more: object = {}) => ({
  ...{ host, vmId, role, network: "cluster", address: `203.0.113.${last}` },
  ...{ addresses: { storage: `192.0.2.${last}` }, hostKey: HOST_KEY, ...more },
});

const WITH_GPU = {
  vm: { cores: 8, memory: "32 GiB", disk: "80 GiB", devices: ["rtx-3090"] },
  labels: { "homelab/gpu": "nvidia-rtx-3090" },
  taints: { "homelab/gpu": "nvidia-rtx-3090:NoSchedule" },
};

/** Three hosts of one Proxmox cluster, a server of K3s on each, an agent with a graphics card, and a bare-metal appliance. */
export function threeNodes(): SiteYaml {
  const site = withChanges(smallSite("hypervisor-site"), {
    "hosts.box": member("198.51.100.2", { metrics: { type: "graphite", server: "198.51.100.60" } }),
    "hosts.two": member("198.51.100.3"),
    "hosts.three": member("198.51.100.4", {
      devices: { "rtx-3090": { kind: "gpu", address: "0000:01:00", id: "10de:2204", comment: "NVIDIA RTX 3090" } },
      backups: { weekly: { schedule: "sat 03:00", storage: "local", machines: ["server-3"] } },
    }),
    "hosts.cellar.addresses": { lan: "198.51.100.20" },
    "appliances.nas.host": "cellar",
    "appliances.nas.vmId": undefined,
    "appliances.nas.vm": undefined,
    machines: {},
    clusters: {
      prod: {
        ...{ distribution: "k3s", version: "v1.36.3+k3s1", network: "cluster", storage: "storage", image: "debian" },
        endpoint: "203.0.113.10",
        first: "server-2",
        machines: { "control-plane": { memory: "4 GiB", disk: "20 GiB" } },
        nodes: {
          "server-1": node("box", 401, "control-plane", 11),
          "server-2": node("two", 402, "control-plane", 12),
          "server-3": node("three", 403, "control-plane", 13),
          "agent-1": node("three", 411, "worker", 21, WITH_GPU),
        },
      },
    },
  });
  return confirmedYaml(site) as SiteYaml;
}
