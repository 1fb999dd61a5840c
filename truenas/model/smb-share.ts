import { adopt } from "./adopt.ts";
import { canonical } from "./canonical.ts";
import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import {
  type Change,
  defineType,
  type Live,
  type LiveContext,
  type PlanContext,
  type Problem,
  type Row,
} from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";
import { readFlat, writeFlat } from "./smb-flat.ts";
import { OPTIONS_OF_PURPOSE, smbOptions } from "./smb-options.ts";

const groups = (doc: string) =>
  ({
    kind: "list",
    doc,
    items: { kind: "string", doc: "Name of an SMB group." },
    compare: "set",
    default: [],
  }) as const;

const DEFAULT_PURPOSE = "DEFAULT_SHARE";

const optionsProperty = {
  kind: "object",
  doc: "Settings of the purpose; those not stated have their defaults.",
  typeName: "SmbShareOptions",
  fields: smbOptions,
  default: {},
} as const;

const properties = {
  name: {
    kind: "string",
    doc: "Name that clients see, unique whatever its case. A change makes a new share.",
    required: true,
    replaces: true,
    rule: "smbShareName",
    maxLength: 80,
    compare: "case",
  },
  path: {
    kind: "string",
    doc: "Shared directory below `/mnt`, or `EXTERNAL`.",
    required: true,
    rule: "mountPath",
    compare: "trimmed",
  },
  purpose: {
    kind: "enum",
    doc: "Preset that decides which options exist. Default DEFAULT_SHARE.",
    values: [
      "DEFAULT_SHARE",
      "LEGACY_SHARE",
      "TIMEMACHINE_SHARE",
      "MULTIPROTOCOL_SHARE",
      "TIME_LOCKED_SHARE",
      "PRIVATE_DATASETS_SHARE",
      "EXTERNAL_SHARE",
    ],
    default: DEFAULT_PURPOSE,
  },
  options: optionsProperty,
  enabled: { kind: "boolean", doc: "Serves it. Default true.", default: true },
  comment: { kind: "string", doc: "Free text that clients see.", default: "", maxLength: 1024 },
  readonly: { kind: "boolean", doc: "Refuses writes. Default false.", default: false },
  browsable: { kind: "boolean", doc: "Appears in listings. Default true.", default: true },
  accessBasedShareEnumeration: {
    kind: "boolean",
    doc: "Appears only to those who may enter. Default false.",
    default: false,
  },
  audit: {
    kind: "object",
    doc: "Records who did what.",
    typeName: "SmbShareAudit",
    fields: {
      enable: { kind: "boolean", doc: "Records. Default false.", default: false },
      watchList: groups("Groups that are recorded."),
      ignoreList: groups("Groups that are not recorded."),
    },
    default: {},
  },
  adopt: adopt("a share of this name"),
} as const satisfies Properties;

const rows = rowCalls("sharing.smb", payload);

/** An SMB share. */
export const smbShare = defineType({
  name: "SmbShare",
  doc: "An SMB share of one directory.",
  properties,
  outputs: { rowId: { kind: "integer", doc: "Row id in the middleware." } },
  reading: { by: "namespace", namespace: "sharing.smb" },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "share name",
  idOfRow: (row) => String(row["name"]),
  sameId: (a, b) => a.toLowerCase() === b.toLowerCase(),
  live,
  create: (inputs, context) =>
    rows.create("options" in inputs ? { purpose: DEFAULT_PURPOSE, ...inputs } : inputs, context),
  update: (change, context) => rows.update(withPurpose(change), context),
  removal: rows.removal,
  check,
  same: { options: sameOptions },
});

function live(row: Row, context: LiveContext): Live {
  const plain = context.dialect === "25.04" ? readFlat(row) : row;

  return { values: fromWire(properties, plain), outputs: { rowId: row["id"] } };
}

function payload(values: Values, context: PlanContext): Values {
  const wire = toWire(properties, values);

  return context.dialect === "25.04" ? writeFlat(wire) : wire;
}

/** TrueNAS wants purpose and options together, the options whole, and the path of an external share with them. */
function withPurpose(change: Change): Change {
  if (!("purpose" in change.changed) && !("options" in change.changed)) return change;
  const purpose = change.news["purpose"] ?? DEFAULT_PURPOSE;

  const path = purpose === "EXTERNAL_SHARE" ? { path: change.news["path"] } : {};

  return { ...change, changed: { ...change.changed, ...path, purpose, options: change.news["options"] ?? {} } };
}

/** An identity that TrueNAS made up is no difference. */
function sameOptions(a: unknown, b: unknown): boolean {
  const left = isRecord(a) ? a : {};
  const right = isRecord(b) ? b : {};
  const vuid = left["vuid"] !== undefined && right["vuid"] !== undefined;
  const comparable = (value: Values) => canonical(optionsProperty, vuid ? value : { ...value, vuid: undefined });

  return JSON.stringify(comparable(left)) === JSON.stringify(comparable(right));
}

function check(inputs: Values): readonly Problem[] {
  return [...optionProblems(inputs), ...pathProblems(inputs), ...auditProblems(inputs)];
}

function optionProblems(inputs: Values): readonly Problem[] {
  const purpose = String(inputs["purpose"] ?? DEFAULT_PURPOSE);
  const allowed = OPTIONS_OF_PURPOSE[purpose];
  const options = inputs["options"];
  if (!allowed || !isRecord(options)) return [];

  return Object.keys(options)
    .filter((name) => name in smbOptions && !allowed.includes(name))
    .map((name) => ({
      property: `options.${name}`,
      reason: `${purpose} has no option "${name}"; it takes ${allowed.join(", ")}`,
    }));
}

function pathProblems(inputs: Values): readonly Problem[] {
  const { path, purpose } = inputs;
  if (typeof path !== "string" || (path === "EXTERNAL") === (purpose === "EXTERNAL_SHARE")) return [];
  const reason =
    path === "EXTERNAL" ? "path EXTERNAL needs purpose EXTERNAL_SHARE" : "purpose EXTERNAL_SHARE needs path EXTERNAL";

  return [{ property: "path", reason: `${reason}; change one of them` }];
}

function auditProblems(inputs: Values): readonly Problem[] {
  const audit = inputs["audit"];
  if (!isRecord(audit) || audit["enable"] !== true) return [];
  const lists = [audit["watchList"], audit["ignoreList"]];
  if (lists.some((list) => list !== undefined && (!Array.isArray(list) || list.length > 0))) return [];

  return [
    {
      property: "audit",
      reason: "audit.enable needs a watchList or an ignoreList of SMB groups; name at least one group",
    },
  ];
}
