import { VmLegacy } from "@muhlba91/pulumi-proxmoxve";
import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { declare, waitsFor } from "../../declare.ts";
import type { ProxmoxHost } from "../../hosts/proxmox-host.ts";
import { SET_ONCE } from "../../machines/image-vm.ts";
import type { MachineHost } from "../../machines/virtual-machine.ts";
import { type ClusterMachine, clusterVmArgs, membersAmong } from "../cluster-machine.ts";
import type { ClusterMember, KubernetesCluster } from "../kubernetes-cluster.ts";
import { machineConfig } from "./machine-config.ts";
import type { TalosNode, TalosPlan } from "./plan.ts";
import { diskImage } from "./schematic.ts";
import { readSecrets, SAMPLE_SECRETS } from "./secrets.ts";
import { bootstrap, checkHealth, configureNode, KEEP_SECRETS, makeSecrets, readKubeconfig } from "./steps.ts";

/** What a Talos cluster is made from. */
export interface TalosClusterArgs {
  readonly plan: TalosPlan;
  /** Its machines, control planes first. */
  readonly members: readonly ClusterMachine<TalosNode>[];
  /** What its machines come after. */
  readonly after: readonly pulumi.Resource[];
}

/** A Kubernetes cluster on Talos: machines, their configurations, and the steps that make one cluster of them (ADR-0054). */
export class TalosCluster extends pulumi.ComponentResource implements KubernetesCluster {
  readonly endpoint: string;
  readonly members: readonly ClusterMember[];
  readonly kubeconfig: pulumi.Output<string> | undefined;
  readonly ready: pulumi.Resource | undefined;

  constructor(name: string, args: TalosClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:clusters:TalosCluster", name, {}, opts);
    const { plan, members } = args;
    this.endpoint = `https://${plan.endpoint}:6443`;
    this.members = membersAmong(members);

    const present = members.filter(({ host }) => !waitsFor(host.presence));
    const secrets = this.#secrets(name, plan, present.length > 0);
    const configured = this.#machines(name, args, secrets);
    const first = present.find(({ node }) => node.role === "control-plane")?.node;
    if (first && secrets) {
      const started = this.#step(
        `${name}/bootstrap`,
        bootstrap(plan, first),
        secrets,
        [configured.get(first.name)],
        true,
      );
      const opens = this.#step(`${name}/kubeconfig`, readKubeconfig(plan, first), secrets, [started]);
      const nodes = present.map(({ node }) => node);
      this.ready = this.#step(`${name}/health`, checkHealth(plan, first, nodes), secrets, [
        started,
        ...configured.values(),
      ]);
      this.kubeconfig = opens.stdout;
    }
    this.registerOutputs({ endpoint: this.endpoint, kubeconfig: this.kubeconfig });
  }

  /** Made once. A change of anything, a new release too, leaves them as they are. */
  #secrets(name: string, plan: TalosPlan, needed: boolean): command.local.Command | undefined {
    if (!needed) return undefined;
    const args = { create: makeSecrets(plan), update: KEEP_SECRETS, logging: "none" } as const;
    return new command.local.Command(`${name}/secrets`, args, {
      parent: this,
      protect: true,
      ignoreChanges: ["create"],
      additionalSecretOutputs: ["stdout"],
    });
  }

  /** The machines, and what each is told; one at a time, so that no two restart together. */
  #machines(
    name: string,
    { plan, members, after }: TalosClusterArgs,
    secrets: command.local.Command | undefined,
  ): Map<string, pulumi.Resource> {
    const configured = new Map<string, pulumi.Resource>();
    for (const member of members) {
      const { node, host, machine, hardware } = member;
      // A mistake in the site is said in a preview, when there are no secrets yet.
      machineConfig(plan, node, SAMPLE_SECRETS);
      const image = diskImage(node.schematic, plan.version);
      const networks = machine.nics.map(({ network }) => network);
      const vm = host.declare(VmLegacy, node.name, nodeVmArgs(name, member, plan), {
        parent: this,
        ignoreChanges: SET_ONCE,
        dependsOn: [...host.neededFor({ networks, devices: hardware.devices, images: [image] }), ...after],
      });
      const earlier = [...configured.values()].slice(-1);
      configured.set(node.name, this.#configure(plan, node, host, secrets, [vm, ...earlier]));
    }
    return configured;
  }

  #configure(
    plan: TalosPlan,
    node: TalosNode,
    host: ProxmoxHost,
    secrets: command.local.Command | undefined,
    dependsOn: pulumi.Resource[],
  ): pulumi.Resource {
    const create = configureNode(plan, node);
    const told = secrets && {
      TALOS_SECRETS: secrets.stdout,
      TALOS_CONFIG: secrets.stdout.apply((text) => machineConfig(plan, node, readSecrets(text))),
    };
    const args = { create, ...(told && !waitsFor(host.presence) ? { environment: told } : {}) };

    return declare(host.presence, command.local.Command, `${node.name}/configuration`, args, {
      parent: this,
      dependsOn,
    });
  }

  #step(
    name: string,
    create: string,
    secrets: command.local.Command,
    after: readonly (pulumi.Resource | undefined)[],
    once = false,
  ): command.local.Command {
    const args = { create, environment: { TALOS_SECRETS: secrets.stdout }, logging: "stderr" } as const;
    return new command.local.Command(name, once ? { ...args, update: KEEP_SECRETS } : args, {
      parent: this,
      dependsOn: after.filter((resource) => resource !== undefined),
      additionalSecretOutputs: ["stdout"],
      ...(once ? { ignoreChanges: ["create", "environment"] } : {}),
    });
  }
}

/** A Talos machine as Proxmox is told of it. */
export function nodeVmArgs(cluster: string, member: ClusterMachine<TalosNode, MachineHost>, { version }: TalosPlan) {
  return {
    ...clusterVmArgs(cluster, member, { image: diskImage(member.node.schematic, version) }),
    // Talos without its agent does not listen to a request to shut down; nothing is lost by stopping a node that goes.
    stopOnDestroy: true,
  };
}
