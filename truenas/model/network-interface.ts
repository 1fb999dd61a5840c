import { adopt } from "./adopt.ts";
import { guardAddress, guardRemoval } from "./interface-guard.ts";
import { kindFields, kindProblems } from "./interface-kinds.ts";
import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Properties, type Property, type Values } from "./property.ts";
import { type Call, type Change, defineType, type PlanContext, type Row } from "./resource-type.ts";

const general = {
  name: {
    kind: "string",
    doc: "Name of the interface: that of the card, or br, bond or vlan and a number. A change makes a new interface.",
    required: true,
    replaces: true,
    rule: "noBlanks",
    maxLength: 15,
  },
  type: {
    kind: "enum",
    doc: "What it is. A card is always there and only configured. A change makes a new interface.",
    values: ["PHYSICAL", "BRIDGE", "LINK_AGGREGATION", "VLAN"],
    required: true,
    replaces: true,
  },
  description: { kind: "string", doc: "Free text.", default: "", maxLength: 120 },
  ipv4Dhcp: {
    kind: "boolean",
    doc: "Asks for an address of version 4; one interface at most. Default false.",
    default: false,
  },
  ipv6Auto: {
    kind: "boolean",
    doc: "Configures version 6 by itself; one interface at most. Default false.",
    default: false,
  },
  aliases: {
    kind: "list",
    doc: "Its addresses. Two interfaces cannot have addresses in one network.",
    items: {
      kind: "object",
      doc: "An address of an interface.",
      typeName: "InterfaceAlias",
      fields: {
        address: { kind: "string", doc: "The address.", required: true, rule: "address", compare: "network" },
        netmask: {
          kind: "integer",
          doc: "How many bits of it name the network, for example 24.",
          required: true,
          min: 1,
          max: 128,
          unit: "bits",
        },
      },
    },
    compare: "set",
    unique: true,
    default: [],
  },
  mtu: {
    kind: "integer",
    doc: "Largest packet; a VLAN's is at most that of what it stands on. Default 1500.",
    default: 1500,
    nullIs: 1500,
    min: 68,
    max: 9216,
    unit: "bytes",
  },
} as const satisfies Properties;

const properties = {
  ...general,
  ...kindFields,
  adopt: adopt("a bridge, aggregation or VLAN of this name"),
} as const satisfies Properties;

const NAMESPACE = "interface";

/** TrueNAS does not tell of what an interface has no use for: it is as if nothing were stated. */
const UNUSED = Object.fromEntries(
  Object.entries<Property>(kindFields).flatMap(([name, { default: absent }]) =>
    absent === undefined ? [] : [[name, absent]],
  ),
);

/** A network interface. */
export const networkInterface = defineType({
  name: "NetworkInterface",
  doc: "A network card's configuration, a bridge, an aggregation or a VLAN. Changes are applied together, confirmed over a new connection, and taken back by the appliance itself when that fails. Taking a card out of the program leaves it as it is.",
  properties,
  outputs: { rowId: { kind: "string", doc: "Name in the middleware." } },
  reading: { by: "namespace", namespace: NAMESPACE },
  staged: {
    pending: { method: `${NAMESPACE}.has_pending_changes`, params: [] },
    commit: { method: `${NAMESPACE}.commit`, params: [] },
    waiting: { method: `${NAMESPACE}.checkin_waiting`, params: [] },
    confirm: { method: `${NAMESPACE}.checkin`, params: [] },
    rollback: { method: `${NAMESPACE}.rollback`, params: [] },
    noun: "network changes",
  },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "interface name",
  idOfRow: (row) => String(row["id"]),
  live: (row) => ({ values: { ...UNUSED, ...fromWire(properties, row) }, outputs: { rowId: row["id"] } }),
  create: (inputs) => [{ method: `${NAMESPACE}.create`, params: [payload(inputs)] }],
  update,
  updateNeedsRow: () => true,
  removal: {
    kind: "call",
    call: (id: string) => ({ method: `${NAMESPACE}.delete`, params: [id] }),
    leaves: isCard,
    refusal: guardRemoval,
  },
  takesOver: isCard,
  check: kindProblems,
});

function isCard(row: Row): boolean {
  return row["type"] === "PHYSICAL";
}

function update(change: Change, context: PlanContext): Call[] {
  const { name: _, type: __, ...part } = payload(change.changed);
  guardAddress(change, context);
  if (Object.keys(part).length === 0) return [];
  const along = change.news["type"] === "PHYSICAL" ? asking(change.news) : sharing(change);

  return [{ method: `${NAMESPACE}.update`, params: [change.id, { ...along, ...part }] }];
}

/** A card that nobody has configured asks for addresses by itself, which what is stated of it is to end. */
function asking({ ipv4Dhcp = false, ipv6Auto = false }: Values): Values {
  return payload({ ipv4Dhcp, ipv6Auto });
}

/** What decides on ports is forgotten with a protocol that has no use for it, so that it is stated anew with another. */
function sharing({ changed, news }: Change): Values {
  if (!("lagProtocol" in changed)) return {};
  const { xmitHashPolicy, lacpduRate } = news;

  return payload({ xmitHashPolicy, lacpduRate });
}

/** TrueNAS wants the version of each address told, and goes by the address itself. */
function payload(values: Values): Record<string, unknown> {
  const wire = toWire(properties, values);
  if (!Array.isArray(wire["aliases"])) return wire;
  const aliases = wire["aliases"].map((alias) => {
    const address = isRecord(alias) ? String(alias["address"]) : "";
    return { type: address.includes(":") ? "INET6" : "INET", ...Object(alias) };
  });

  return { ...wire, aliases };
}
