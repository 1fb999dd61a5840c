import * as proxmoxve from "@muhlba91/pulumi-proxmoxve";
import * as pulumi from "@pulumi/pulumi";
import { type HostPresence, waitsFor } from "../declare.ts";
import type { ProxmoxHost } from "./proxmox-host.ts";

/** An exported dataset as Proxmox mounts it. */
export interface BackupStorage {
  readonly server: string;
  readonly export: string;
  readonly contents: readonly string[];
  /** The appliance that serves it, as far as it decides whether it can be mounted. */
  readonly appliance: HostPresence;
  /** What must be there before it can be mounted. */
  readonly after: readonly pulumi.Resource[];
}

/** What the backups of a host are made from. */
export interface HostBackupsArgs {
  readonly host: ProxmoxHost;
  readonly storages: Readonly<Record<string, BackupStorage>>;
  /** Ids of the host's machines, by name. */
  readonly vmIds: Readonly<Record<string, number>>;
}

/** Scheduled backups of a host's machines, and the storages that keep them. */
export class HostBackups extends pulumi.ComponentResource {
  constructor(name: string, args: HostBackupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:hosts:HostBackups", name, {}, { parent: args.host, ...opts });
    const { host } = args;
    const made = new Map(Object.entries(args.storages).map(([id, storage]) => [id, this.#storage(host, id, storage)]));

    for (const [job, { storage, machines, schedule, mode, keep }] of Object.entries(host.proxmox.backups)) {
      const inputs = {
        resourceId: `${name}-${job}`,
        schedule,
        storage,
        node: name,
        vmids: machines.flatMap((machine) => String(args.vmIds[machine] ?? [])),
        mode,
        compress: "zstd",
        enabled: true,
        pruneBackups: pruned(keep),
        notesTemplate: "{{guestname}}",
        repeatMissed: true,
      };
      const served = args.storages[storage];
      const on = served ? presenceOf(host.presence, served.appliance) : host.presence;
      host.declare(
        proxmoxve.backup.Job,
        `${name}/${job}`,
        inputs,
        { parent: this, dependsOn: made.get(storage) ?? [] },
        on,
      );
    }
    this.registerOutputs({});
  }

  #storage(
    host: ProxmoxHost,
    id: string,
    { server, contents, appliance, after, ...from }: BackupStorage,
  ): pulumi.Resource {
    const inputs = {
      resourceId: id,
      nodes: [host.name],
      server,
      export: from.export,
      contents: [...contents],
      // Given up after a while: at boot the appliance that serves it is not there yet, and at shutdown no more.
      options: "vers=4.2,soft,timeo=100,retrans=2",
    };
    const on = presenceOf(host.presence, appliance);
    const opts = { parent: this, dependsOn: [...after] };
    return host.declare(proxmoxve.storage.Nfs, `${host.name}/${id}`, inputs, opts, on);
  }
}

/** What lies on an appliance waits for the host first, and then for the appliance. */
function presenceOf(host: HostPresence, appliance: HostPresence): HostPresence {
  return waitsFor(host) ? host : appliance;
}

function pruned(keep: Readonly<Record<string, number | undefined>>): Record<string, string> {
  const counts = Object.entries(keep).filter(([, count]) => count !== undefined);
  return Object.fromEntries(counts.map(([period, count]) => [`keep-${period}`, String(count)]));
}
