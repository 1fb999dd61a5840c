import { type Call, foundBy, type Managed } from "./managed.ts";

/** Names that stories give to objects, as numbers: addresses and cards are used once. */
const ATS = [
  ...["it", "one", "two", "description", "ipv4dhcp", "ipv6auto", "aliases", "mtu"],
  ...["vlanparentinterface", "vlantag", "vlanpcp"],
  ...["lagprotocol", "lagports", "xmithashpolicy", "lacpdurate"],
  ...["bridgemembers", "stp", "enablelearning"],
];

function numberOf(at: string): number {
  const number = ATS.indexOf(at);
  if (number < 0) throw new Error(`no number is kept for ${at}`);

  return number;
}

/** The card of that place among those that nobody has configured. */
const card = (place: number) => `eno${5 + place}`;
const alias = (network: number, host = 20) => ({ address: `10.99.${network}.${host}`, netmask: 24 });
const wire = (network: number, host = 20) => ({ type: "INET", ...alias(network, host) });

/** What somebody changes by hand is final at once. */
const finish: readonly Call[] = [["interface.commit", { rollback: false }]];

const common = {
  type: "NetworkInterface",
  namespace: "interface",
  id: ({ name }) => String(name),
  finish,
  otherwise: { description: "mine" },
} as const satisfies Partial<Managed>;

const vlan: Managed = {
  ...common,
  title: "NetworkInterface of a VLAN",
  stated: (at) => ({
    name: `vlan${100 + numberOf(at)}`,
    type: "VLAN",
    description: "for storage",
    ipv4Dhcp: false,
    ipv6Auto: false,
    aliases: [alias(numberOf(at)), { address: `fd99:${numberOf(at)}::20`, netmask: 64 }],
    mtu: 1400,
    vlanParentInterface: "eno3",
    vlanTag: 100 + numberOf(at),
    vlanPcp: 3,
  }),
  made: {
    type: "VLAN",
    name: "vlan100",
    description: "for storage",
    aliases: [{ type: "INET6", address: "fd99:0::20", netmask: 64 }, wire(0)],
    mtu: 1400,
    ...{ vlan_parent_interface: "eno3", vlan_tag: 100, vlan_pcp: 3 },
  },
  drift: {
    description: { description: "" },
    ipv4Dhcp: { ipv4_dhcp: true },
    ipv6Auto: { ipv6_auto: true },
    aliases: (row) => ({ aliases: [(row["aliases"] as unknown[])[0]] }),
    mtu: { mtu: null },
    vlanParentInterface: { vlan_parent_interface: "eno4" },
    vlanTag: { vlan_tag: 99 },
    vlanPcp: { vlan_pcp: null },
  },
  changes: { aliases: [alias(0, 21)], mtu: 1500, vlanPcp: 0 },
  kept: ["vlanParentInterface", "vlanTag"],
  refused: [
    [
      { name: "storage" },
      "name",
      'name "storage" is not what a VLAN is called; use vlan and a number, for example vlan10',
    ],
    [{ vlanTag: undefined }, "vlanTag", "a VLAN needs vlanTag; state it"],
    [{ vlanTag: 4095 }, "vlanTag", "vlanTag 4095 is above the maximum of 4094; lower it"],
    [{ lagPorts: ["eno1"] }, "lagPorts", "lagPorts is nothing of a VLAN; leave it out, or correct type"],
    [{ mtu: 1000 }, "mtu", "mtu 1000 is below the 1280 that IP version 6 needs; raise it"],
    [
      { aliases: [{ address: "10.99.0.0/24", netmask: 24 }] },
      "aliases[0].address",
      'address "10.99.0.0/24" is no IP address; use one such as 10.10.10.20',
    ],
  ],
  fixed: { ...foundBy("interface", "name"), type: "is told by the name" },
};

const aggregation: Managed = {
  ...common,
  title: "NetworkInterface of an aggregation",
  stated: (at) => ({
    name: `bond${numberOf(at)}`,
    type: "LINK_AGGREGATION",
    lagProtocol: "LACP",
    lagPorts: [card(2 * numberOf(at)), card(2 * numberOf(at) + 1)],
    xmitHashPolicy: "LAYER3+4",
    // It is nothing of the protocol that this one drifts to.
    ...(at === "lagprotocol" ? {} : { lacpduRate: "FAST" }),
    mtu: 9000,
  }),
  made: {
    type: "LINK_AGGREGATION",
    name: "bond0",
    ...{ lag_protocol: "LACP", lag_ports: [card(0), card(1)], xmit_hash_policy: "LAYER3+4", lacpdu_rate: "FAST" },
    mtu: 9000,
  },
  drift: {
    lagProtocol: { lag_protocol: "LOADBALANCE" },
    lagPorts: (row) => ({ lag_ports: [(row["lag_ports"] as unknown[])[0]] }),
    xmitHashPolicy: { xmit_hash_policy: "LAYER2" },
    lacpduRate: { lacpdu_rate: "SLOW" },
  },
  changes: { lagPorts: [card(1)], lacpduRate: "SLOW" },
  kept: ["lagProtocol", "lagPorts"],
  refused: [
    [{ lagPorts: [] }, "lagPorts", "lagPorts is empty; give at least 1"],
    [{ name: "lagg0" }, "name", 'name "lagg0" is not what an aggregation is called; use bond0, bond1 and so on'],
    [
      { lagProtocol: "ROUNDROBIN" },
      "lagProtocol",
      'lagProtocol "ROUNDROBIN" is not allowed; use one of LACP, FAILOVER, LOADBALANCE',
    ],
  ],
};

/** Bridges take their cards from behind those of the aggregations. */
const member = (at: string) => card(40 + numberOf(at));

const bridge: Managed = {
  ...common,
  title: "NetworkInterface of a bridge",
  stated: (at) => ({
    name: `br${numberOf(at)}`,
    type: "BRIDGE",
    bridgeMembers: [member(at)],
    stp: false,
    enableLearning: false,
  }),
  made: { type: "BRIDGE", name: "br0", bridge_members: [member("it")], stp: false, enable_learning: false },
  drift: { bridgeMembers: { bridge_members: [] }, stp: { stp: true }, enableLearning: { enable_learning: true } },
  changes: { bridgeMembers: [] },
  refused: [[{ vlanTag: 3 }, "vlanTag", "vlanTag is nothing of a bridge; leave it out, or correct type"]],
};

const cardAlone: Managed = {
  ...common,
  title: "NetworkInterface of a card",
  setter: (id, change) => ["interface.update", id, change],
  stated: (at) => ({
    name: `eno${70 + numberOf(at)}`,
    type: "PHYSICAL",
    description: "to the switch",
    aliases: [alias(200 + numberOf(at))],
    mtu: 9000,
  }),
  made: { description: "to the switch", aliases: [wire(200)], mtu: 9000 },
  drift: { description: { description: "" }, mtu: { mtu: null } },
  changes: { aliases: [] },
};

/** Ways to the network. */
export const interfaces: readonly Managed[] = [vlan, aggregation, bridge, cardAlone];
