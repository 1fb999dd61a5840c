import { beforeAll, describe, expect, test } from "vitest";
import { objectOf } from "../../support/declared-objects.ts";
import { accountsOf } from "./accounts.ts";
import { together } from "./expected.ts";
import { card, cloudInit, disk, FROM_IMAGE, LAST, size } from "./kinds.ts";
import { previewOf, type Registration, registrationsIn } from "./registrations.ts";
import { threeNodes } from "./three-nodes.ts";

const IMAGE = "debian-13-20260801.qcow2";

describe("three hosts of one Proxmox cluster, which has K3s on all of them", () => {
  let registered: Registration[];
  beforeAll(async () => {
    registered = registrationsIn(await previewOf("three nodes", threeNodes()));
  });
  const inputsOf = (object: string) => registered.find((one) => objectOf(one) === object)?.inputs;
  const named = (kind: string) => registered.flatMap((one) => (one.type.endsWith(`:${kind}`) ? [one.name] : [])).sort();

  test("have one API, and so one connection and one account", () => {
    const connections = registered.filter(({ type }) => type === "pulumi:providers:proxmoxve");
    const nodes = ["box", "two", "three"].map((name, at) => ({ name, address: `198.51.100.${at + 2}` }));

    expect(
      connections.map(({ name, inputs }) => [name, inputs["endpoint"], JSON.parse(String(inputs["ssh"]))]),
    ).toEqual([["pve", "https://198.51.100.2:8006/", { nodes }]]);
    for (const [type, rows] of Object.entries(together(accountsOf("pve")))) {
      const found = registered.filter((one) => one.type === type).map(({ name, inputs }) => [name, inputs]);
      expect(Object.fromEntries(found)).toEqual(rows);
    }
  });

  test("send their measurements to one server", () => {
    expect(named("Server")).toEqual(["pve/graphite"]);
    expect(inputsOf("Server pve/graphite")).toEqual({
      ...{ name: "graphite", type: "graphite", server: "198.51.100.60", port: 2003 },
    });
  });

  test("have bridges, images and backups each of their own", () => {
    expect(named("Bridge")).toEqual(["box/vmbr0", "three/vmbr0", "two/vmbr0"]);
    expect(named("File")).toEqual([`box/${IMAGE}`, `three/${IMAGE}`, `two/${IMAGE}`]);
    expect(inputsOf(`File two/${IMAGE}`)).toEqual({
      ...{ nodeName: "two", datastoreId: "local", contentType: "import", fileName: IMAGE, overwrite: false },
      url: `https://images.example/${IMAGE}`,
      checksum: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      checksumAlgorithm: "sha256",
    });
    expect(inputsOf("Job three/weekly")).toMatchObject({ resourceId: "three-weekly", node: "three", vmids: ["403"] });
  });

  test("make a virtual machine for each node, and none for an appliance that is its own host", () => {
    expect(named("VmLegacy")).toEqual(["agent-1", "server-1", "server-2", "server-3"]);
    expect(inputsOf("VmLegacy agent-1")).toEqual({
      ...{ ...FROM_IMAGE, ...LAST, ...size(8, 32), nodeName: "three", vmId: 411, name: "agent-1" },
      description: "worker of the cluster prod",
      tags: ["cluster-prod", "gpu", "kubernetes", "worker"],
      disks: disk(80, IMAGE),
      hostpcis: [{ device: "hostpci0", mapping: "rtx-3090", pcie: true, rombar: true }],
      networkDevices: [card(30, "BC:24:11:00:19:B0"), card(10, "BC:24:11:00:19:B1", 9000)],
      initialization: {
        ...cloudInit(
          "203.0.113.1",
          { address: "203.0.113.21/24", gateway: "203.0.113.1" },
          { address: "192.0.2.21/24" },
        ),
        userAccount: { username: "homelab", keys: [] },
      },
    });
    expect(inputsOf("Pci rtx-3090")).toEqual({
      name: "rtx-3090",
      // The slot without a function: the card brings its sound along.
      maps: [{ node: "three", path: "0000:01:00", id: "10de:2204" }],
      comment: "NVIDIA RTX 3090",
    });
  });

  test("let the server that the site names begin and two join, and the agent alone have the graphics card", () => {
    const told = (name: string) => String(inputsOf(`Command ${name}/k3s`)?.["create"]);
    const telling = (words: string) =>
      ["server-1", "server-2", "server-3", "agent-1"].filter((name) => told(name).includes(words));

    expect(telling("cluster-init: true")).toEqual(["server-2"]);
    expect(telling("server: https://203.0.113.12:6443")).toEqual(["server-1", "server-3", "agent-1"]);
    expect(telling("homelab/gpu=nvidia-rtx-3090:NoSchedule")).toEqual(["agent-1"]);
    expect(telling("203.0.113.10")).toEqual(["server-1", "server-2", "server-3"]);
  });
});
