import { VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import { beforeAll, describe, expect, test } from "vitest";
import { nodeVmArgs } from "../../../components/clusters/talos/talos-cluster.ts";
import { tokenOf } from "../../../components/declare.ts";
import { imageOf } from "../../../components/hosts/images.ts";
import { SET_ONCE } from "../../../components/machines/image-vm.ts";
import { LEFT_ALONE, storageVmArgs } from "../../../components/machines/storage-vm.ts";
import { VIRTUAL_MACHINE } from "../../../lab/plugins/proxmoxve/virtual-machine.ts";
import type { InputRule } from "../../../lab/plugins/resource-type.ts";
import { bridgeOf, type Site, virtualMachinesOf } from "../../../src/site/index.ts";
import { machine as machineSchema } from "../../../src/site/machines.ts";
import { talosNode, talosPlan } from "../../../src/talos.ts";
import { PluginClient } from "../../lab/plugins/support/plugin-client.ts";
import { confirmedSite } from "../../support/confirmed-site.ts";
import { withChanges } from "../../support/invalid-sites.ts";
import { wholeSiteOf } from "../../support/site-yaml.ts";
import { type Change, ofAppliance, ofGpuWorker } from "./site-values.ts";

type Inputs = Record<string, unknown>;

const VM = tokenOf(VmLegacy);

const PROD = wholeSiteOf("prod");

/** The site of prod with a change; a bridge that it changes is confirmed as its owner would. */
function siteWith(change: Change = {}): Site {
  return confirmedSite(withChanges(structuredClone(PROD), change));
}

/** A machine of prod as Proxmox is told of it. */
function inputsOf(site: Site, name: string): Inputs {
  const machine = virtualMachinesOf(site).find((one) => one.name === name);
  const hardware = machine?.hardware;
  const proxmox = machine && site.hosts[machine.host]?.proxmox;
  if (!machine || !hardware || !proxmox) throw new Error(`prod does not make ${name}`);
  const host = { name: machine.host, proxmox, bridgeOf: (network: string) => bridgeOf(proxmox, network) ?? "" };
  const installer = site.images[site.appliances[name]?.vm?.installer ?? ""];
  if (installer) return { ...storageVmArgs(machine, hardware, imageOf(installer), host) };

  const cluster = site.clusters["prod"];
  if (!cluster) throw new Error("prod has no cluster");
  const plan = talosPlan("prod", cluster, site, [machine], undefined);
  return { ...nodeVmArgs("prod", { node: talosNode(cluster, machine), host, machine, hardware }, plan) };
}

/** Inputs of a machine that make a new one, by their paths. */
function replacing(rules: Readonly<Record<string, InputRule>>, above = ""): string[] {
  return Object.entries(rules).flatMap(([name, { replaces, fields, items }]) => [
    ...(replaces ? [`${above}${name}`] : []),
    ...replacing(fields ?? {}, `${above}${name}.`),
    ...replacing(items?.fields ?? {}, `${above}${name}[].`),
  ]);
}

describe("the stand-in", () => {
  test("makes a new machine for these inputs alone, and for another node", () => {
    expect(replacing(VIRTUAL_MACHINE).sort()).toEqual([
      "disks[].fileId",
      "efiDisk.type",
      "initialization.metaDataFileId",
      "initialization.networkDataFileId",
      "initialization.type",
      "initialization.userDataFileId",
      "initialization.vendorDataFileId",
      "tpmState.version",
      "vmId",
    ]);
  });
});

const MACHINES = [
  { name: "truenas-primary", leftAlone: LEFT_ALONE, changes: ofAppliance("truenas-primary", "din", "grogu") },
  { name: "truenas-backup", leftAlone: LEFT_ALONE, changes: ofAppliance("truenas-backup", "grogu", "din") },
  { name: "prod-gpu-1", leftAlone: SET_ONCE, changes: ofGpuWorker() },
];

describe.each(MACHINES)("a change of the site, as it reaches $name", ({ name, leftAlone, changes }) => {
  let plugin: PluginClient;
  const before = inputsOf(siteWith(), name);
  const diff = async (change: Change) => {
    const after = inputsOf(siteWith(change), name);
    expect(await plugin.check(VM, after)).toEqual([]);
    return plugin.diff(VM, before, after, leftAlone);
  };
  const updates = changes.filter(({ replaces = [] }) => replaces.length === 0);
  const replacements = changes.filter(({ replaces = [] }) => replaces.length > 0);

  beforeAll(async () => {
    plugin = await PluginClient.start("proxmoxve", { endpoint: "https://192.0.2.1:8006/" });
  });

  test.each(updates)("$value changes it in place, or not at all: $inputs", async ({ change, inputs }) => {
    expect(await diff(change)).toEqual({ changes: [...inputs].sort(), replaces: [] });
  });

  test.each(replacements)("$value is one of the two that replace it", async ({ change, replaces }) => {
    expect((await diff(change)).replaces).toEqual(replaces);
  });

  test("is made for every value of a machine's hardware, and two replace it", () => {
    const told = changes.map(({ value }) => value);

    expect(Object.keys(machineSchema.shape).filter((key) => !told.includes(`vm.${key}`))).toEqual([]);
    expect(replacements.map(({ value }) => value)).toEqual(["vmId", "host"]);
  });

  test("cannot reach the other inputs that make a new machine", () => {
    const { initialization = {}, disks, efiDisk, tpmState } = before;

    expect((disks as Inputs[]).filter(({ fileId }) => fileId !== undefined)).toEqual([]);
    expect(Object.keys(initialization as object).filter((key) => key.endsWith("FileId"))).toEqual([]);
    expect([efiDisk, tpmState]).toEqual([expect.objectContaining({ type: "4m" }), undefined]);
  });
});
