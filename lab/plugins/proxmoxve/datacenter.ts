import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireMap } from "../values.ts";

/** What a Proxmox API keeps, each under an id of its own. */
export type Kind =
  | "interface"
  | "storage"
  | "file"
  | "mapping"
  | "machine"
  | "role"
  | "user"
  | "token"
  | "acl"
  | "job"
  | "metrics server";

type Objects = Partial<Record<Kind, Record<string, WireMap>>>;

/** Storages that the installer makes on a ZFS mirror, with what they may hold. */
const INSTALLED_STORAGES: Readonly<Record<string, WireMap>> = {
  local: { contents: ["iso", "vztmpl", "backup", "import", "snippets"] },
  "local-zfs": { contents: ["images", "rootdir"] },
};

/** What one API knows: the world of one standalone host or of one cluster. It outlives the plugin when it has a file. */
export class Datacenter {
  readonly #file: string | undefined;
  #objects: Objects;

  constructor(file: string | undefined) {
    this.#file = file;
    this.#objects = file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Objects) : {};
  }

  get(kind: Kind, id: string): WireMap | undefined {
    const installed = kind === "storage" ? INSTALLED_STORAGES[id] : undefined;
    return this.#objects[kind]?.[id] ?? installed;
  }

  /** Everything of one kind, by id. */
  all(kind: Kind): [id: string, object: WireMap][] {
    return Object.entries(this.#objects[kind] ?? {});
  }

  put(kind: Kind, id: string, object: WireMap): void {
    this.#objects = { ...this.#objects, [kind]: { ...this.#objects[kind], [id]: object } };
    this.#save();
  }

  remove(kind: Kind, id: string): void {
    const { [id]: gone, ...rest } = this.#objects[kind] ?? {};
    this.#objects = { ...this.#objects, [kind]: rest };
    this.#save();
  }

  #save(): void {
    if (this.#file === undefined) return;
    mkdirSync(join(this.#file, ".."), { recursive: true });
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#objects));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

const open = new Map<string, Datacenter>();

/** The world behind an endpoint; it lies in the folder that `PROXMOX_LAB` names, else only in this process. */
export function datacenterAt(provider: WireMap): Datacenter {
  const host = new URL(String(provider["endpoint"])).host;
  const known = open.get(host);
  if (known) return known;
  const folder = process.env["PROXMOX_LAB"];
  const datacenter = new Datacenter(folder ? join(folder, `${host.replaceAll(":", "_")}.json`) : undefined);
  open.set(host, datacenter);
  return datacenter;
}
