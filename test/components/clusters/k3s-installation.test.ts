import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { K3sNode, K3sPlan } from "../../../components/clusters/k3s/plan.ts";
import { installNode, readKubeconfig } from "../../../components/clusters/k3s/steps.ts";
import { SimulatedLinux } from "../../../lab/hosts/index.ts";
import { PluginClient, sharedFolder } from "../../lab/plugins/support/plugin-client.ts";
import { agent, planOf, SNAPSHOTS, server } from "./support/k3s-plans.ts";

const REMOTE = "command:remote:Command";
const TOKEN = "a-token-that-only-machines-know";
const READING = /^(dpkg|k3s --version|mountpoint)/;

describe("the installation of K3s on a machine", () => {
  const dir = sharedFolder();
  let plugin: PluginClient;
  let machine: SimulatedLinux;

  beforeAll(async () => {
    plugin = await PluginClient.start("command", {});
    machine = await SimulatedLinux.start(dir, "homelab");
  });
  afterAll(() => machine.stop());

  async function run(create: string, stdin?: string): Promise<{ said: string; state: Record<string, unknown> }> {
    const { privateKeyFile, host, port, hostKey } = machine.endpoint;
    const connection = { host, port, user: "homelab", hostKey, privateKey: readFileSync(privateKeyFile, "utf8") };
    const inputs = { create, connection, ...(stdin ? { stdin } : {}) };
    const { outputs } = await plugin.create(REMOTE, inputs);
    return { said: String(outputs["stdout"]).trim(), state: outputs };
  }

  /** Installs, and tells what was called that changes something. */
  async function install(plan: K3sPlan, node: K3sNode): Promise<string[]> {
    const before = machine.tools.length;
    const { said } = await run(installNode(plan, node), TOKEN);
    expect(said).toBe(`${node.name} runs ${plan.version}`);
    return machine.tools.slice(before).filter((line) => !READING.test(line));
  }

  const single = planOf(server(11));

  test("brings what storage needs, then K3s, with the token in a file that only root reads", async () => {
    expect(await install(single, server(11))).toEqual([
      "apt-get update -q",
      "apt-get install -q -y open-iscsi nfs-common qemu-guest-agent",
      "curl -sfL https://get.k3s.io",
    ]);
    expect(machine.read("etc/rancher/k3s/token")).toBe(`${TOKEN}\n`);
    expect(machine.read("lab/k3s-role")).toBe("server\n");
    expect(machine.tools.filter((line) => line.includes(TOKEN))).toEqual([]);
  });

  test("does nothing a second time, nor when the cluster grows around it", async () => {
    expect(await install(single, server(11))).toEqual([]);
    expect(await install(planOf(server(11), server(12), server(13), agent(21)), server(11))).toEqual([]);
  });

  test("restarts it once for another configuration", async () => {
    const behind = planOf({ endpoint: "10.0.1.10" }, server(11));

    expect(await install(behind, server(11))).toEqual(["systemctl restart k3s"]);
    expect(await install(behind, server(11))).toEqual([]);
  });

  test("mounts the NAS for snapshots once, when there is one to mount", async () => {
    const kept = { ...single, etcdSnapshots: SNAPSHOTS };

    expect(await install(kept, server(11))).toEqual(["mount /var/lib/etcd-snapshots", "systemctl restart k3s"]);
    expect(await install(kept, server(11))).toEqual([]);
  });

  test("brings another release where one is named", async () => {
    const newer = { ...single, etcdSnapshots: SNAPSHOTS, version: "v1.36.4+k3s1" };

    expect(await install(newer, server(11))).toEqual(["curl -sfL https://get.k3s.io"]);
    expect(machine.read("lab/k3s-version")).toBe("v1.36.4+k3s1\n");
  });

  test("reads what opens the API from anywhere", async () => {
    expect((await run(readKubeconfig(single))).said).toContain('server: "https://10.0.1.11:6443"');
  });
});
