import type { Appliance, DatasetSpec, Network, NfsAccess, SmbAccess } from "../../src/site/index.ts";
import {
  IscsiPortal,
  IscsiTargetExtent,
  NfsConfig,
  NfsShare,
  Service,
  SmbConfig,
  SmbShare,
} from "../../truenas/index.ts";
import { tokenOf } from "../declare.ts";
import { readyToShare } from "./datasets.ts";
import { keyOf, type Planned, plan } from "./planned.ts";

type Networks = Readonly<Record<string, Network>>;

/** The exports and shares of an appliance, limited to the networks that need them. */
export function sharePlan(appliance: Appliance, networks: Networks): Planned[] {
  return Object.entries(appliance.pools).flatMap(([pool, { datasets }]) =>
    Object.entries(datasets).flatMap(([below, spec]) => sharesOf(`${pool}/${below}`, spec, networks)),
  );
}

/** The services of an appliance, started once what they serve, and where, is there. */
export function servicePlan(appliance: Appliance, served: readonly Planned[]): Planned[] {
  return appliance.services.map((service) => {
    const after = served.filter(({ type }) => SERVES[service]?.includes(type)).map(keyOf);
    return plan(Service, service, { service, enable: true, running: true }, { after });
  });
}

const SERVES: Readonly<Record<string, readonly string[]>> = {
  nfs: [tokenOf(NfsConfig), tokenOf(NfsShare)],
  cifs: [tokenOf(SmbConfig), tokenOf(SmbShare)],
  iscsitarget: [tokenOf(IscsiPortal), tokenOf(IscsiTargetExtent)],
};

function sharesOf(path: string, spec: DatasetSpec, networks: Networks): Planned[] {
  const { nfs, smb } = spec.access;
  const after = readyToShare(path, spec);
  const exported = nfs && plan(NfsShare, path, nfsArgs(path, nfs, spec, networks), { after });
  const shared = smb && plan(SmbShare, smb.name, smbArgs(path, smb, spec, networks), { after });

  return [exported, shared].filter((share) => share !== undefined);
}

function nfsArgs(path: string, nfs: NfsAccess, spec: DatasetSpec, networks: Networks) {
  const everyone = nfs.as ? { mapallUser: nfs.as.user, mapallGroup: nfs.as.group } : {};
  const root = nfs.rootAs ? { maprootUser: nfs.rootAs.user, maprootGroup: nfs.rootAs.group } : {};

  return {
    path: `/mnt/${path}`,
    networks: cidrs(nfs.networks, networks),
    ...(nfs.hosts.length > 0 ? { hosts: nfs.hosts } : {}),
    ro: nfs.readOnly,
    ...everyone,
    ...root,
    ...(nfs.security.length > 0 ? { security: nfs.security } : {}),
    comment: commentOf(nfs.consumers, spec),
    enabled: true,
  };
}

function smbArgs(path: string, smb: SmbAccess, spec: DatasetSpec, networks: Networks) {
  const { name, purpose, readOnly: readonly, browsable } = smb;
  const options = { hostsallow: cidrs(smb.networks, networks) };

  return {
    name,
    path: `/mnt/${path}`,
    purpose,
    options,
    readonly,
    browsable,
    comment: commentOf(smb.consumers, spec),
    enabled: true,
  };
}

function cidrs(names: readonly string[], networks: Networks): string[] {
  return names.flatMap((name) => networks[name]?.cidr ?? []);
}

function commentOf(consumers: readonly string[] | undefined, spec: DatasetSpec): string {
  return consumers?.join(", ") ?? spec.purpose;
}
