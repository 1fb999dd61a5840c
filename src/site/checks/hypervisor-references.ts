import type { PathPart } from "../problem.ts";
import type { Site } from "../site.ts";
import { virtualMachinesOf } from "../virtual-machines.ts";
import { hypervisorsOf } from "./hypervisors.ts";
import type { Reference } from "./reference.ts";

type Path = readonly PathPart[];

/** Names around Proxmox that stand for something declared elsewhere. */
export function hypervisorReferences(site: Site): Reference[] {
  return [...hostReferences(site), ...machineReferences(site), ...imageReferences(site)];
}

function hostReferences(site: Site): Reference[] {
  return hypervisorsOf(site).flatMap(({ name, proxmox, path }) => {
    const addresses = (at: Path, network: string) =>
      reference(at, network, "address in network", [["hosts", name, "addresses"]]);
    const local = machinesOf(site, name);
    return [
      addresses([...path, "api", "network"], proxmox.api.network),
      addresses([...path, "ssh", "network"], proxmox.ssh.network),
      ...Object.entries(proxmox.bridges).flatMap(([bridge, { networks }]) =>
        networks.map((network, at) =>
          reference([...path, "bridges", bridge, "networks", at], network, "network", [["networks"]]),
        ),
      ),
      ...Object.entries(proxmox.backups).flatMap(([job, { machines, storage }]) => [
        ...machines.map((machine, at) =>
          reference([...path, "backups", job, "machines", at], machine, `machine of ${name}`, local),
        ),
        ...storageReference([...path, "backups", job, "storage"], storage, name),
      ]),
    ];
  });
}

function machineReferences(site: Site): Reference[] {
  return virtualMachinesOf(site).flatMap(({ host, hardware, hardwarePath: path }) => {
    if (!site.hosts[host]?.proxmox || !hardware) return [];
    const devices = hardware.devices.map((device, at) =>
      reference([...path, "devices", at], device, `device of ${host}`, [["hosts", host, "proxmox", "devices"]]),
    );
    const cards = Object.keys(hardware.nics).map((network) =>
      reference([...path, "nics", network], network, "network", [["networks"]]),
    );
    return [...devices, ...cards];
  });
}

function imageReferences(site: Site): Reference[] {
  const image = (path: Path, name: string) => reference(path, name, "image", [["images"]]);
  const infrastructure = Object.entries(site.machines).flatMap(([name, { host, image: from, addresses }]) => [
    reference(["machines", name, "host"], host, "host", [["hosts"]]),
    image(["machines", name, "image"], from),
    ...Object.keys(addresses).map((network) =>
      reference(["machines", name, "addresses", network], network, "network", [["networks"]]),
    ),
  ]);
  const installers = Object.entries(site.appliances).flatMap(([name, { vm }]) =>
    vm ? [image(["appliances", name, "vm", "installer"], vm.installer)] : [],
  );
  return [...infrastructure, ...installers];
}

/** Maps that hold the machines of a host. */
function machinesOf(site: Site, host: string): Path[] {
  const clusters = Object.keys(site.clusters).map((name) => ["clusters", name, "nodes"]);
  const there = virtualMachinesOf(site).some((machine) => machine.host === host);
  return there ? [["appliances"], ["machines"], ...clusters] : [["appliances"], ["machines"]];
}

/** Storages that the installer makes need no declaration. */
function storageReference(path: Path, storage: string, host: string): Reference[] {
  if (["local", "local-zfs"].includes(storage)) return [];
  return [reference(path, storage, `storage of ${host}`, [["hosts", host, "proxmox", "storages"]])];
}

function reference(path: Path, name: string, kind: string, maps: readonly Path[]): Reference {
  return { path, name, kind, maps };
}
