import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import type { Deployment, Run } from "../../../lab/engine/index.ts";
import { objectOf } from "../../support/declared-objects.ts";
import { expectFine, World } from "../../support/world.ts";
import { Order } from "./order.ts";
import { smallHouse } from "./small.ts";

const BEFORE = smallHouse({ "appliances.nas.installed": false });
const AFTER = smallHouse();
/** Values that machines are made from and may change, and other releases of both distributions. */
const CHANGED = smallHouse({
  "appliances.nas.vm.cores": 6,
  "appliances.nas.vm.disk": "64 GiB",
  "images.truenas.url": "https://images.example/TrueNAS-25.10.7.iso",
  "clusters.prod.nodes.worker-1.vm.cores": 6,
  "clusters.prod.version": "v1.13.10",
  "clusters.home.version": "v1.36.4+k3s1",
});
const RENUMBERED = smallHouse({ "appliances.nas.vmId": 399, "clusters.prod.nodes.worker-1.vmId": 398 });

interface Talos {
  readonly address: string;
  readonly config: string;
}

interface TalosConfig {
  readonly cluster: { readonly id: string; readonly secret: string };
  readonly machine: { readonly token: string; readonly ca: { readonly crt: string } };
}

const WAITING = "homelab:waiting:";
const RESOURCE = /^(truenas:index|proxmoxve:.+|command:.+|random:.+|homelab:waiting):/;

/** What a run did to which resource; what stays as it is is left out. */
function deeds(run: Run): string[] {
  return run.steps
    .filter(({ op, type }) => op !== "same" && RESOURCE.test(type))
    .map((step) => `${step.op} ${objectOf(step)}`)
    .sort();
}

