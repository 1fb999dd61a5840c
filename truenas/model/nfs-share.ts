import { adopt } from "./adopt.ts";
import { network, sameValue } from "./canonical.ts";
import { overlappingNetworks } from "./networks.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const identity = (doc: string) => ({ kind: "string", doc, default: null }) as const;

const properties = {
  path: {
    kind: "string",
    doc: "Exported directory below `/mnt`. A change makes a new share.",
    required: true,
    replaces: true,
    rule: "mountPath",
    compare: "trimmed",
  },
  networks: {
    kind: "list",
    doc: "Networks in CIDR notation that may mount it; none and no hosts means everybody.",
    items: { kind: "string", doc: "A network in CIDR notation.", rule: "network" },
    compare: "networks",
    unique: true,
    default: [],
  },
  hosts: {
    kind: "list",
    doc: "Host names or addresses that may mount it.",
    items: { kind: "string", doc: "A host name or address.", rule: "nfsHost" },
    compare: "set",
    unique: true,
    default: [],
  },
  ro: { kind: "boolean", doc: "Refuses writes. Default false.", default: false },
  maprootUser: identity("User that root of a client becomes."),
  maprootGroup: identity("Group that root of a client becomes; needs `maprootUser`."),
  mapallUser: identity("User that every client user becomes; excludes `maprootUser`."),
  mapallGroup: identity("Group that every client user becomes; needs `mapallUser`."),
  security: {
    kind: "list",
    doc: "Accepted security flavours; empty is the server's default.",
    items: { kind: "enum", doc: "A security flavour.", values: ["SYS", "KRB5", "KRB5I", "KRB5P"] },
    compare: "set",
    unique: true,
    default: [],
  },
  enabled: { kind: "boolean", doc: "Exports it. Default true.", default: true },
  comment: { kind: "string", doc: "Free text, at most 120 characters.", default: "", maxLength: 120 },
  adopt: adopt("a share of this path"),
} as const satisfies Properties;

/** An NFS export. */
export const nfsShare = defineType({
  name: "NfsShare",
  doc: "An NFS export of one directory.",
  properties,
  ...rowObject("sharing.nfs", properties),
  idOf: (inputs) => String(inputs["path"]),
  idForm: "/mnt/pool/path",
  idOfRow: (row) => String(row["path"]),
  sameId: (a, b) => sameValue(properties.path, a, b),
  check,
});

function check(inputs: Values): readonly Problem[] {
  const problems: Problem[] = [];
  if (inputs["maprootUser"] !== undefined && inputs["mapallUser"] !== undefined) {
    problems.push({
      property: "mapallUser",
      reason: "mapallUser and maprootUser exclude each other; state one of them",
    });
  }
  for (const who of ["maproot", "mapall"]) {
    if (inputs[`${who}Group`] !== undefined && inputs[`${who}User`] === undefined) {
      problems.push({ property: `${who}Group`, reason: `${who}Group needs ${who}User; state the user as well` });
    }
  }
  const networks = Array.isArray(inputs["networks"]) ? inputs["networks"] : [];
  for (const [a, b] of overlappingNetworks(networks.map(network))) {
    problems.push({ property: "networks", reason: `networks ${a} and ${b} overlap; keep the wider one` });
  }

  return problems;
}
