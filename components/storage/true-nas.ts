import * as pulumi from "@pulumi/pulumi";
import type { Alerts, Appliance, ExternalCopy as CopySpec, Site } from "../../src/site/index.ts";
import { Dataset, Provider, Service, Zvol } from "../../truenas/index.ts";
import { type HostPresence, tokenOf, type Waiting, waitsFor } from "../declare.ts";
import { ExternalCopy, ExternalMonitor } from "../protection/external.ts";
import { bindingPlan } from "./bindings.ts";
import { datasetPlan } from "./datasets.ts";
import { iscsiPlan } from "./iscsi.ts";
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
  /** Fill levels at which somebody is told of a quota. */
  readonly thresholds?: Alerts["thresholds"] | undefined;
  /** The key that opens SSH; an appliance can be previewed without. */
  readonly privateKey?: pulumi.Output<string> | undefined;
  /** Copies of its data that are carried outside this program. */
  readonly externalCopies: readonly CopySpec[];
  /** Monitors outside this program that watch it, and what they watch. */
  readonly monitors: Site["monitoring"]["monitors"];
  /** The configuration key that holds it, named when it is missing. */
  readonly secretName: string;
}

/** How something is placed on an appliance beside what the appliance itself declares. */
export interface Placing {
  /** The component that it belongs to; the appliance when left out. */
  readonly parent?: pulumi.Resource;
  /** A machine that must be there as well, such as the other end of a replication. */
  readonly needs?: HostPresence;
  /** What must be made before it, on this or another appliance. */
  readonly dependsOn?: readonly pulumi.Resource[];
}

const TYPE = "homelab:storage:TrueNas";

/** One TrueNAS appliance: its pools and data, who may reach them, and how they are kept. */
export class TrueNas extends pulumi.ComponentResource {
  /** Its name in the site. */
  readonly label: string;
  readonly appliance: Appliance;
  readonly host: HostPresence;
  readonly #provider: Provider | undefined;
  readonly #machine: pulumi.Resource[];
  readonly #declared = new Map<string, pulumi.Resource>();

  constructor(name: string, args: TrueNasArgs, opts?: pulumi.ComponentResourceOptions) {
    super(TYPE, name, { secrets: args.appliance.ssh.secrets }, opts);
    this.label = name;
    this.appliance = args.appliance;
    this.host = args.host;
    this.#machine = args.machine ? [args.machine] : [];
    this.#provider = waitsFor(args.host) ? undefined : this.#connect(args);

    for (const planned of appliancePlan(args)) this.place(planned);
    this.#note(args);
    this.registerOutputs({});
  }

  /** What consumers need: its machine, its data, and the services that let them reach it; the machine while it waits. */
  get serving(): pulumi.Resource[] {
    if (waitsFor(this.host)) return this.#machine;
    const kinds = [Dataset, Zvol, Service].map((Type) => keyOf({ type: tokenOf(Type), name: "" }));
    const data = [...this.#declared].filter(([key]) => kinds.some((kind) => key.startsWith(kind)));
    return [...this.#machine, ...data.map(([, made]) => made)];
  }

  /** Declares one more object on the appliance, or what waits in its place. */
  place(planned: Planned, { parent = this, needs, dependsOn = [] }: Placing = {}): pulumi.CustomResource | Waiting {
    const host = needs !== undefined && waitsFor(needs) && !waitsFor(this.host) ? needs : this.host;
    const provider = waitsFor(host) || this.#provider === undefined ? {} : { provider: this.#provider };
    const before = [...planned.after.flatMap((key) => this.lookup(key) ?? []), ...dependsOn];
    const opts = { parent, ...provider, dependsOn: before, ...guardOf(planned) };
    const declared = planned.declare(host, `${this.label}/${planned.name}`, opts);
    this.#declared.set(keyOf(planned), declared);
    return declared;
  }

  /** What has been declared under a key, for others to come after it. */
  lookup(key: string): pulumi.Resource | undefined {
    return this.#declared.get(key);
  }

  /** What others do for its data, so that it is in the state and the policies can count it. */
  #note({ host, externalCopies, monitors }: TrueNasArgs): void {
    for (const { name: copy, ...args } of externalCopies) {
      new ExternalCopy(`${this.label}/${copy}`, { ...args, sourceHost: host.name }, { parent: this });
    }
    for (const [monitor, { watches }] of Object.entries(monitors)) {
      new ExternalMonitor(`${this.label}/${monitor}`, { watches }, { parent: this });
    }
  }

  #connect({ appliance, host, machine, privateKey, secretName }: TrueNasArgs): Provider {
    const { network, port, user, sudo, secrets, hostKey } = appliance.ssh;
    const maintenance = host.state === "maintenance" ? { maintenance: host.reason ?? "in maintenance" } : {};

    return new Provider(
      this.label,
      {
        host: appliance.addresses[network] ?? "",
        label: this.label,
        port,
        user,
        sudo,
        secrets,
        ...(hostKey ? { hostKey } : {}),
        ...(privateKey ? { privateKey } : {}),
        secretName,
        // Not `this.urn`: whoever depends on a component waits for all of its children, and these wait for the provider.
        importParent: pulumi.createUrn(this.label, TYPE),
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
  thresholds,
}: Pick<TrueNasArgs, "appliance" | "networks" | "snapshotTiers" | "thresholds">): Planned[] {
  const stored = [...poolPlan(appliance), ...datasetPlan(appliance, { snapshotTiers, thresholds })];
  const offered = [
    ...bindingPlan(appliance, networks),
    ...sharePlan(appliance, networks),
    ...iscsiPlan(appliance, networks),
  ];

  return [...stored, ...offered, ...servicePlan(appliance, offered)];
}

/** `refuse` stops a preview that would destroy or replace; `retain` lets go of the object and leaves it as it is. */
function guardOf({ onDestroy }: Planned): pulumi.CustomResourceOptions {
  if (onDestroy === "refuse") return { protect: true };
  return onDestroy === "retain" ? { retainOnDelete: true } : {};
}
