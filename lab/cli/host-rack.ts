import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Step } from "../engine/index.ts";
import { type PciDevice, SimulatedHost, SimulatedLinux, type SshMachine } from "../hosts/index.ts";

const PROVIDER = "pulumi:providers:proxmoxve";
const MACHINE = "proxmoxve:index/vmLegacy:VmLegacy";
const MAPPING = "proxmoxve:hardware/mapping/pci:Pci";

interface ProviderInputs {
  /** JSON, as a provider's inputs are. */
  readonly ssh?: string;
}

interface MappingInputs {
  readonly maps: readonly {
    readonly node: string;
    readonly path: string;
    readonly id: string;
    readonly subsystemId?: string;
    readonly iommuGroup?: number;
  }[];
}

interface MachineInputs {
  readonly initialization?: {
    readonly userAccount?: { readonly username: string };
    readonly ipConfigs?: readonly { readonly ipv4?: { readonly address?: string } }[];
  };
}

/** What every simulated host boots from: a mirror that no mapping names. */
const BOOT_DEVICES: readonly PciDevice[] = ["0000:c1:00.0", "0000:c2:00.0"].map((address) => {
  return { address, id: "144d:a808", driver: "nvme" };
});
const BOOT_DISKS = BOOT_DEVICES.map(({ address }, at) => {
  return { name: `nvme${at}n1`, serial: `BOOT-0${at + 1}`, controller: address, pool: "rpool" };
});

/** The Proxmox hosts of a rehearsal, as far as SSH leads to them: one for each that a provider names. */
export class HostRack {
  /** The file that says where the hosts really listen, by the address that the program knows. */
  readonly endpoints: string;
  readonly #dir: string;
  readonly #hosts = new Map<string, SshMachine>();

  constructor(dir: string) {
    this.#dir = join(dir, "hosts");
    this.endpoints = join(dir, "ssh-endpoints.json");
  }

  /** Racks the hosts that a preview names, with the cards that are mapped on them, and the machines that let people log in. */
  async rack(steps: readonly Step[]): Promise<void> {
    for (const { address, user } of machinesIn(steps)) {
      this.#hosts.set(address, await SimulatedLinux.start(join(this.#dir, address), user));
    }
    for (const [name, address] of hostsIn(steps)) {
      const devices = [...devicesOf(name, steps), ...BOOT_DEVICES];
      this.#hosts.set(address, await SimulatedHost.start({ name, devices, disks: BOOT_DISKS }, join(this.#dir, name)));
    }
    await mkdir(this.#dir, { recursive: true });
    const endpoints = [...this.#hosts].map(([address, { endpoint }]) => [
      address,
      { ...endpoint, port: endpoint.port },
    ]);
    await writeFile(this.endpoints, JSON.stringify(Object.fromEntries(endpoints)), { mode: 0o600 });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map((host) => host.stop()));
  }
}

function hostsIn(steps: readonly Step[]): [name: string, address: string][] {
  const providers = steps.filter(({ type, op }) => type === PROVIDER && op !== "delete");
  return providers.flatMap(({ inputs }) => {
    const { ssh = "{}" } = inputs as ProviderInputs;
    const { nodes = [] } = JSON.parse(ssh) as { nodes?: readonly { name: string; address: string }[] };
    return nodes.map(({ name, address }): [string, string] => [name, address]);
  });
}

/** Machines that cloud-init gives an account, by the address at which they are reached. */
function machinesIn(steps: readonly Step[]): { address: string; user: string }[] {
  return steps
    .filter(({ type, op }) => type === MACHINE && op !== "delete")
    .flatMap(({ inputs }) => {
      const { userAccount, ipConfigs = [] } = (inputs as MachineInputs).initialization ?? {};
      const address = ipConfigs[0]?.ipv4?.address?.split("/")[0];
      return userAccount && address ? [{ address, user: userAccount.username }] : [];
    });
}

function devicesOf(host: string, steps: readonly Step[]): PciDevice[] {
  return steps
    .filter(({ type, op }) => type === MAPPING && op !== "delete")
    .flatMap(({ inputs }) => (inputs as MappingInputs).maps)
    .filter(({ node }) => node === host)
    .map(({ path, id, subsystemId, iommuGroup }) => ({
      address: path,
      id,
      ...(subsystemId ? { subsystem: subsystemId } : {}),
      ...(iommuGroup === undefined ? {} : { iommuGroup }),
      driver: "mpt3sas",
    }));
}
