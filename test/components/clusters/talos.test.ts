import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { machineConfig } from "../../../components/clusters/talos/machine-config.ts";
import type { TalosNode, TalosPlan } from "../../../components/clusters/talos/plan.ts";
import { diskImage, installerImage, schematicId } from "../../../components/clusters/talos/schematic.ts";
import { readSecrets, SAMPLE_SECRETS } from "../../../components/clusters/talos/secrets.ts";

const SCHEMATIC = "88d1f7a5c4f1d3aba7df787c448c1d3d008ed29cfb34af53fa0df4336a56040b";
const EXTENSIONS = ["siderolabs/iscsi-tools", "siderolabs/qemu-guest-agent", "siderolabs/util-linux-tools"];

function node(name: string, role: TalosNode["role"], last: number, more: Partial<TalosNode> = {}): TalosNode {
  const interfaces = [
    { address: `10.0.1.${last}/24`, gateway: "10.0.1.1", mtu: 1500 },
    { address: `10.10.10.${last}/24`, mtu: 9000 },
  ];
  const address = `10.0.1.${last}`;
  const own = { name, role, address, card: 0, subnet: "10.0.1.0/24", interfaces, nameservers: ["10.0.1.1"] };
  return { ...own, labels: {}, taints: {}, schematic: SCHEMATIC, ...more };
}

/** Three control planes and two workers. */
function plan(...workers: TalosNode[]): TalosPlan {
  const planes = [11, 12, 13].map((last) => node(`cp-${last - 10}`, "control-plane", last));
  const nodes = [...planes, ...(workers.length > 0 ? workers : [node("w-1", "worker", 21), node("w-2", "worker", 22)])];
  const snapshots = { server: "10.10.10.20", path: "/mnt/bulk/backups", schedule: "15 */6 * * *", keep: 14 };
  const releases = { version: "v1.13.9", kubernetes: "v1.36.3" };
  return { name: "prod", ...releases, endpoint: "10.0.1.10", subnet: "10.0.1.0/24", etcdSnapshots: snapshots, nodes };
}

function rendered(of: TalosPlan): Record<string, string> {
  return Object.fromEntries(of.nodes.map((member) => [member.name, machineConfig(of, member, SAMPLE_SECRETS)]));
}

function documents(text: string): Record<string, unknown>[] {
  return parseAllDocuments(text, { version: "1.1" }).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Record<string, unknown>;
  });
}

describe("what the Image Factory calls an image", () => {
  test("is the hash of what is wanted, in whatever order it is named", () => {
    expect(schematicId(EXTENSIONS)).toBe(SCHEMATIC);
    expect(schematicId([...EXTENSIONS].reverse())).toBe(SCHEMATIC);
    expect(schematicId([])).toBe("376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba");
  });

  test("is in the address of the disk, in its name, and in the image for upgrades", () => {
    expect(diskImage(SCHEMATIC, "v1.13.9")).toEqual({
      contentType: "import",
      fileName: "talos-v1.13.9-88d1f7a5c4f1.qcow2",
      url: `https://factory.talos.dev/image/${SCHEMATIC}/v1.13.9/nocloud-amd64.qcow2`,
    });
    expect(installerImage(SCHEMATIC, "v1.13.9")).toBe(`factory.talos.dev/nocloud-installer/${SCHEMATIC}:v1.13.9`);
  });
});

