import { interfacesOf, liveOf, MTU, nicsOf, typeOf } from "../../network/interface-rows.ts";
import type { InterfaceRow, LiveInterface } from "../../network/rows.ts";
import type { ApplianceState } from "../../state/appliance-state.ts";

type Entry = Readonly<Record<string, unknown>>;

function kernelState(state: ApplianceState, name: string, live: LiveInterface | undefined): Entry {
  const nic = nicsOf(state).get(name);
  const up = live === undefined ? [] : ["BROADCAST", "MULTICAST", "RUNNING", "UP"];
  return {
    name,
    orig_name: name,
    description: name,
    mtu: live?.mtu ?? MTU,
    cloned: nic === undefined,
    flags: up,
    nd6_flags: [],
    capabilities: [],
    link_state: live === undefined ? "" : "LINK_STATE_UP",
    media_type: "",
    media_subtype: "",
    active_media_type: "",
    active_media_subtype: "",
    supported_media: [],
    media_options: [],
    link_address: nic?.mac ?? "",
    permanent_link_address: nic?.mac ?? null,
    hardware_link_address: nic?.mac ?? "",
    aliases: live?.aliases ?? [],
    vrrp_config: [],
  };
}

function specific({ bridge, lag, vlan }: InterfaceRow): Entry {
  return {
    ...(bridge && { bridge_members: bridge.members, stp: bridge.stp, enable_learning: bridge.enable_learning }),
    ...(lag && {
      lag_protocol: lag.protocol,
      lag_ports: lag.ports,
      ...(["LACP", "LOADBALANCE"].includes(lag.protocol) && { xmit_hash_policy: lag.xmit_hash_policy ?? "LAYER2+3" }),
      ...(lag.protocol === "LACP" && { lacpdu_rate: lag.lacpdu_rate ?? "SLOW" }),
    }),
    ...(vlan && { vlan_parent_interface: vlan.parent, vlan_tag: vlan.tag, vlan_pcp: vlan.pcp }),
  };
}

/** Every interface as `interface.query` shows it: cards always, others while they are configured. */
export function entries(state: ApplianceState): readonly Entry[] {
  const rows = interfacesOf(state);
  const names = new Set([...nicsOf(state).keys(), ...rows.keys()]);
  return [...names].map((name) => {
    const [row, live] = [rows.get(name), liveOf(state).get(name)];
    return {
      id: name,
      name,
      fake: live === undefined,
      type: typeOf(name),
      state: kernelState(state, name, live),
      aliases: row?.aliases ?? [],
      ipv4_dhcp: row?.ipv4_dhcp ?? rows.size === 0,
      ipv6_auto: row?.ipv6_auto ?? rows.size === 0,
      description: row?.description ?? "",
      mtu: row?.mtu ?? null,
      ...(row && specific(row)),
    };
  });
}
