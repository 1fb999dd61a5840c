import * as proxmoxve from "@muhlba91/pulumi-proxmoxve";
import * as pulumi from "@pulumi/pulumi";
import { bridgeOf, type Host, type Proxmox, type Site } from "../../src/site/index.ts";
import { declare, type HostPresence, type ResourceClass } from "../declare.ts";
import { CarriedNetwork } from "./carried-network.ts";
import { mappingArgs } from "./devices.ts";
import { downloadArgs, type HostImage, volumeOf } from "./images.ts";
import { interfacesOf } from "./interfaces.ts";
import type { ProxmoxApi } from "./proxmox-api.ts";

/** What a host is made from. */
export interface ProxmoxHostArgs {
  readonly api: ProxmoxApi;
  readonly presence: HostPresence;
  readonly host: Host;
  readonly proxmox: Proxmox;
  readonly networks: Site["networks"];
  /** Images that its machines are made from. */
  readonly images: readonly HostImage[];
}

/** What a machine needs of its host before it can be made. */
export interface Needs {
  readonly networks: readonly string[];
  readonly devices?: readonly string[];
  readonly images?: readonly HostImage[];
}

/** One Proxmox host: its bridges and addresses, the cards that it gives away, the images on it. */
export class ProxmoxHost extends pulumi.ComponentResource {
  readonly name: string;
  readonly presence: HostPresence;
  readonly proxmox: Proxmox;
  readonly #api: ProxmoxApi;
  readonly #made = new Map<string, pulumi.Resource>();
  #preparation: pulumi.Resource[] = [];

  constructor(name: string, args: ProxmoxHostArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:hosts:ProxmoxHost", name, {}, { parent: args.api, ...opts });
    const { host, proxmox, networks, images } = args;
    this.name = name;
    this.presence = args.presence;
    this.proxmox = proxmox;
    this.#api = args.api;

    this.#interfaces(host, networks);
    this.#devices();
    for (const image of images) this.#image(image);
    this.registerOutputs({});
  }

  /** Declares something on this host; its parent is the host, and it waits for the host, unless said otherwise. */
  declare<Args extends object, Declared extends pulumi.CustomResource>(
    Type: ResourceClass<Args, Declared>,
    name: string,
    args: Args,
    opts: pulumi.CustomResourceOptions = {},
    presence: HostPresence = this.presence,
  ) {
    return declare(presence, Type, name, args, this.#api.options({ parent: this, ...opts }));
  }

  /** The bridge that carries a network. */
  bridgeOf(network: string): string {
    return bridgeOf(this.proxmox, network) ?? "";
  }

  /** The volume of an image on this host. */
  volumeOf(image: HostImage): string {
    return volumeOf(this.proxmox.images, image);
  }

  /** Machines with devices come after what prepares the host for them. */
  preparedBy({ done }: { readonly done: pulumi.Resource }): void {
    this.#preparation = [done];
  }

  /** What must be there before a machine: the bridges of its networks, its devices, its images. */
  neededFor({ networks, devices = [], images = [] }: Needs): pulumi.Resource[] {
    const keys = [
      ...networks.map((network) => bridgeKey(this.bridgeOf(network))),
      ...devices.map(deviceKey),
      ...images.map(imageKey),
    ];
    const made = [...new Set(keys)].flatMap((key) => this.#made.get(key) ?? []);
    return devices.length > 0 ? [...this.#preparation, ...made] : made;
  }

  #interfaces(host: Host, networks: Site["networks"]): void {
    const { bridges, vlans } = interfacesOf(this.name, host, this.proxmox, networks);
    for (const [name, args] of Object.entries(bridges)) {
      const made = this.declare(proxmoxve.network.linux.Bridge, `${this.name}/${name}`, args, { protect: true });
      this.#made.set(bridgeKey(name), made);
    }
    const carried = this.#carried(networks);
    for (const [name, args] of Object.entries(vlans)) {
      const dependsOn = this.#made.get(bridgeKey(args.interface)) ?? [];
      const parent = carried.get(args.vlan) ?? this;
      this.declare(proxmoxve.network.linux.Vlan, `${this.name}/${name}`, args, { protect: true, dependsOn, parent });
    }
  }

  /** The networks on its bridges, by their tags. */
  #carried(networks: Site["networks"]): Map<number, CarriedNetwork> {
    const onBridges = Object.entries(this.proxmox.bridges).flatMap(([bridge, { networks: names }]) =>
      names.flatMap((name) => (networks[name] ? [{ name, bridge, network: networks[name] }] : [])),
    );
    return new Map(
      onBridges.map(({ name, ...on }) => {
        const carried = new CarriedNetwork(name, { host: this.name, ...on }, { parent: this });
        return [on.network.vlan, carried];
      }),
    );
  }

  #devices(): void {
    for (const [name, device] of Object.entries(this.proxmox.devices)) {
      const args = mappingArgs(this.name, name, device);
      this.#made.set(deviceKey(name), this.declare(proxmoxve.hardware.mapping.Pci, name, args));
    }
  }

  #image(image: HostImage): void {
    const args = downloadArgs(this.name, this.proxmox.images, image);
    const made = this.declare(proxmoxve.download.File, `${this.name}/${image.fileName}`, args);
    this.#made.set(imageKey(image), made);
  }
}

const bridgeKey = (name: string) => `bridge ${name}`;
const deviceKey = (name: string) => `device ${name}`;
const imageKey = ({ fileName }: HostImage) => `image ${fileName}`;
