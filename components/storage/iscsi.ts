import type { Appliance, Network, ZvolSpec } from "../../src/site/index.ts";
import { IscsiExtent, IscsiInitiator, IscsiPortal, IscsiTarget, IscsiTargetExtent, Zvol } from "../../truenas/index.ts";
import { tokenOf } from "../declare.ts";
import { addressesIn } from "./bindings.ts";
import { keyOf, type Planned, plan } from "./planned.ts";

type Networks = Readonly<Record<string, Network>>;
type Block = NonNullable<ZvolSpec["access"]["iscsi"]>;

/** What the one portal of an appliance is called; targets name it. */
const PORTAL = "storage";
/** The initiators that a cluster's driver lets in when it makes targets by itself. */
const DRIVER = "csi";

/** What an appliance offers by iSCSI: a portal, and for each volume an extent, its target, and who may connect. */
export function iscsiPlan(appliance: Appliance, networks: Networks): Planned[] {
  const offered = Object.entries(appliance.pools).flatMap(([pool, { zvols }]) =>
    Object.entries(zvols).flatMap(([name, { access }]) =>
      access.iscsi ? [{ path: `${pool}/${name}`, block: access.iscsi }] : [],
    ),
  );
  const driven = Object.values(appliance.pools).some(({ datasets }) =>
    Object.values(datasets).some(({ access }) => access.csi?.protocol === "iscsi"),
  );
  const ips = addressesIn(appliance, appliance.listens.iscsi ?? []);
  if (ips.length === 0 || (offered.length === 0 && !driven)) return [];

  const portal = plan(IscsiPortal, PORTAL, { comment: PORTAL, listen: ips.map((ip) => ({ ip })) });
  return [
    portal,
    ...(driven ? [plan(IscsiInitiator, DRIVER, { comment: DRIVER, initiators: [] })] : []),
    ...offered.flatMap(({ path, block }) => oneTarget(path, block, networks, keyOf(portal))),
  ];
}

function oneTarget(path: string, block: Block, networks: Networks, portal: string): Planned[] {
  const { target: name, initiators } = block;
  const initiator = plan(IscsiInitiator, name, { comment: name, initiators: [...initiators] });
  const extent = plan(
    IscsiExtent,
    name,
    { name, disk: `zvol/${path.replaceAll(" ", "+")}` },
    { after: [keyOf({ type: tokenOf(Zvol), name: path })] },
  );
  const authNetworks = block.networks.flatMap((network) => networks[network]?.cidr ?? []);
  const target = plan(
    IscsiTarget,
    name,
    { name, groups: [{ portal: PORTAL, initiator: name }], authNetworks },
    { after: [portal, keyOf(initiator)] },
  );
  const mapping = plan(
    IscsiTargetExtent,
    name,
    { target: name, extent: name, lunid: 0 },
    { after: [keyOf(target), keyOf(extent)] },
  );
  return [initiator, extent, target, mapping];
}
