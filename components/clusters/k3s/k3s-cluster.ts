import { VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { declare, type HostPresence, waitsFor } from "../../declare.ts";
import type { HostImage } from "../../hosts/images.ts";
import { SET_ONCE } from "../../machines/image-vm.ts";
import { type ClusterMachine, clusterVmArgs, membersAmong } from "../cluster-machine.ts";
import type { ClusterMember, KubernetesCluster } from "../kubernetes-cluster.ts";
import type { K3sNode, K3sPlan } from "./plan.ts";
import { checkHealth, installNode, readKubeconfig } from "./steps.ts";

type K3sMember = ClusterMachine<K3sNode>;

/** What a K3s cluster is made from. */
export interface K3sClusterArgs {
  readonly plan: K3sPlan;
  /** Its machines, servers first. */
  readonly members: readonly K3sMember[];
  readonly image: HostImage;
  /** Opens SSH on its machines. */
  readonly privateKey: pulumi.Input<string>;
  /** What its machines come after. */
  readonly after: readonly pulumi.Resource[];
}

const TOKEN_LENGTH = 48;

/** A Kubernetes cluster on K3s: machines from a cloud image, and what is installed on them over SSH (ADR-0055). */
export class K3sCluster extends pulumi.ComponentResource implements KubernetesCluster {
  readonly endpoint: string;
  readonly members: readonly ClusterMember[];
  readonly kubeconfig: pulumi.Output<string> | undefined;
  readonly ready: pulumi.Resource | undefined;
  readonly #args: K3sClusterArgs;

  constructor(name: string, args: K3sClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:clusters:K3sCluster", name, {}, opts);
    const { plan, members } = args;
    this.#args = args;
    this.endpoint = `https://${plan.endpoint}:6443`;
    this.members = membersAmong(members);

    const installed = this.#install(name, members);
    const [first] = members.filter(({ node }) => node.role === "control-plane");
    if (first && !waitsFor(presenceOf(first))) {
      const there = members.filter((member) => !waitsFor(presenceOf(member))).map(({ node }) => node);
      const ready = this.#step(`${name}/health`, first, checkHealth(plan, there), installed);
      const opens = this.#step(`${name}/kubeconfig`, first, readKubeconfig(plan), installed.slice(0, 1));
      this.ready = ready;
      this.kubeconfig = "stdout" in opens ? opens.stdout : undefined;
    }
    this.registerOutputs({ endpoint: this.endpoint, kubeconfig: this.kubeconfig });
  }

  /** The machines and what is installed on each; one at a time, so that no two restart together. */
  #install(name: string, members: readonly K3sMember[]): pulumi.Resource[] {
    const token = this.#token(name, members);
    const installed: pulumi.Resource[] = [];
    for (const member of members) {
      const vm = this.#machine(name, member);
      const args = { create: installNode(this.#args.plan, member.node), ...(token ? { stdin: token } : {}) };
      installed.push(this.#run(`${member.node.name}/k3s`, member, args, [vm, ...installed.slice(-1)]));
    }
    return installed;
  }

  /** Lets machines join; made once. */
  #token(name: string, members: readonly K3sMember[]): pulumi.Output<string> | undefined {
    if (members.every((member) => waitsFor(member.host.presence))) return undefined;
    const args = { length: TOKEN_LENGTH, special: false };
    return new random.RandomPassword(`${name}/token`, args, { parent: this, protect: true, ignoreChanges: ["length"] })
      .result;
  }

  #machine(cluster: string, member: K3sMember): pulumi.Resource {
    const { node, host, machine, hardware } = member;
    const { plan, image, after } = this.#args;
    const account = { username: plan.user, keys: plan.sshKeys };
    const networks = machine.nics.map(({ network }) => network);
    return host.declare(VmLegacy, node.name, clusterVmArgs(cluster, member, { image, account }), {
      parent: this,
      ignoreChanges: SET_ONCE,
      dependsOn: [...host.neededFor({ networks, devices: hardware.devices, images: [image] }), ...after],
    });
  }

  #step(name: string, first: K3sMember, create: string, after: pulumi.Resource[]) {
    return this.#run(name, first, { create }, after);
  }

  #run(
    name: string,
    member: K3sMember,
    args: { create: string; stdin?: pulumi.Output<string> },
    dependsOn: pulumi.Resource[],
  ) {
    const { plan, privateKey } = this.#args;
    const { address, hostKey } = member.node;
    const presence = presenceOf(member);
    const waits = waitsFor(presence);
    const { stdin, ...open } = args;
    const connection = {
      host: address,
      user: plan.user,
      ...(hostKey ? { hostKey } : {}),
      ...(waits ? {} : { privateKey }),
    };
    const inputs = {
      ...open,
      ...(stdin && !waits ? { stdin } : {}),
      connection: { ...connection, dialErrorLimit: 60 },
    };

    return declare(presence, command.remote.Command, name, inputs, {
      parent: this,
      dependsOn,
      additionalSecretOutputs: ["stdout"],
    });
  }
}

/** A machine whose key is not known is never connected to. */
function presenceOf({ host, node }: K3sMember): HostPresence {
  if (node.hostKey || waitsFor(host.presence)) return host.presence;
  const reason = `the host key of ${node.name} is not in the site; read it on its console once it has started`;
  return { ...host.presence, state: "not-installed", reason };
}
