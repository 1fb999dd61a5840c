import * as command from "@pulumi/command";
import * as pulumi from "@pulumi/pulumi";
import { declare, type HostPresence, waitsFor } from "../declare.ts";
import { preparationScript } from "./preparation-script.ts";
import type { ProxmoxHost } from "./proxmox-host.ts";

/** What a host is prepared with. */
export interface HostPreparationArgs {
  readonly host: ProxmoxHost;
  /** Where SSH leads. */
  readonly address: string;
  /** The private key that opens it. */
  readonly privateKey: pulumi.Input<string>;
}

/**
 * The host itself, over SSH: IOMMU, devices kept away from its own drivers, the cache of its file system, the delay before
 * machines start. It reads first, writes only differences, never reboots, and says when a reboot is due (ADR-0053).
 */
export class HostPreparation extends pulumi.ComponentResource {
  /** The preparation, or what waits in its place; machines with devices come after it. */
  readonly done: pulumi.Resource;

  constructor(name: string, args: HostPreparationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:hosts:HostPreparation", name, {}, { parent: args.host, ...opts });
    const { host, address, privateKey } = args;
    const { port, user, hostKey } = host.proxmox.ssh;
    const script = preparationScript(host.name, host.proxmox);
    const create = user === "root" ? script : `sudo -n sh <<'PREPARATION'\n${script}PREPARATION`;
    const presence = keyed(host.presence, hostKey);
    // What waits tells nobody the key.
    const opens = waitsFor(presence) ? {} : { privateKey };
    const pinned = hostKey ? { hostKey } : {};
    const connection = { host: address, port, user, ...pinned, ...opens, dialErrorLimit: 3 };

    this.done = declare(
      presence,
      command.remote.Command,
      `${name}/preparation`,
      { create, connection },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** A host whose key is not known is never connected to. */
function keyed(presence: HostPresence, hostKey: string | undefined): HostPresence {
  if (hostKey || waitsFor(presence)) return presence;
  const reason = `its host key is not in the site; read it with npm run inspect -- --host ${presence.name}`;
  return { ...presence, state: "not-installed", reason };
}
