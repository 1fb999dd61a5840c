import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { nodeConfig } from "../../../components/clusters/k3s/node-config.ts";
import type { K3sPlan } from "../../../components/clusters/k3s/plan.ts";
import { checkHealth, installNode, readKubeconfig } from "../../../components/clusters/k3s/steps.ts";
import { agent, planOf, SNAPSHOTS, server } from "./support/k3s-plans.ts";

/** A machine is known by its name: whoever asks has not always the plan's own object in hand. */
const rendered = (plan: K3sPlan) =>
  Object.fromEntries(plan.nodes.map((node) => [node.name, nodeConfig(plan, { ...node })]));
const parsed = (plan: K3sPlan) =>
  Object.fromEntries(Object.entries(rendered(plan)).map(([name, text]) => [name, parse(text, { version: "1.1" })]));
/** The machines whose configuration another plan changes, and those that it does not have any more. */
const changed = (before: K3sPlan, after: K3sPlan) => {
  const next = rendered(after);
  return Object.entries(rendered(before)).flatMap(([name, text]) => (next[name] === text ? [] : [name]));
};

/** What every server is told, beside how it finds the others. */
const SERVER = {
  "token-file": "/etc/rancher/k3s/token",
  "write-kubeconfig-mode": "0600",
  "secrets-encryption": true,
  "etcd-expose-metrics": true,
  "kube-controller-manager-arg": ["bind-address=0.0.0.0"],
  "kube-scheduler-arg": ["bind-address=0.0.0.0"],
};
const ENDPOINT = "10.0.1.11";

describe("a K3s cluster of one server", () => {
  const single = planOf(server(11));

  test("is told what lets it grow: its data is in etcd from the beginning", () => {
    expect(parsed(single)).toEqual({
      "server-11": { ...SERVER, "node-ip": ENDPOINT, "cluster-init": true, "tls-san": [ENDPOINT] },
    });
  });

  test("is told it in plain words, without references from one line to another", () => {
    expect(Object.values(rendered(single)).join()).not.toMatch(/[&*]/);
  });

  test("grows to three servers and agents, and nothing of the first one changes", () => {
    const grown = planOf(server(11), server(12), server(13), agent(21), agent(22));
    const joins = { server: `https://${ENDPOINT}:6443` };

    expect(changed(single, grown)).toEqual([]);
    expect(parsed(grown)).toEqual({
      ...parsed(single),
      "server-12": { ...SERVER, ...joins, "node-ip": "10.0.1.12", "tls-san": [ENDPOINT, "10.0.1.12"] },
      "server-13": { ...SERVER, ...joins, "node-ip": "10.0.1.13", "tls-san": [ENDPOINT, "10.0.1.13"] },
      "agent-21": { ...joins, "token-file": "/etc/rancher/k3s/token", "node-ip": "10.0.1.21" },
      "agent-22": { ...joins, "token-file": "/etc/rancher/k3s/token", "node-ip": "10.0.1.22" },
    });
  });

  test("takes snapshots of etcd to the NAS when it is there, on servers alone", () => {
    const kept = { ...planOf(server(11), agent(21)), etcdSnapshots: SNAPSHOTS };
    const [first, worker] = kept.nodes;

    expect(parsed(kept)).toMatchObject({
      "server-11": {
        "etcd-snapshot-schedule-cron": "15 */6 * * *",
        "etcd-snapshot-retention": 14,
        "etcd-snapshot-dir": "/var/lib/etcd-snapshots/home",
      },
    });
    expect(changed(planOf(server(11), agent(21)), kept)).toEqual(["server-11"]);
    expect(first && installNode(kept, first)).toContain("10.10.10.20:/mnt/bulk/backups /var/lib/etcd-snapshots nfs4");
    expect(worker && installNode(kept, worker)).not.toContain("etcd-snapshots");
  });
});

describe("a K3s cluster of three servers and two agents", () => {
  const plan = planOf(server(11), server(12), server(13), agent(21), agent(22));

  test.each([
    { who: "an agent", moved: planOf(server(11), server(12), server(13), agent(21, "10.0.1.31"), agent(22)) },
    { who: "a server", moved: planOf(server(11), server(12, "10.0.1.32"), server(13), agent(21), agent(22)) },
  ])("is changed on one machine when the address of $who changes", ({ who, moved }) => {
    expect(changed(plan, moved)).toEqual([who === "an agent" ? "agent-21" : "server-12"]);
  });

  test("is reached under its own address when it has one, by machines and by people", () => {
    const behind = planOf({ endpoint: "10.0.1.10" }, ...plan.nodes);

    expect(parsed(behind)["server-12"]).toMatchObject({ "tls-san": ["10.0.1.10", "10.0.1.12"] });
    expect(readKubeconfig(behind)).toContain("s/127[.]0[.]0[.]1/10.0.1.10/");
  });

  test("is healthy once all of its machines are, those that are there", () => {
    expect(checkHealth(plan, plan.nodes.slice(0, 2))).toContain(
      "--for=condition=Ready --timeout=15m node/server-11 node/server-12 >&2",
    );
  });

  test("labels and taints the machine with a GPU, and no other", () => {
    const gpu = agent(22, "10.0.1.22", {
      labels: { "homelab/gpu": "nvidia-rtx-3090" },
      taints: { "homelab/gpu": "nvidia-rtx-3090:NoSchedule" },
    });
    const accelerated = planOf(server(11), server(12), server(13), agent(21), gpu);

    expect(changed(plan, accelerated)).toEqual(["agent-22"]);
    expect(parsed(accelerated)["agent-22"]).toMatchObject({
      "node-label": ["homelab/gpu=nvidia-rtx-3090"],
      "node-taint": ["homelab/gpu=nvidia-rtx-3090:NoSchedule"],
    });
  });

  test("never has the token in what is configured or run", () => {
    const texts = plan.nodes.flatMap((node) => [nodeConfig(plan, node), installNode(plan, node)]);

    for (const text of texts) expect(text).not.toMatch(/K3S_TOKEN|^token:/m);
    expect(installNode(plan, server(11))).toContain('keep "$etc/token" "$token"');
  });
});
