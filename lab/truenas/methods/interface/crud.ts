import { InstanceNotFound, ValidationErrors } from "../../middleware/errors.ts";
import { any, defaulted, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { dictionary, model, partial } from "../../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../../middleware/query.ts";
import { interfacesOf, nicsOf, typeOf } from "../../network/interface-rows.ts";
import type { InterfaceRow, InterfaceType } from "../../network/rows.ts";
import { revertIfOverdue, stage } from "../../network/staged-interfaces.ts";
import type { ApplianceState } from "../../state/appliance-state.ts";
import { entries } from "./entry.ts";
import { createShape, updateShape, type Wanted } from "./models.ts";
import { judge } from "./rules.ts";

const PREFIXES = { BRIDGE: "br", LINK_AGGREGATION: "bond", VLAN: "vlan", PHYSICAL: "eno" } as const;

function instance(state: ApplianceState, name: string): Readonly<Record<string, unknown>> {
  const found = entries(state).find((entry) => entry["id"] === name);
  if (found === undefined) throw new InstanceNotFound(`Interface ${name} does not exist`);
  return found;
}

function nextName(state: ApplianceState, type: InterfaceType): string {
  let number = 0;
  while (interfacesOf(state).has(`${PREFIXES[type]}${number}`)) number += 1;
  return `${PREFIXES[type]}${number}`;
}

/** What belongs to one kind of interface only. */
function specific(type: InterfaceType, wanted: Wanted): Partial<InterfaceRow> {
  const { bridge_members = [], stp = true, enable_learning = true, lag_ports = [] } = wanted;
  if (type === "BRIDGE") return { bridge: { members: bridge_members, stp, enable_learning } };
  if (type === "LINK_AGGREGATION") {
    const { lag_protocol: protocol = "LACP", xmit_hash_policy = null, lacpdu_rate = null } = wanted;
    return { lag: { protocol, ports: lag_ports, xmit_hash_policy, lacpdu_rate } };
  }
  if (type !== "VLAN") return {};
  return {
    vlan: { parent: wanted.vlan_parent_interface ?? "", tag: wanted.vlan_tag ?? 1, pcp: wanted.vlan_pcp ?? null },
  };
}

function rowOf(name: string, type: InterfaceType, wanted: Wanted): InterfaceRow {
  const { description = "", ipv4_dhcp = false, ipv6_auto = false, aliases = [], mtu = null } = wanted;
  const typed = aliases.map((alias) => ({ ...alias, type: alias.address.includes(":") ? "INET6" : "INET" }) as const);
  return { name, description, ipv4_dhcp, ipv6_auto, aliases: typed, mtu, ...specific(type, wanted) };
}

function create({ state }: Context, data: Wanted & { readonly type: InterfaceType }): unknown {
  const errors = new ValidationErrors();
  const needed = data.type === "VLAN" ? (["vlan_parent_interface", "vlan_tag"] as const) : [];
  const missing = [...needed, ...(data.type === "LINK_AGGREGATION" ? (["lag_protocol"] as const) : [])];
  for (const field of missing)
    if (data[field] === undefined) errors.add(`interface_create.${field}`, "This field is required");
  errors.check();
  judge({ state, prefix: "interface_create", type: data.type, wanted: data }, errors);
  errors.check();
  stage(state);
  const name = data.name ?? nextName(state, data.type);
  interfacesOf(state).put(name, rowOf(name, data.type, data));
  return instance(state, name);
}

function update({ state }: Context, id: string, data: Wanted): unknown {
  const old = instance(state, id) as Wanted & { readonly type: InterfaceType; readonly name: string };
  const wanted: Wanted & { name: string } = { ...old, ...data, name: data.name ?? old.name };
  const errors = new ValidationErrors();
  judge({ state, prefix: "interface_update", type: old.type, wanted, self: id }, errors);
  errors.check();
  stage(state);
  interfacesOf(state).delete(id);
  interfacesOf(state).put(wanted.name, rowOf(wanted.name, old.type, wanted));
  return instance(state, wanted.name);
}

function remove({ state }: Context, id: string): string {
  instance(state, id);
  const vlans = interfacesOf(state)
    .values()
    .filter(({ vlan }) => vlan?.parent === id)
    .map(({ name }) => name);
  const errors = new ValidationErrors();
  if (vlans.length > 0)
    errors.add("interface.delete", `The following VLANs depend on this interface: ${vlans.join(", ")}`);
  errors.check();
  stage(state);
  // The ports of an aggregation go with it: they are without a configuration then.
  for (const port of interfacesOf(state).get(id)?.lag?.ports ?? []) interfacesOf(state).delete(port);
  interfacesOf(state).delete(id);
  return id;
}

const writes = { writes: true };

/** `interface.query`, `create`, `update` and `delete`: what they change waits until it is committed. */
export const interfaceCrudMethods: Methods = {
  "interface.query": method({ filters: queryFilters, options: queryOptions }, async (context, values) => {
    await revertIfOverdue(context.state, context.clock.time);
    return filterList([...entries(context.state)], values.filters, values.options);
  }),
  "interface.get_instance": method({ id: str(), options: defaulted(dictionary(any), {}) }, ({ state }, { id }) =>
    instance(state, id),
  ),
  "interface.create": method(
    { data: model("InterfaceCreate", createShape) },
    (context, { data }) => create(context, data),
    writes,
  ),
  "interface.update": method(
    { id: str(), data: partial("InterfaceUpdate", updateShape) },
    (context, { id, data }) => update(context, id, data),
    writes,
  ),
  "interface.delete": method({ id: str() }, (context, { id }) => remove(context, id), writes),
  "interface.choices": method({ options: defaulted(dictionary(any), {}) }, ({ state }) =>
    Object.fromEntries(
      [...nicsOf(state).keys(), ...interfacesOf(state).keys()]
        .filter((name) => typeOf(name) !== undefined)
        .map((name) => [name, interfacesOf(state).get(name)?.description || name]),
    ),
  ),
};
