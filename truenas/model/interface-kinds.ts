import type { Properties, Values } from "./property.ts";
import type { Problem } from "./resource-type.ts";

const port = { kind: "string", doc: "Name of an interface.", rule: "noBlanks" } as const;

/** What only one kind of interface has. */
export const kindFields = {
  bridgeMembers: {
    kind: "list",
    doc: "Of a bridge: the interfaces that it joins.",
    items: port,
    compare: "set",
    unique: true,
    default: [],
  },
  stp: { kind: "boolean", doc: "Of a bridge: keeps loops away (STP). Default true.", default: true },
  enableLearning: { kind: "boolean", doc: "Of a bridge: learns who is where. Default true.", default: true },
  lagProtocol: {
    kind: "enum",
    doc: "Of an aggregation: how its ports share the work.",
    values: ["LACP", "FAILOVER", "LOADBALANCE"],
  },
  lagPorts: {
    kind: "list",
    doc: "Of an aggregation: its cards, the preferred one first; none of them has a configuration of its own.",
    items: port,
    unique: true,
    minItems: 1,
  },
  xmitHashPolicy: {
    kind: "enum",
    doc: "Of an aggregation by LACP or LOADBALANCE: what decides on the port. Default LAYER2+3.",
    values: ["LAYER2", "LAYER2+3", "LAYER3+4"],
    default: "LAYER2+3",
  },
  lacpduRate: {
    kind: "enum",
    doc: "Of an aggregation by LACP: how often it asks the switch. Default SLOW.",
    values: ["SLOW", "FAST"],
    default: "SLOW",
  },
  vlanParentInterface: { ...port, doc: "Of a VLAN: the card or aggregation that it stands on." },
  vlanTag: { kind: "integer", doc: "Of a VLAN: its number.", min: 1, max: 4094 },
  vlanPcp: {
    kind: "integer",
    doc: "Of a VLAN: the priority of its packets. Default 0.",
    default: 0,
    nullIs: 0,
    min: 0,
    max: 7,
  },
} as const satisfies Properties;

interface Kind {
  readonly noun: string;
  /** What its name looks like, where TrueNAS minds. */
  readonly name?: { readonly pattern: RegExp; readonly form: string };
  readonly fields: readonly (keyof typeof kindFields)[];
  readonly needs: readonly (keyof typeof kindFields)[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  PHYSICAL: { noun: "a card", fields: [], needs: [] },
  BRIDGE: {
    noun: "a bridge",
    name: { pattern: /^br\d+$/, form: "br0, br1 and so on" },
    fields: ["bridgeMembers", "stp", "enableLearning"],
    needs: [],
  },
  LINK_AGGREGATION: {
    noun: "an aggregation",
    name: { pattern: /^bond\d+$/, form: "bond0, bond1 and so on" },
    fields: ["lagProtocol", "lagPorts", "xmitHashPolicy", "lacpduRate"],
    needs: ["lagProtocol", "lagPorts"],
  },
  VLAN: {
    noun: "a VLAN",
    name: { pattern: /^vlan\d+$/, form: "vlan and a number, for example vlan10" },
    fields: ["vlanParentInterface", "vlanTag", "vlanPcp"],
    needs: ["vlanParentInterface", "vlanTag"],
  },
};

const SMALLEST_OF_V6 = 1280;

/** What does not fit the kind of interface. */
export function kindProblems(inputs: Values): readonly Problem[] {
  const { name, type } = inputs;
  const kind = KINDS[String(type)];
  if (!kind) return [];
  const strangers = Object.keys(kindFields).filter(
    (field) => inputs[field] !== undefined && !kind.fields.some((own) => own === field),
  );
  const misnamed = kind.name && typeof name === "string" && !kind.name.pattern.test(name) ? kind.name.form : undefined;

  return [
    ...(misnamed
      ? [{ property: "name", reason: `name "${name}" is not what ${kind.noun} is called; use ${misnamed}` }]
      : []),
    ...kind.needs
      .filter((field) => inputs[field] === undefined)
      .map((property) => ({ property, reason: `${kind.noun} needs ${property}; state it` })),
    ...strangers.map((property) => ({
      property,
      reason: `${property} is nothing of ${kind.noun}; leave it out, or correct type`,
    })),
    ...smallPackets(inputs),
  ];
}

function smallPackets({ mtu, aliases }: Values): readonly Problem[] {
  const v6 = Array.isArray(aliases) && aliases.some((alias) => String(Object(alias).address).includes(":"));
  if (!v6 || typeof mtu !== "number" || mtu >= SMALLEST_OF_V6) return [];

  return [{ property: "mtu", reason: `mtu ${mtu} is below the ${SMALLEST_OF_V6} that IP version 6 needs; raise it` }];
}