describe("the configurations of a cluster of three control planes and two workers", () => {
  const configs = rendered(plan());

  test("are YAML of several documents, each of a kind that Talos knows", () => {
    const kinds = Object.entries(configs).map(([name, text]) => [
      name,
      documents(text).map(({ kind = "machine" }) => kind),
    ]);
    const common = ["machine", "HostnameConfig", "LinkConfig", "LinkConfig", "ResolverConfig"];

    expect(Object.fromEntries(kinds)).toEqual({
      "cp-1": [...common, "Layer2VIPConfig"],
      "cp-2": [...common, "Layer2VIPConfig"],
      "cp-3": [...common, "Layer2VIPConfig"],
      "w-1": common,
      "w-2": common,
    });
  });

  test("give each machine its name and its addresses, with one MTU for each network", () => {
    expect(documents(configs["cp-2"] ?? "").slice(1)).toEqual([
      { apiVersion: "v1alpha1", kind: "HostnameConfig", auto: "off", hostname: "cp-2" },
      {
        apiVersion: "v1alpha1",
        kind: "LinkConfig",
        name: "eth0",
        up: true,
        mtu: 1500,
        addresses: [{ address: "10.0.1.12/24" }],
        routes: [{ gateway: "10.0.1.1" }],
      },
      {
        apiVersion: "v1alpha1",
        kind: "LinkConfig",
        name: "eth1",
        up: true,
        mtu: 9000,
        addresses: [{ address: "10.10.10.12/24" }],
      },
      { apiVersion: "v1alpha1", kind: "ResolverConfig", nameservers: [{ address: "10.0.1.1" }] },
      { apiVersion: "v1alpha1", kind: "Layer2VIPConfig", name: "10.0.1.10", link: "eth0" },
    ]);
  });

  test("keep the keys of the authorities from workers", () => {
    const [main] = documents(configs["w-1"] ?? "");

    expect(main).toMatchObject({
      machine: { type: "worker", ca: { key: "" }, kubelet: { nodeIP: { validSubnets: ["10.0.1.0/24"] } } },
      cluster: { ca: { key: "" }, controlPlane: { endpoint: "https://10.0.1.10:6443" } },
    });
    expect(Object.keys(main?.["cluster"] as object)).not.toContain("etcd");
  });

  test("take snapshots of etcd to the NAS, with no other right than that", () => {
    const [main] = documents(configs["cp-1"] ?? "");
    const { inlineManifests = [] } = (main?.["cluster"] ?? {}) as { inlineManifests?: { contents: string }[] };
    const objects = documents(inlineManifests[0]?.contents ?? "");

    expect(objects.map(({ kind }) => kind)).toEqual(["Namespace", "ServiceAccount", "CronJob"]);
    expect(objects[1]).toMatchObject({ apiVersion: "talos.dev/v1alpha1", spec: { roles: ["os:etcd:backup"] } });
    expect(objects[2]).toMatchObject({ spec: { schedule: "15 */6 * * *" } });
    expect(JSON.stringify(objects[2])).toContain('"nfs":{"server":"10.10.10.20","path":"/mnt/bulk/backups"}');
  });

  test("change for one machine when one address does", () => {
    const moved = rendered(plan(node("w-1", "worker", 31), node("w-2", "worker", 22)));

    expect(Object.keys(configs).filter((name) => configs[name] !== moved[name])).toEqual(["w-1"]);
  });

  test("let a worker with a GPU register with its taints: it may not change them once it is there", () => {
    const labels = { "homelab/gpu": "intel-arc-a310" };
    const taints = { "homelab/gpu": "intel-arc-a310:NoSchedule", "homelab/noisy": "PreferNoSchedule" };
    const [main] = documents(rendered(plan(node("w-1", "worker", 21, { labels, taints })))["w-1"] ?? "");
    const registerWithTaints = [
      { key: "homelab/gpu", value: "intel-arc-a310", effect: "NoSchedule" },
      { key: "homelab/noisy", effect: "PreferNoSchedule" },
    ];

    expect(main?.["machine"]).toMatchObject({ nodeLabels: labels, kubelet: { extraConfig: { registerWithTaints } } });
    expect(Object.keys(main?.["machine"] as object)).not.toContain("nodeTaints");
  });

  test("let a control plane, which may change its node, be tainted at any time", () => {
    const taints = { "homelab/gpu": "intel-arc-a310:NoSchedule" };
    const control = node("cp-1", "control-plane", 11, { taints });
    const [main] = documents(machineConfig(plan(), control, SAMPLE_SECRETS));

    expect(main?.["machine"]).toMatchObject({ nodeTaints: taints });
    expect(JSON.stringify(main)).not.toContain("registerWithTaints");
  });

  test("are refused with everything that Talos would refuse, and no secret is quoted", () => {
    const wrong = plan(node("w-1", "worker", 21, { taints: { gpu: "yes:Never" }, nameservers: ["router"] }));

    expect(() => rendered(wrong)).toThrow(
      /^Talos would refuse the configuration of w-1: .*machine.kubelet.extraConfig.registerWithTaints.0.effect: .*ResolverConfig: nameservers.0.address: /s,
    );
    expect(() => readSecrets("cluster: { id: open sesame }")).toThrow(
      /^the secrets of the cluster are not what talosctl gen secrets prints; look at (?!.*sesame)/,
    );
  });

  test("are the same whenever they are rendered", () => {
    const hashes = Array.from({ length: 50 }, () =>
      createHash("sha256")
        .update(JSON.stringify(rendered(plan())))
        .digest("hex"),
    );

    expect(new Set(hashes).size).toBe(1);
  });
});
