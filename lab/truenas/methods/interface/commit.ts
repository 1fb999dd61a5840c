import { CallError, ValidationErrors } from "../../middleware/errors.ts";
import { absent, bool, defaulted, int, refined, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { model } from "../../middleware/models.ts";
import { interfacesOf, liveOf } from "../../network/interface-rows.ts";
import {
  applyInterfaces,
  configuredGateway,
  liveGateway,
  pendingChanges,
  revert,
  revertIfOverdue,
  setRevert,
  settle,
} from "../../network/staged-interfaces.ts";
import { contains, isAddress, parseNetwork } from "../../networks.ts";
import type { Dialect } from "../../versions.ts";
import { entries } from "./entry.ts";

const options = model("InterfaceCommitOptions", {
  rollback: defaulted(bool, true),
  checkin_timeout: defaulted(int(), 60),
});
const ipv4 = refined(str(), (text) => (isAddress(text) ? undefined : "value is not a valid IPv4 address"));

function commit({ state, clock }: Context, wanted: { rollback: boolean; checkin_timeout: number }): null {
  const reachable = entries(state).some(
    ({ ipv4_dhcp, ipv6_auto, aliases }) => ipv4_dhcp || ipv6_auto || (aliases as unknown[]).length > 0,
  );
  if (!reachable)
    throw new ValidationErrors().add(
      "interface.commit",
      "At least one interface must be configured with IPv4 DHCP, IPv6 Autoconfig or a static IP.",
    );
  applyInterfaces(state);
  if (wanted.rollback && wanted.checkin_timeout > 0) setRevert(state, clock.time + wanted.checkin_timeout * 1000);
  else settle(state);
  return null;
}

function saveGateway({ state }: Context, gateway: string): null {
  if (pendingChanges(state) === undefined) throw new CallError("There are no pending interface changes.");
  const near = interfacesOf(state)
    .values()
    .flatMap(({ aliases }) => aliases)
    .flatMap(({ address, netmask }) => parseNetwork(`${address}/${netmask}`) ?? [])
    .some((network) => contains(network, gateway));
  if (!near) throw new CallError(`'${gateway}' is not reachable from any interface on the system.`);
  const settings = state.table<Record<string, unknown>>("configuration");
  settings.put("network.configuration", { ...settings.get("network.configuration"), ipv4gateway: gateway });
  return null;
}

const gatewayGoes = ({ state }: Context) =>
  liveGateway(state) !== "" && (interfacesOf(state).size === 0 || configuredGateway(state) !== liveGateway(state));

const own: Readonly<Record<Dialect, Methods>> = {
  "25.04": {
    "interface.default_route_will_be_removed": method({}, gatewayGoes),
    "interface.save_default_route": method({ gw: ipv4 }, (context, { gw }) => saveGateway(context, gw), {
      writes: true,
    }),
  },
  "25.10": {
    "interface.network_config_to_be_removed": method({}, (context) => (gatewayGoes(context) ? ["ipv4gateway"] : [])),
    "interface.save_network_config": method(
      {
        config: model("InterfaceSaveNetworkConfig", {
          ipv4gateway: ipv4,
          nameserver1: absent(ipv4),
          nameserver2: absent(ipv4),
          nameserver3: absent(ipv4),
        }),
      },
      (context, { config }) => saveGateway(context, config.ipv4gateway),
      { writes: true },
    ),
  },
};

const addresses = model("InterfaceIPInUseOptions", {
  ipv4: defaulted(bool, true),
  ipv6: defaulted(bool, true),
  ipv6_link_local: defaulted(bool, false),
  loopback: defaulted(bool, false),
  any: defaulted(bool, false),
  static: defaulted(bool, false),
});

const EVERYWHERE = { ipv4: true, ipv6: true, ipv6_link_local: false, loopback: false, any: false, static: false };

const common: Methods = {
  "interface.has_pending_changes": method({}, async ({ state, clock }) => {
    await revertIfOverdue(state, clock.time);
    return pendingChanges(state) !== undefined;
  }),
  "interface.checkin_waiting": method({}, async ({ state, clock }) => {
    await revertIfOverdue(state, clock.time);
    const at = pendingChanges(state)?.revertAt;
    return at === undefined ? null : Math.floor((at - clock.time) / 1000);
  }),
  "interface.commit": method({ options: defaulted(options, { rollback: true, checkin_timeout: 60 }) }, (context, v) =>
    commit(context, v.options),
  ),
  "interface.checkin": method({}, async ({ state, clock }) => {
    await revertIfOverdue(state, clock.time);
    settle(state);
    return null;
  }),
  "interface.cancel_rollback": method({}, ({ state }) => {
    setRevert(state, undefined);
    return null;
  }),
  "interface.rollback": method({}, async ({ state }) => {
    await revert(state);
    return null;
  }),
  "interface.ip_in_use": method({ options: defaulted(addresses, EVERYWHERE) }, ({ state }, { options: choice }) =>
    liveOf(state)
      .values()
      .flatMap(({ aliases }) => aliases)
      .filter(({ type }) => (type === "INET" ? choice.ipv4 : choice.ipv6)),
  ),
  "interface.lacpdu_rate_choices": method({}, () => ({ SLOW: "SLOW", FAST: "FAST" })),
  "interface.lag_supported_protocols": method({}, () => ["LACP", "FAILOVER", "LOADBALANCE"]),
};

/** `interface.commit` and what belongs to it: changes are final only when somebody checks in. */
export function interfaceCommitMethods(dialect: Dialect): Methods {
  return { ...common, ...own[dialect] };
}
