import { mkdir, rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Step } from "../engine/index.ts";
import {
  type ApplianceSpec,
  type Configuration,
  type DiskSpec,
  SimulatedTrueNas,
  World,
  writeEndpoints,
} from "../truenas/index.ts";
import { CloudRack } from "./cloud-rack.ts";
import { HostRack } from "./host-rack.ts";
import type { MissingSecret } from "./made-up-secrets.ts";
import type { Traffic } from "./report.ts";

const PROVIDER = "pulumi:providers:truenas";
const POOL = "truenas:index:Pool";

interface Vdev {
  readonly disks: readonly string[];
  readonly diskSize?: number;
}

interface PoolInputs {
  readonly topology: Readonly<Record<string, readonly Vdev[] | Vdev>>;
}

interface ProviderInputs {
  readonly host: string;
  readonly label?: string;
  /** The public host key that the program pins; what other appliances see of it. */
  readonly hostKey?: string;
}

interface Racked {
  readonly label: string;
  readonly spec: ApplianceSpec;
  readonly appliance: SimulatedTrueNas;
}

/** Tools that the owner installs and a rehearsal stands in for. */
const TOOLS = fileURLToPath(new URL("../talos", import.meta.url));

const DEFAULT_DISK_SIZE = 1e12;

/**
 * The hardware of a rehearsal: one simulated appliance for each TrueNAS provider that a preview registers, holding the
 * disks that the pools of that provider name.
 */
export class Lab {
  readonly dir: string;
  /** The file that tells the provider where the appliances really listen. */
  readonly endpoints: string;
  /** Where the appliances reach one another and share one clock. */
  readonly world: World;
  readonly #cloud: CloudRack;
  readonly #hosts: HostRack;
  readonly #appliances = new Map<string, Racked>();

