import { absent, bool, defaulted, int, literal, nullable, refined, str } from "../../middleware/kinds.ts";
import { list, model, type ObjectOf } from "../../middleware/models.ts";
import { isAddress } from "../../networks.ts";

const address = refined(str(), (text) => (isAddress(text) ? undefined : "value is not a valid IPv4 or IPv6 address"));
const family = defaulted(literal("INET", "INET6"), "INET");
const alias = model("InterfaceCreateAlias", { type: family, address, netmask: int() });
const failover = defaulted(list(model("InterfaceCreateFailoverAlias", { type: family, address })), []);

const aliases = refined(list(alias), (all) => {
  const texts = all.map((one) => JSON.stringify(one));
  return new Set(texts).size === texts.length ? undefined : "List must be unique";
});

const common = {
  name: absent(str()),
  description: defaulted(str(), ""),
  ipv4_dhcp: defaulted(bool, false),
  ipv6_auto: defaulted(bool, false),
  aliases: defaulted(aliases, []),
  failover_critical: defaulted(bool, false),
  failover_group: absent(nullable(int())),
  failover_vhid: absent(nullable(int({ ge: 1, le: 255 }))),
  failover_aliases: failover,
  failover_virtual_aliases: failover,
  bridge_members: defaulted(list(str()), []),
  enable_learning: defaulted(bool, true),
  stp: defaulted(bool, true),
  lag_protocol: absent(literal("LACP", "FAILOVER", "LOADBALANCE", "ROUNDROBIN", "NONE")),
  xmit_hash_policy: defaulted(nullable(literal("LAYER2", "LAYER2+3", "LAYER3+4")), null),
  lacpdu_rate: defaulted(nullable(literal("SLOW", "FAST")), null),
  lag_ports: defaulted(list(str()), []),
  vlan_parent_interface: absent(str()),
  vlan_tag: absent(int({ ge: 1, le: 4094 })),
  vlan_pcp: absent(nullable(int({ ge: 0, le: 7 }))),
  mtu: defaulted(nullable(int({ ge: 68, le: 9216 })), null),
};

/** What update takes, each field optional. */
export const updateShape = common;

/** What create takes. */
export const createShape = { ...common, type: literal("BRIDGE", "LINK_AGGREGATION", "VLAN") };

/** The fields of an interface, whoever states them; what is not said is undefined. */
export type Wanted = { readonly [K in keyof typeof common]?: ObjectOf<typeof common>[K] | undefined };
