import { blockOf } from "./addresses.ts";
import { UNTAGGED_VLAN } from "./bridges.ts";
import type { PathPart } from "./problem.ts";
import type { MachineSpec, Site } from "./site.ts";

/** What a virtual machine is there for. */
export type MachineKind = "storage" | "infrastructure" | "control-plane" | "worker";

/** A network card of a virtual machine. */
export interface Nic {
  readonly network: string;
  /** The VLAN's tag; undefined for the one whose packets have none. */
  readonly tag: number | undefined;
  readonly address: string;
  /** The address with the length of the network's prefix. */
  readonly cidr: string;
  /** The network, as an address block. */
  readonly subnet: string;
  /** The way to everywhere else; on the first card whose network has one. */
  readonly gateway: string | undefined;
  readonly mac: string;
  /** Largest packet, in bytes. */
  readonly mtu: number;
}

/** When a machine is started and stopped with its host; times in seconds. */
export interface Startup {
  readonly order: number;
  readonly upDelay?: number;
  readonly downDelay?: number;
}

/** A virtual machine of the site, whatever it is there for, and where it stands in the site. */
export interface VirtualMachine {
  readonly name: string;
  readonly kind: MachineKind;
  readonly host: string;
  readonly vmId: number | undefined;
  /** Its hardware; undefined when this program does not make it. */
  readonly hardware: MachineSpec | undefined;
  readonly nics: readonly Nic[];
  readonly nameservers: readonly string[];
  readonly startup: Startup;
  readonly path: readonly PathPart[];
  /** Where its hardware is written. */
  readonly hardwarePath: readonly PathPart[];
}

/** What comes first after a power cut: what drives the disks, and last what can wait. */
const USUAL_STARTUP: Readonly<Record<MachineKind, Startup>> = {
  storage: { order: 1, upDelay: 180, downDelay: 600 },
  infrastructure: { order: 2 },
  "control-plane": { order: 2 },
  worker: { order: 3, upDelay: 30 },
};

/** Proxmox's own range of MAC addresses. */
const OUI = "BC:24:11";
const CARDS_PER_MACHINE = 16;

interface Written {
  readonly name: string;
  readonly kind: MachineKind;
  readonly host: string;
  readonly vmId: number | undefined;
  readonly hardware: MachineSpec | undefined;
  readonly addresses: Readonly<Record<string, string>>;
  readonly path: readonly PathPart[];
  readonly hardwarePath: readonly PathPart[];
}

/** Every virtual machine of a site. */
export function virtualMachinesOf(site: Site): VirtualMachine[] {
  return [...appliances(site), ...infrastructure(site), ...nodes(site)].map((written) => resolved(written, site));
}

/** The virtual machines of a host that this program makes. */
export function machinesOn(site: Site, host: string): VirtualMachine[] {
  return virtualMachinesOf(site).filter((machine) => machine.host === host && machine.hardware !== undefined);
}

function appliances(site: Site): Written[] {
  return Object.entries(site.appliances)
    .filter(([, { vmId }]) => vmId !== undefined)
    .map(([name, { host, vmId, vm, addresses }]) => {
      const path = ["appliances", name];
      return { name, kind: "storage", host, vmId, hardware: vm, addresses, path, hardwarePath: [...path, "vm"] };
    });
}

function infrastructure(site: Site): Written[] {
  return Object.entries(site.machines).map(([name, { host, vmId, vm, addresses }]) => {
    const path = ["machines", name];
    return { name, kind: "infrastructure", host, vmId, hardware: vm, addresses, path, hardwarePath: [...path, "vm"] };
  });
}

function nodes(site: Site): Written[] {
  return Object.entries(site.clusters).flatMap(([cluster, { machines, nodes }]) =>
    Object.entries(nodes).map(([name, node]) => {
      const { host, vmId, role, network, address } = node;
      const path = ["clusters", cluster, "nodes", name];
      const managed = site.hosts[host]?.proxmox !== undefined;
      return {
        name,
        kind: role,
        host,
        vmId,
        hardware: managed ? (node.vm ?? machines[role]) : undefined,
        addresses: { [network]: address, ...node.addresses },
        path,
        hardwarePath: node.vm ? [...path, "vm"] : ["clusters", cluster, "machines", role],
      };
    }),
  );
}

function resolved({ addresses, ...machine }: Written, site: Site): VirtualMachine {
  const { hardware, vmId, kind } = machine;
  const routed = Object.keys(addresses).find((network) => site.networks[network]?.gateway !== undefined);
  const placeOf = (network: string) => hardware?.nics[network]?.card ?? CARDS_PER_MACHINE + 1;
  const cards = Object.entries(addresses).toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  const nics = cards.flatMap(([network, address], at): Nic[] => {
    const spec = site.networks[network];
    if (!spec) return [];
    const { mac = macOf(vmId ?? 0, at), mtu = spec.mtu } = hardware?.nics[network] ?? {};
    const [, length] = blockOf(spec.cidr);
    const tag = spec.vlan === UNTAGGED_VLAN ? undefined : spec.vlan;
    const gateway = network === routed ? spec.gateway : undefined;
    return [{ network, tag, address, cidr: `${address}/${length}`, subnet: spec.cidr, gateway, mac, mtu }];
  });
  const { nameservers = [], gateway } = (routed === undefined ? undefined : site.networks[routed]) ?? {};
  const asked = nameservers.length > 0 ? nameservers : gateway ? [gateway] : [];

  return { ...machine, nics, nameservers: asked, startup: { ...USUAL_STARTUP[kind], ...hardware?.startup } };
}

function macOf(vmId: number, card: number): string {
  const number = (vmId * CARDS_PER_MACHINE + card) % 0x1000000;
  const digits = number.toString(16).toUpperCase().padStart(6, "0");
  return [OUI, digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].join(":");
}
