import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { renderTree } from "../../../lab/cli/render/tree.ts";
import type { Step } from "../../../lab/engine/index.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import type { Judged } from "../../../policies/judged.ts";
import { BROKEN, type BrokenMachine } from "./broken-machines.ts";
import { BETA } from "./dev.ts";
import { together } from "./expected.ts";
import { DIN, GROGU } from "./prod-hosts.ts";
import { ON_DIN, ON_GROGU } from "./prod-machines.ts";
import { nameOf, previewOf, type Registration, registrationsIn } from "./registrations.ts";

const PACKAGE = "proxmoxve:";

const tables = {
  prod: together(DIN, ON_DIN, GROGU, ON_GROGU),
  dev: together(BETA),
};

/** What a reader sees of a host's networks. */
const TREES: Readonly<Record<string, readonly string[]>> = {
  prod: ["din", "grogu"].flatMap((host) => {
    const mark = host === "din" ? "+" : "…";
    return [
      `+       CarriedNetwork ${host}/VLAN 1 management`,
      `+       CarriedNetwork ${host}/VLAN 10 storage`,
      `${mark}         Vlan ${host}/vmbr0.10`,
      `+       CarriedNetwork ${host}/VLAN 20 lan`,
      `${mark}         Vlan ${host}/vmbr0.20`,
      `+       CarriedNetwork ${host}/VLAN 30 k8s-shared`,
      `+       CarriedNetwork ${host}/VLAN 31 k8s-apps`,
      `+       CarriedNetwork ${host}/VLAN 32 k8s-test`,
      `${mark}       Bridge ${host}/vmbr0`,
    ];
  }),
  dev: [
    "+       CarriedNetwork beta/VLAN 110 storage",
    "+         Vlan beta/vmbr0.110",
    "+       CarriedNetwork beta/VLAN 120 lan",
    "+         Vlan beta/vmbr0.120",
    "+       Bridge beta/vmbr0",
  ],
};

describe.each(Object.entries(tables))("what %s registers on its Proxmox hosts", (stack, table) => {
  let registered: Registration[];
  let steps: Step[];
  beforeAll(async () => {
    steps = await previewOf(stack);
    registered = registrationsIn(steps).filter(({ type }) => type.startsWith(PACKAGE));
  });

  test("is of types that the tables name, all of them", () => {
    expect([...new Set(registered.map(({ type }) => type))].sort()).toEqual(Object.keys(table).sort());
  });

  test.each(Object.entries(table))("as %s has exactly these inputs", (type, rows) => {
    const found = registered.filter((one) => one.type === type).map(({ name, inputs }) => [name, inputs]);

    expect(Object.fromEntries(found)).toEqual(rows);
  });

  test("goes to the API of its host, with a token as a secret, made up until somebody sets it", () => {
    const connections = { prod: { din: "192.168.0.2" }, dev: { beta: "198.51.100.3" } }[stack] ?? {};
    const providers = steps.filter(({ type }) => type === "pulumi:providers:proxmoxve");
    const found = providers.map((step) => {
      const { version: _, __internal: __, ...inputs } = step.inputs as Record<string, unknown>;
      return [nameOf(step), inputs];
    });

    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(connections).map(([name, address]) => {
          const ssh = JSON.stringify({ nodes: [{ name, address }] });
          return [name, { endpoint: `https://${address}:8006/`, insecure: "true", ssh, apiToken: "[secret]" }];
        }),
      ),
    );
  });

  test("is a tree in which every VLAN of a host is one line, and its own addresses are below", () => {
    const lines = renderTree(steps).split("\n");
    const shown = lines.filter((line) => / (CarriedNetwork|Bridge|Vlan) /.test(line));

    expect(shown.map((line) => line.trimEnd().replace(/ {2,}(?=\S+\/)/, " "))).toEqual(TREES[stack]);
  });

  test("waits for grogu, all of it that lies there and nothing else", () => {
    const ofGrogu = stack === "prod" ? together(GROGU, ON_GROGU) : {};
    const expected = Object.entries(ofGrogu).flatMap(([type, rows]) => Object.keys(rows).map((name) => [type, name]));
    const waiting = registered.filter(({ waitingFor }) => waitingFor !== undefined);

    expect(waiting.map(({ type, name }) => [type, name]).sort()).toEqual(expected.sort());
    for (const { type, waitingFor } of waiting) {
      expect(waitingFor).toEqual({ type, host: "grogu", state: "offline", reason: "awaiting the MikroTik switch" });
    }
  });
});

describe("the policies on machines, where prod registers what they judge", () => {
  const folder = readdirSync(new URL("../../../policies/machines", import.meta.url));
  const policies = folder.map((file) => file.replace(/[.]ts$/, "")).filter((name) => name !== "virtual-machines");
  let registered: Registration[];
  beforeAll(async () => {
    registered = registrationsIn(await previewOf("prod"));
  });

  /** What the policies on machines say, of prod with one thing changed in what it registers. */
  function verdicts({ machine, change, beside }: Partial<BrokenMachine> = {}): [string, string][] {
    const all = beside ? [...registered, { ...beside, urn: beside.name, waitingFor: undefined }] : registered;
    const resources = all.map(({ type, name, urn, inputs, waitingFor }): Judged => {
      const props = change && name === machine && type.endsWith(":VmLegacy") ? change({ ...inputs }) : inputs;
      const waits = waitingFor ? { host: "grogu", state: "offline" } : undefined;
      return { type, name, urn, props, home: "din", protect: undefined, waits };
    });
    const settings = { "storage-vm-is-dual-homed": { networks: ["storage", "lan"] } };
    const found = evaluate(resources, { ...settings, "management-holds-no-workloads": { networks: ["management"] } });
    return found.filter(({ policy }) => policies.includes(policy)).map(({ policy, message }) => [policy, message]);
  }

  test("have nothing to say of it as it is", () => {
    expect(verdicts()).toEqual([]);
  });

  test.each(BROKEN)("are broken by one property of $machine: $policy", (broken) => {
    const [[policy, message = ""] = [], ...more] = verdicts(broken);

    expect([policy, message.split(" (")[0], more]).toEqual([broken.policy, broken.says, []]);
  });

  test("are all broken here", () => {
    expect([...new Set(BROKEN.map(({ policy }) => policy))].sort()).toEqual(policies.sort());
  });
});
