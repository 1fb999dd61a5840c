import { adopt } from "./adopt.ts";
import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { nameOf, type Reference, rowIdOf } from "./references.ts";
import { Refused } from "./refused.ts";
import { defineType, type Live, type LiveContext, type PlanContext, type Problem, type Row } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";

const properties = {
  name: {
    kind: "string",
    doc: "Name after the base name, or a whole IQN. A change makes a new target.",
    required: true,
    replaces: true,
    rule: "iscsiName",
    maxLength: 120,
  },
  alias: { kind: "string", doc: "Name for people, unique.", default: null },
  mode: { kind: "enum", doc: "Default ISCSI.", values: ["ISCSI", "FC", "BOTH"], default: "ISCSI" },
  groups: {
    kind: "list",
    doc: "Who reaches it where.",
    items: {
      kind: "object",
      doc: "A way to a target.",
      typeName: "IscsiTargetGroup",
      fields: {
        portal: { kind: "string", doc: "Comment of the portal.", required: true },
        initiator: { kind: "string", doc: "Comment of the group of initiators; without it everybody.", default: null },
        authMethod: {
          kind: "enum",
          doc: "How initiators prove who they are. Default NONE.",
          values: ["NONE", "CHAP", "CHAP_MUTUAL"],
          default: "NONE",
          wire: "authmethod",
        },
        auth: { kind: "integer", doc: "Tag of the credentials, which CHAP needs.", default: null, min: 0 },
      },
    },
    compare: "set",
    default: [],
  },
  authNetworks: {
    kind: "list",
    doc: "Networks in CIDR notation that may connect; none is every network.",
    items: { kind: "string", doc: "A network in CIDR notation.", rule: "network" },
    compare: "networks",
    unique: true,
    default: [],
  },
  adopt: adopt("a target of this name"),
} as const satisfies Properties;

const PORTAL: Reference = { namespace: "iscsi.portal", field: "comment", noun: "iSCSI portal" };
const INITIATOR: Reference = { namespace: "iscsi.initiator", field: "comment", noun: "iSCSI initiator group" };

/** An iSCSI target. */
export const iscsiTarget = defineType({
  name: "IscsiTarget",
  doc: "An iSCSI target, and who reaches it by which portal.",
  properties,
  ...rowObject("iscsi.target", properties, payload),
  needs: ["iscsi.portal", "iscsi.initiator", "iscsi.auth"],
  invalidates: { delete: ["iscsi.targetextent"] },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "target name",
  idOfRow: (row) => String(row["name"]),
  live,
  check,
});

function live(row: Row, context: LiveContext): Live {
  const values = fromWire(properties, row);
  const groups = Array.isArray(values["groups"]) ? values["groups"].filter(isRecord) : [];
  const named = groups.map((group) => {
    const { portal, initiator, ...others } = group;
    const who = typeof initiator === "number" ? { initiator: nameOf(INITIATOR, initiator, context.rows) } : {};
    return { ...withoutNulls(others), portal: nameOf(PORTAL, portal, context.rows), ...who };
  });

  return { values: { ...values, groups: named }, outputs: { rowId: row["id"] } };
}

/** Programs leave out what the middleware has null for. */
function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function payload(values: Values, context: PlanContext): Values {
  const wire = toWire(properties, values);
  const groups = wire["groups"];
  if (!Array.isArray(groups)) return wire;

  return { ...wire, groups: groups.filter(isRecord).map((group) => numbered(group, context)) };
}

function numbered(group: Values, { rows }: PlanContext): Values {
  const { portal, initiator, ...others } = group;
  const who = initiator === undefined ? {} : { initiator: rowIdOf(INITIATOR, initiator, rows) };
  if (others["auth"] !== undefined && others["auth"] !== null) refuseMissing(others["auth"], rows);

  return { ...others, portal: rowIdOf(PORTAL, portal, rows), ...who };
}

/** TrueNAS takes any number for the tag, and nobody could log in. */
function refuseMissing(tag: unknown, rows: PlanContext["rows"]): void {
  const known = rows("iscsi.auth");
  if (!known || known.some((row) => row["tag"] === tag)) return;
  const tags = [...new Set(known.map((row) => String(row["tag"])))].join(", ") || "none";
  throw new Refused(
    `iSCSI credentials with tag ${tag} are not on this appliance (tags: ${tags}); create them first, or use one of these`,
  );
}

function check(inputs: Values): readonly Problem[] {
  const groups = Array.isArray(inputs["groups"]) ? inputs["groups"].filter(isRecord) : [];
  const portals = groups.map((group) => group["portal"]);

  return groups.flatMap((group, at) => [
    ...(portals.indexOf(group["portal"]) < at
      ? [
          {
            property: `groups[${at}].portal`,
            reason: `portal "${group["portal"]}" is named twice; keep one group for it`,
          },
        ]
      : []),
    ...(String(group["authMethod"]).startsWith("CHAP") && group["auth"] === undefined
      ? [
          {
            property: `groups[${at}].auth`,
            reason: `${group["authMethod"]} needs auth, the tag of credentials; state it`,
          },
        ]
      : []),
  ]);
}