describe("a storage machine without a system, which its owner then installs", () => {
  const world = new World("lab", { policyPacks: [] });
  const order = async () => new Order((await world.stack(AFTER).state()) as Deployment);
  const inHouse = (...path: string[]) => readFileSync(join(world.dir, ...path), "utf8");
  /** What only the machines of the two clusters know, as they have been told it. */
  const secrets = () => {
    const machines = readdirSync(join(world.dir, "talos")).map((file) => JSON.parse(inHouse("talos", file)) as Talos);
    const told = machines.map(({ address, config }) => {
      const [main] = parseAllDocuments(config).map((document) => document.toJS() as TalosConfig);
      return [address, main?.cluster.id, main?.cluster.secret, main?.machine.token, main?.machine.ca.crt];
    });
    return { token: inHouse("hosts", "203.0.113.31", "root", "etc/rancher/k3s/token"), told: told.sort() };
  };
  let known: ReturnType<typeof secrets>;
  let first: Run;

  beforeAll(async () => {
    first = await world.settle(BEFORE);
    known = secrets();
  });
  afterAll(() => world.close());

  test("is made at once, on a host that has been prepared for its disks, before the machines that will use it", async () => {
    const found = await order();

    for (const needed of ["Bridge box/vmbr0", "Pci hba", "File box/TrueNAS-25.10.6.iso", "Command box/preparation"]) {
      expect(found.broken([needed, "VmLegacy nas"])).toEqual([]);
    }
    for (const user of ["cp-1", "worker-1", "mainkube"]) {
      expect(found.broken(["VmLegacy nas", `VmLegacy ${user}`])).toEqual([]);
    }
  });

  test("lets everything wait that lies on it, and all who back up to it, and says what to do", () => {
    const waiting = first.steps.filter(({ type }) => type.startsWith(WAITING));

    expect(waiting.map(objectOf).sort()).toEqual([
      "Dataset nas/tank/backups",
      "FilesystemAcl nas/tank/backups",
      "Job box/nightly",
      "NetworkConfig nas/network",
      "Nfs box/nas",
      "NfsConfig nas/nfs",
      "NfsShare nas/tank/backups",
      "Pool nas/tank",
      "Service nas/nfs",
    ]);
    for (const { inputs } of waiting) {
      expect(inputs).toMatchObject({
        waitingFor: {
          host: "nas",
          state: "not-installed",
          reason: "install TrueNAS as its runbook says, then set installed: true",
        },
      });
    }
  });

  test("keeps nobody from installing a cluster: nothing of it is mounted yet", () => {
    const config = inHouse("hosts", "203.0.113.31", "root", "etc/rancher/k3s/config.yaml");

    expect(config).toContain("\ncluster-init: true\n");
    expect(config).not.toContain("etcd-snapshot");
  });

  test("leaves the same of either cluster to whoever deploys to it, and no secret in sight", async () => {
    const { resources = [] } = (await world.stack(BEFORE).state()) as Deployment;
    const outputs = resources.flatMap(({ type, outputs = {} }) =>
      /Cluster$/.test(type) ? [[type.split(":").at(-1), Object.keys(outputs).sort()]] : [],
    );
    const of = (name: string) => first.steps.find((step) => objectOf(step) === name);

    expect(Object.fromEntries(outputs)).toEqual({
      TalosCluster: ["endpoint", "kubeconfig"],
      K3sCluster: ["endpoint", "kubeconfig"],
    });
    expect(of("RandomPassword home/token")?.outputs).toMatchObject({ length: 48, result: "[secret]" });
    expect(of("Command mainkube/k3s")?.inputs).toMatchObject({ stdin: "[secret]", connection: "[secret]" });
    for (const name of ["prod/secrets", "prod/kubeconfig", "home/kubeconfig"]) {
      expect(of(`Command ${name}`)?.outputs).toMatchObject({ stdout: "[secret]" });
    }
    const kept = ["RandomPassword home/token", "Command prod/secrets", "VmLegacy nas"];
    expect(resources.filter(({ protect }) => protect).map(objectOf)).toEqual(expect.arrayContaining(kept));
    const leftAlone = resources.map((resource) => [objectOf(resource), resource.ignoreChanges]);
    expect(Object.fromEntries(leftAlone)).toMatchObject({
      "RandomPassword home/token": ["length"],
      "Command prod/secrets": ["create"],
      "VmLegacy nas": ["disks", "cdrom", "started", "initialization"],
    });
  });

  test("leaves nothing to do until then", async () => {
    const second = await world.stack(BEFORE).preview();

    expectFine(second);
    expect(deeds(second)).toEqual([]);
  });

  test("gets everything that waited once it is installed, and no machine is touched for it", async () => {
    const run = await world.settle(AFTER);
    const made = first.steps.filter(({ type }) => type.startsWith(WAITING)).map(objectOf);

    expect(deeds(run)).toEqual(
      [...made.flatMap((object) => [`create ${object}`, `delete ${object}`]), "update Command mainkube/k3s"].sort(),
    );
    expect(inHouse("hosts", "203.0.113.31", "root", "etc/fstab")).toContain("192.0.2.20:/mnt/tank/backups");
  });

  test("then comes in one order: host, machine, appliance, data, clusters, and those who back up", async () => {
    const found = await order();
    const data = ["Bridge box/vmbr0", "VmLegacy nas", "Pool nas/tank", "Dataset nas/tank/backups"];
    const talos = ["VmLegacy cp-1", "Command cp-1/configuration", "Command prod/bootstrap", "Command prod/health"];
    const k3s = ["VmLegacy mainkube", "Command mainkube/k3s", "Command home/health"];

    expect(found.broken([...data, ...talos])).toEqual([]);
    expect(found.broken(["Service nas/nfs", ...k3s])).toEqual([]);
    expect(found.broken([...data, "Nfs box/nas", "Job box/nightly"])).toEqual([]);
  });

  test("leaves nothing to do after that", async () => {
    const second = await world.stack(AFTER).preview();

    expectFine(second);
    expect(deeds(second)).toEqual([]);
  });

  test("is never made again for a value that changes; what belongs to its owner is left alone", async () => {
    const run = await world.stack(CHANGED).up({ skipPreview: true });
    expectFine(run);
    const changed = (name: string) => {
      const step = run.steps.find((one) => objectOf(one) === `VmLegacy ${name}`);
      return [step?.op, Object.keys(step?.diff ?? {})];
    };

    expect(changed("nas")).toEqual(["update", ["cpu.cores"]]);
    expect(changed("worker-1")).toEqual(["update", ["cpu.cores"]]);
    expect(run.steps.filter(({ op, type }) => op === "replace" && type.endsWith("VmLegacy"))).toEqual([]);
  });

  test("shares no secret anew, whatever happened to it and to its clusters", () => {
    expect(known.told.map(([address]) => address)).toEqual(["203.0.113.11", "203.0.113.21"]);
    expect(known.token.trim()).toHaveLength(48);
    expect(secrets()).toEqual(known);
  });

  test("is protected from the change that would make it again; a node with a device is not", async () => {
    const run = await world.stack(RENUMBERED).preview();
    const refused = run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);

    expect(run.ok).toBe(false);
    expect(refused.map((message) => message.replace(/urn:\S+::/, ""))).toEqual([
      'resource "nas" cannot be replaced because it is protected, and replacing it means deleting it; remove "protect" from the resource in the program and run up',
    ]);
    expect(deeds(run).filter((deed) => deed.startsWith("replace"))).toEqual([
      "replace VmLegacy nas",
      "replace VmLegacy worker-1",
    ]);
  });
});
