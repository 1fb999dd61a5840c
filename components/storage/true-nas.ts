import * as pulumi from "@pulumi/pulumi";
import type { Appliance, ExternalCopy as CopySpec, Site } from "../../src/site/index.ts";
import { Provider } from "../../truenas/index.ts";
import { type HostPresence, waitsFor } from "../declare.ts";
import { ExternalCopy, ExternalMonitor } from "../protection/external.ts";
import { datasetPlan } from "./datasets.ts";
import { keyOf, type Planned } from "./planned.ts";
import { poolPlan } from "./pools.ts";
import { servicePlan, sharePlan } from "./shares.ts";

/** What an appliance is made from. */
export interface TrueNasArgs {
  readonly appliance: Appliance;
  readonly host: HostPresence;
  /** The virtual machine that it runs on, when this program makes it. */
  readonly machine?: pulumi.Resource | undefined;
  readonly networks: Site["networks"];
  readonly snapshotTiers: Site["snapshotTiers"];
  /** The key that opens SSH; an appliance can be previewed without. */
  readonly privateKey?: pulumi.Output<string> | undefined;
  /** Copies of its data that are carried outside this program. */
  readonly externalCopies: readonly CopySpec[];
  /** Monitors outside this program that watch it, and what they watch. */
  readonly monitors: Site["monitoring"]["monitors"];
  /** The configuration key that holds it, named when it is missing. */
  readonly secretName: string;
}

const TYPE = "homelab:storage:TrueNas";

/** One TrueNAS appliance: its pools and data, who may reach them, and how they are kept. */
export class TrueNas extends pulumi.ComponentResource {
  constructor(name: string, args: TrueNasArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, {}, opts);
    const { host } = args;
    const provider = waitsFor(host) ? {} : { provider: this.#connect(name, args) };
    const declared = new Map<string, pulumi.Resource>();

    for (const planned of appliancePlan(args)) {
      const dependsOn = planned.after.flatMap((key) => declared.get(key) ?? []);
      const opts = { parent: this, ...provider, dependsOn, ...guardOf(planned) };
      declared.set(keyOf(planned), planned.declare(host, `${name}/${planned.name}`, opts));
    }
    this.#note(name, args);
    this.registerOutputs({});
  }

  /** What others do for its data, so that it is in the state and the policies can count it. */
  #note(name: string, { host, externalCopies, monitors }: TrueNasArgs): void {
    for (const { name: copy, ...args } of externalCopies) {
      new ExternalCopy(`${name}/${copy}`, { ...args, sourceHost: host.name }, { parent: this });
    }
    for (const [monitor, { watches }] of Object.entries(monitors)) {
      new ExternalMonitor(`${name}/${monitor}`, { watches }, { parent: this });
    }
  }

  #connect(name: string, { appliance, host, machine, privateKey, secretName }: TrueNasArgs): Provider {
    const { network, port, user, sudo, hostKey } = appliance.ssh;
    const maintenance = host.state === "maintenance" ? { maintenance: host.reason ?? "in maintenance" } : {};

    return new Provider(
      name,
      {
        host: appliance.addresses[network] ?? "",
        label: name,
        port,
        user,
        sudo,
        ...(hostKey ? { hostKey } : {}),
        ...(privateKey ? { privateKey } : {}),
        secretName,
        // Not `this.urn`: whoever depends on a component waits for all of its children, and these wait for the provider.
        importParent: pulumi.createUrn(name, TYPE),
        ...maintenance,
      },
      { parent: this, ...(machine ? { dependsOn: machine } : {}) },
    );
  }
}

/** Everything on an appliance, in an order in which it can be made. */
export function appliancePlan({
  appliance,
  networks,
  snapshotTiers,
}: Pick<TrueNasArgs, "appliance" | "networks" | "snapshotTiers">): Planned[] {
  const stored = [...poolPlan(appliance), ...datasetPlan(appliance, snapshotTiers)];
  const shares = sharePlan(appliance, networks);

  return [...stored, ...shares, ...servicePlan(appliance, shares)];
}

/** `refuse` stops a preview that would destroy or replace; `retain` lets go of the object and leaves it as it is. */
function guardOf({ onDestroy }: Planned): pulumi.CustomResourceOptions {
  if (onDestroy === "refuse") return { protect: true };
  return onDestroy === "retain" ? { retainOnDelete: true } : {};
}
