import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { Refusal } from "./refusal.ts";

/** One machine: what it has been told, and what it runs. */
export interface Talos {
  readonly address: string;
  /** YAML of several documents; absent while it waits to be told. */
  readonly config?: string;
  /** Release of Talos. */
  readonly version: string;
  /** The Image Factory's name of what it runs. */
  readonly schematic: string;
  readonly etcd?: boolean;
  /** How often it was told something, and how often it was upgraded. */
  readonly applied: number;
  readonly upgraded: number;
}

interface Disk {
  readonly importFrom?: string;
}

interface Machine {
  readonly nodeName?: string;
  readonly started?: boolean;
  readonly disks?: readonly Disk[];
  readonly initialization?: { readonly ipConfigs?: readonly { readonly ipv4?: { readonly address?: string } }[] };
}

/** What a simulated Proxmox keeps, as far as it matters here. */
interface Datacenter {
  readonly machine?: Readonly<Record<string, Machine>>;
  readonly file?: Readonly<Record<string, { readonly url?: string }>>;
}

/** The machines of a rehearsal: those of the simulated Proxmox that start from an image of Talos. */
export class Fleet {
  readonly #folder: string;
  readonly #proxmox: string | undefined;

  constructor(folder: string, proxmox: string | undefined) {
    this.#folder = folder;
    this.#proxmox = proxmox;
  }

  /** The machine at an address; throws as for one that does not answer. */
  at(address: string): Talos {
    const told = this.#known().find((machine) => machine.address === address || addressesIn(machine).includes(address));
    if (told) return told;
    const image = this.#imageAt(address);
    if (!image) {
      const said = `connection error: dial tcp ${address}:50000: no route to host`;
      throw new Refusal(`rpc error: code = Unavailable desc = ${said}`);
    }
    return { address, ...image, applied: 0, upgraded: 0 };
  }

  put(machine: Talos): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(this.#folder, `${machine.address}.json`), JSON.stringify(machine), { mode: 0o600 });
  }

  #known(): Talos[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).map((file) => JSON.parse(readFileSync(join(this.#folder, file), "utf8")) as Talos);
  }

  /** What the machine runs that Proxmox starts with an address. */
  #imageAt(address: string): Pick<Talos, "version" | "schematic"> | undefined {
    for (const { machine = {}, file = {} } of this.#datacenters()) {
      const found = Object.values(machine).find(
        ({ started, initialization }) =>
          started !== false && initialization?.ipConfigs?.some(({ ipv4 }) => ipv4?.address?.split("/")[0] === address),
      );
      const volume = found?.disks?.find(({ importFrom }) => importFrom)?.importFrom;
      const { url = "" } = (found && file[`${found.nodeName} ${volume}`]) ?? {};
      const [, schematic, version] =
        /^https:\/\/factory\.talos\.dev\/image\/([0-9a-f]{64})\/(v[\d.]+)\//.exec(url) ?? [];
      if (schematic && version) return { schematic, version };
    }
    return undefined;
  }

  #datacenters(): Datacenter[] {
    const folder = this.#proxmox;
    if (!folder || !existsSync(folder)) return [];
    const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
    return files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Datacenter);
  }
}

/** Documents of a configuration, the main one first. */
export function documentsOf(config: string): Record<string, unknown>[] {
  return parseAllDocuments(config).map((document) => {
    const [error] = document.errors;
    if (error) throw new Refusal(`failed to parse config: ${error.message}`);
    return document.toJS() as Record<string, unknown>;
  });
}

function addressesIn({ config }: Talos): string[] {
  if (!config) return [];
  return documentsOf(config)
    .filter(({ kind }) => kind === "LinkConfig")
    .flatMap(({ addresses }) => (addresses as { address: string }[]).map(({ address }) => address.split("/")[0] ?? ""));
}
