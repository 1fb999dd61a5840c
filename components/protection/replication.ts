import * as pulumi from "@pulumi/pulumi";
import {
  type CarriedTask,
  carriedTasks,
  hoursOf,
  leftOut,
  type Site,
  type Replication as Spec,
} from "../../src/site/index.ts";
import { Dataset, ReplicationTask, SnapshotTask, SshConnection, SshKeyPair } from "../../truenas/index.ts";
import { tokenOf } from "../declare.ts";
import { keyOf, type Planned, plan } from "../storage/planned.ts";
import type { Placing, TrueNas } from "../storage/true-nas.ts";
import type { Receiver } from "./receiver.ts";

/** A replication of the site, by its name there. */
export interface NamedReplication {
  readonly name: string;
  readonly spec: Spec;
}

/** Properties of the source that would make a copy overflow, hide, or be shared at the target. */
const NOT_SENT = [...["quota", "refquota", "reservation", "refreservation"], ...["mountpoint", "sharenfs", "sharesmb"]];

/**
 * What ZFS replication carries from one appliance to another, or to another pool of the same: the key that the source
 * shows, the machine that it expects, and a task for each replication. All of it waits until both ends are there.
 */
export class Replication extends pulumi.ComponentResource {
  readonly source: TrueNas;
  readonly target: TrueNas;
  /** The public half of the key that the source shows; undefined where none is needed or the source waits. */
  readonly publicKey: pulumi.Output<string> | undefined;
  readonly #placing: Placing;
  readonly #pair: Planned | undefined;

  constructor(source: TrueNas, target: TrueNas) {
    const local = source === target;
    super(
      "homelab:protection:Replication",
      `${source.label}/${local ? "local" : target.label}`,
      {},
      { parent: source },
    );
    this.source = source;
    this.target = target;
    this.#placing = { parent: this, needs: target.host };
    this.#pair = local ? undefined : plan(SshKeyPair, `to ${target.label}`, { name: `replication to ${target.label}` });
    const pair = this.#pair && source.place(this.#pair, this.#placing);
    this.publicKey = pair instanceof SshKeyPair ? pair.publicKey : undefined;
  }

  /** Declares the tasks, once the other end lets the source in. */
  start(replications: readonly NamedReplication[], site: Site, receiver: Receiver | undefined): void {
    const { source, target } = this;
    const connection = receiver && this.#connect(receiver);
    const through = connection ? [keyOf(connection)] : [];

    for (const { name, spec } of replications) {
      const tasks = carriedTasks(site, spec);
      const after = [...through, ...tasks.map(({ dataset, tier }) => snapshotKey(dataset, tier))];
      const into = target.lookup(keyOf({ type: tokenOf(Dataset), name: spec.target.dataset ?? "" }));
      const args = { ...taskArgs(name, spec, tasks), exclude: leftOut(site, spec), ...wayOf(target, receiver) };
      source.place(plan(ReplicationTask, name, args, { after }), { ...this.#placing, dependsOn: into ? [into] : [] });
    }
    this.registerOutputs({});
  }

  #connect(receiver: Receiver): Planned {
    const { target } = this;
    const connection = plan(
      SshConnection,
      target.label,
      {
        name: target.label,
        host: receiver.address,
        username: receiver.user,
        keyPair: `replication to ${target.label}`,
        // Where it is not known yet, the target is not there yet either, and all of this waits.
        remoteHostKey: target.appliance.ssh.hostKey ?? "",
      },
      { after: this.#pair ? [keyOf(this.#pair)] : [] },
    );
    this.source.place(connection, { ...this.#placing, dependsOn: [receiver.account] });
    return connection;
  }
}

function wayOf(target: TrueNas, receiver: Receiver | undefined) {
  if (receiver === undefined) return { transport: "LOCAL" as const };
  return { transport: "SSH" as const, sshConnection: target.label, sudo: true };
}

function snapshotKey(dataset: string, tier: string): string {
  return keyOf({ type: tokenOf(SnapshotTask), name: `${dataset}@${tier}` });
}

function taskArgs(name: string, spec: Spec, tasks: readonly CarriedTask[]) {
  const { source, target, recursive, fromScratch, schedule } = spec;

  return {
    name,
    direction: "PUSH" as const,
    sourceDatasets: [source.dataset],
    targetDataset: target.dataset ?? "",
    recursive,
    propertiesExclude: NOT_SENT,
    periodicSnapshotTasks: tasks.map(({ dataset, namingSchema }) => `${dataset}@${namingSchema}`),
    auto: true,
    ...(schedule ? { schedule } : {}),
    holdPendingSnapshots: true,
    allowFromScratch: fromScratch,
    readonly: "SET" as const,
    ...retention(tasks),
    enabled: true,
  };
}

/** How long copies are kept: the shortest of all tiers, and longer for those taken at the times of the others. */
function retention(tasks: readonly CarriedTask[]) {
  const [shortest, ...longer] = [...tasks].sort((one, other) => hoursOf(one.kept) - hoursOf(other.kept));
  const lifetimes = longer
    .filter(({ kept }) => shortest !== undefined && hoursOf(kept) > hoursOf(shortest.kept))
    .map(({ schedule, kept }) => ({ schedule, lifetimeValue: kept.value, lifetimeUnit: kept.unit }));

  return {
    retentionPolicy: "CUSTOM" as const,
    ...(shortest ? { lifetimeValue: shortest.kept.value, lifetimeUnit: shortest.kept.unit } : {}),
    ...(lifetimes.length > 0 ? { lifetimes } : {}),
  };
}
