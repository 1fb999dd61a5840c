import * as proxmoxve from "@muhlba91/pulumi-proxmoxve";
import * as pulumi from "@pulumi/pulumi";
import type { Proxmox } from "../../src/site/index.ts";
import { declare, type HostPresence, waitsFor } from "../declare.ts";
import { ACCOUNT, PRIVILEGES, ROLE } from "./privileges.ts";

/** What the API of a host, or of a cluster of hosts, is reached with. */
export interface ProxmoxApiArgs {
  /** The member that answers, as far as it decides whether anything can be made. */
  readonly host: HostPresence;
  /** Its address. */
  readonly address: string;
  readonly api: Proxmox["api"];
  readonly metrics: Proxmox["metrics"];
  /** Where SSH leads for each member, by name. */
  readonly nodes: Readonly<Record<string, string>>;
  /** `user@realm!token=uuid`; a preview makes do with one that opens nothing. */
  readonly token: pulumi.Output<string>;
}

/** The API of a standalone host, or of a cluster of hosts: one connection, one set of accounts. */
export class ProxmoxApi extends pulumi.ComponentResource {
  readonly host: HostPresence;
  /** Undefined while the host is not there. */
  readonly provider: proxmoxve.Provider | undefined;
  /** The token with the least rights, once it is made; it is told once. */
  readonly token: pulumi.Output<string> | undefined;

  constructor(name: string, args: ProxmoxApiArgs, opts?: pulumi.ComponentResourceOptions) {
    super("homelab:hosts:ProxmoxApi", name, {}, opts);
    this.host = args.host;
    this.provider = waitsFor(args.host) ? undefined : this.#connect(name, args);

    this.token = this.#accounts(name);
    this.#metrics(name, args.metrics);
    this.registerOutputs({});
  }

  /** Options of everything that is made through this API. */
  options(more: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
    return { ...(this.provider ? { provider: this.provider } : {}), ...more };
  }

  #connect(name: string, { address, api, nodes, token }: ProxmoxApiArgs): proxmoxve.Provider {
    const ssh = { nodes: Object.entries(nodes).map(([node, at]) => ({ name: node, address: at })) };
    const endpoint = `https://${address}:${api.port}/`;
    const args = { endpoint, insecure: api.insecure, ssh, apiToken: token };

    return new proxmoxve.Provider(name, args, { parent: this });
  }

  /** An account that may do what this program does, and no more; protected, or the program could lock itself out. */
  #accounts(name: string): pulumi.Output<string> | undefined {
    const kept = { parent: this, protect: true };
    const made = <Args extends object, Declared extends pulumi.CustomResource>(
      Type: new (name: string, args: Args, opts?: pulumi.CustomResourceOptions) => Declared,
      as: string,
      args: Args,
      dependsOn: pulumi.Resource[],
    ) => declare(this.host, Type, `${name}/${as}`, args, this.options({ ...kept, dependsOn }));

    const role = made(proxmoxve.RoleLegacy, ROLE, { roleId: ROLE, privileges: [...PRIVILEGES] }, []);
    const user = made(
      proxmoxve.UserLegacy,
      ACCOUNT,
      { userId: ACCOUNT, comment: "Runs this program", enabled: true },
      [],
    );
    made(proxmoxve.Acl, "acl", { path: "/", roleId: ROLE, userId: ACCOUNT, propagate: true }, [role, user]);
    const named = { userId: ACCOUNT, tokenName: "homelab", comment: "Runs this program" };
    const token = made(proxmoxve.user.Token, "token", { ...named, privilegesSeparation: false }, [user]);

    return "value" in token ? token.value : undefined;
  }

  #metrics(name: string, metrics: Proxmox["metrics"]): void {
    if (!metrics) return;
    const { type, server, port } = metrics;
    const args = { name: type, type, server, port };
    declare(this.host, proxmoxve.metrics.Server, `${name}/${type}`, args, this.options({ parent: this }));
  }
}