  /** @param now the time at which its world starts and stands still until advanced; without it, real time. */
  constructor(dir: string, now?: Date) {
    this.dir = dir;
    this.endpoints = join(dir, "endpoints.json");
    this.#hosts = new HostRack(dir);
    this.#cloud = new CloudRack(dir);
    this.world = new World({ cloud: this.#cloud.cloud, ...(now ? { now } : {}) });
  }

  /** What plugins must know to find the simulated hardware. */
  get env(): Record<string, string> {
    return {
      TRUENAS_ENDPOINTS: this.endpoints,
      PROXMOX_LAB: join(this.dir, "proxmox"),
      LAB_SSH: this.#hosts.endpoints,
      TALOS_LAB: join(this.dir, "talos"),
      PATH: [TOOLS, process.env["PATH"] ?? ""].join(delimiter),
    };
  }

  /**
   * Racks the appliances and disks that a preview names, those that are racked already left as they are, and buckets
   * that the secrets which are made up open; what an earlier rehearsal left in the folder goes on.
   */
  async rack(steps: readonly Step[], missing: readonly MissingSecret[] = []): Promise<void> {
    await mkdir(this.dir, { recursive: true });
    this.#cloud.rack(steps, missing);
    await this.#hosts.rack(steps);
    for (const provider of steps.filter((step) => step.type === PROVIDER && step.op !== "delete")) {
      const { host, label = host, hostKey } = provider.inputs as ProviderInputs;
      if (this.#appliances.has(host)) continue;
      const spec = {
        name: label,
        disks: disksOf(provider, steps),
        addresses: addressesOf(provider, steps),
        ...(hostKey ? { hostKey } : {}),
      };
      const appliance = await SimulatedTrueNas.start(spec, { dir: this.#dirOf(label), world: this.world });
      this.#appliances.set(host, { label, spec, appliance });
    }
    await this.#writeEndpoints();
  }

  /** An appliance burns with all its disks: nothing of it is left, and the next rack puts an empty one in its place. */
  async lose(label: string): Promise<void> {
    const [host, { appliance }] = this.#racked(label);
    await appliance.stop();
    this.#appliances.delete(host);
    await rm(this.#dirOf(label), { recursive: true });
    await this.#writeEndpoints();
  }

  /** An appliance is installed anew on another machine: its disks are put in, and a configuration is uploaded if there is one. */
  async reinstall(label: string, configuration?: Configuration): Promise<void> {
    const [host, { spec, appliance }] = this.#racked(label);
    const dir = this.#dirOf(label);
    const disksFrom = `${dir}-disks`;
    await appliance.stop();
    await rename(dir, disksFrom);
    const uploaded = configuration === undefined ? {} : { configuration };
    const again = await SimulatedTrueNas.start(spec, { dir, disksFrom, ...uploaded, world: this.world });
    this.#appliances.set(host, { label, spec, appliance: again });
    await this.#writeEndpoints();
  }

  /** The appliance behind a provider, by its label. */
  appliance(label: string): SimulatedTrueNas {
    return this.#racked(label)[1].appliance;
  }

  /** Every appliance that is racked. */
  appliances(): readonly SimulatedTrueNas[] {
    return [...this.#appliances.values()].map(({ appliance }) => appliance);
  }

  /** What every appliance counted since it was racked, by its label. */
  traffic(): Record<string, Traffic> {
    const rows = [...this.#appliances.values()].map(({ label, appliance }) => {
      const { sshConnections, midcltProcesses, middlewareCalls } = appliance.counters;
      return [label, { sshConnections, midcltProcesses, middlewareCalls }] as const;
    });
    return Object.fromEntries(rows);
  }

  #racked(label: string): [host: string, racked: Racked] {
    const found = [...this.#appliances].find(([, racked]) => racked.label === label);
    if (!found) throw new Error(`no appliance "${label}" is racked`);
    return found;
  }

  #dirOf(label: string): string {
    return join(this.dir, "appliances", label);
  }

  #writeEndpoints(): Promise<void> {
    const all = [...this.#appliances].map(([host, { appliance }]) => [host, appliance] as const);
    return writeEndpoints(this.endpoints, Object.fromEntries(all));
  }

  /** Switches every appliance off; their state stays in the folder. */
  async stop(): Promise<void> {
    await Promise.all([...this.#appliances.values()].map(({ appliance }) => appliance.stop()));
    await this.#hosts.stop();
    this.#cloud.close();
  }
}

const LISTENING = ["truenas:index:NfsConfig", "truenas:index:SmbConfig", "truenas:index:IscsiPortal"];
const CONNECTION = "truenas:index:SshConnection";

/** What a program says of where an appliance can be reached. */
interface Reached {
  readonly bindip?: readonly string[];
  readonly listen?: readonly { readonly ip: string }[];
  /** Of a connection to it: where it goes, and whom it expects there. */
  readonly host?: string;
  readonly remoteHostKey?: string;
}

/** The addresses of an appliance as far as a program names them: where it is managed, serves, and is connected to. */
function addressesOf(provider: Step, steps: readonly Step[]): string[] {
  const { host, hostKey } = provider.inputs as ProviderInputs;
  const served = steps
    .filter((step) => LISTENING.includes(step.type) && step.provider?.startsWith(`${provider.urn}::`))
    .map((step) => step.inputs as Reached)
    .flatMap(({ bindip = [], listen = [] }) => [...bindip, ...listen.map(({ ip }) => ip)]);
  const connected = steps
    .filter((step) => step.type === CONNECTION)
    .map((step) => step.inputs as Reached)
    .flatMap((reached) => (hostKey && reached.remoteHostKey === hostKey ? (reached.host ?? []) : []));

  return [...new Set([host, ...served, ...connected])].filter((ip) => ip !== "0.0.0.0" && ip !== "::");
}

function disksOf(provider: Step, steps: readonly Step[]): DiskSpec[] {
  return steps
    .filter((step) => step.type === POOL && step.provider?.startsWith(`${provider.urn}::`))
    .flatMap((step) => Object.values((step.inputs as PoolInputs).topology).flat())
    .flatMap((vdev) => vdev.disks.map((serial) => ({ serial, size: vdev.diskSize ?? DEFAULT_DISK_SIZE })));
}
