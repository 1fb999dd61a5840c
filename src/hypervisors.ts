import * as pulumi from "@pulumi/pulumi";
import { waitsFor } from "../components/declare.ts";
import { HostPreparation } from "../components/hosts/host-preparation.ts";
import { ProxmoxApi } from "../components/hosts/proxmox-api.ts";
import { ProxmoxHost } from "../components/hosts/proxmox-host.ts";
import type { StackConfig } from "./config.ts";
import { EXAMPLE_TOKEN, proxmoxTokenOf, sshKeyOf } from "./host-secrets.ts";
import { imagesOn } from "./images.ts";
import { presenceOf } from "./presence.ts";
import type { Host, Proxmox, Site } from "./site/index.ts";

interface Managed {
  readonly name: string;
  readonly host: Host;
  readonly proxmox: Proxmox;
}

/** The Proxmox hosts of a site, by name: one API for each standalone host and for each cluster of hosts. */
export function proxmoxHosts(config: StackConfig): Map<string, ProxmoxHost> {
  const { site, secretIfSet } = config;
  const managed = Object.entries(site.hosts).flatMap(([name, host]) =>
    host.proxmox ? [{ name, host, proxmox: host.proxmox }] : [],
  );
  const byApi = Map.groupBy(managed, ({ name, proxmox }) => proxmox.cluster ?? name);
  const hosts = [...byApi].flatMap(([name, members]) => {
    const token = secretIfSet(proxmoxTokenOf(name)) ?? pulumi.secret(EXAMPLE_TOKEN);
    const api = apiOf(name, members, site, token);
    return members.map((member) => [member.name, hostOf(member, api, config)] as const);
  });

  return new Map(hosts);
}

function apiOf(name: string, members: readonly Managed[], site: Site, token: pulumi.Output<string>) {
  const answering = members.find((member) => !waitsFor(presenceOf(site, member.name))) ?? members[0];
  if (!answering) throw new Error(`the API ${name} has no members`);
  const { api, metrics } = answering.proxmox;
  const nodes = members.map((member) => [member.name, addressOf(member, member.proxmox.ssh.network)]);

  return new ProxmoxApi(name, {
    host: presenceOf(site, answering.name),
    address: addressOf(answering, api.network),
    api,
    metrics,
    nodes: Object.fromEntries(nodes),
    token,
  });
}

function hostOf(member: Managed, api: ProxmoxApi, { site, secret }: StackConfig): ProxmoxHost {
  const { name, host, proxmox } = member;
  const { networks } = site;
  const args = { api, presence: presenceOf(site, name), host, proxmox, networks, images: imagesOn(site, name) };
  const made = new ProxmoxHost(name, args);
  if (proxmox.preparation) {
    const address = addressOf(member, proxmox.ssh.network);
    made.preparedBy(new HostPreparation(name, { host: made, address, privateKey: secret(sshKeyOf(name)) }));
  }
  return made;
}

function addressOf({ host }: Managed, network: string): string {
  return host.addresses[network] ?? "";
}
