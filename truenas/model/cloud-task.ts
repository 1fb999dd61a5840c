import { fromWire, toWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Reference, rowIdOf } from "./references.ts";
import type { Change, Live, PlanContext, Problem, Row } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";
import { cronFields } from "./schedule.ts";

const DESCRIPTION_LENGTH = 150;
const PATH_LENGTH = 255;

/** What every task has that brings files to a cloud or back. */
export const cloudTaskProperties = {
  description: {
    kind: "string",
    doc: "What the task is for; it tells the tasks apart. A change makes a new task.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: DESCRIPTION_LENGTH,
  },
  credential: { kind: "string", doc: "Cloud credential by name.", required: true, wire: "credentials" },
  bucket: {
    kind: "string",
    doc: "Bucket, which exists already: TrueNAS makes none at S3 providers.",
    required: true,
    rule: "bucketName",
  },
  folder: {
    kind: "string",
    doc: 'Folder in the bucket, one for each task, for example "photos"; "" is the bucket itself.',
    required: true,
    rule: "bucketFolder",
    compare: "folder",
    maxLength: PATH_LENGTH,
  },
  schedule: {
    kind: "object",
    doc: "When it runs; default hourly.",
    typeName: "CronSchedule",
    fields: cronFields,
    default: {},
  },
  snapshot: {
    kind: "boolean",
    doc: "Reads from a snapshot that is taken for the run; only for a dataset without others below it. Default false.",
    default: false,
  },
  exclude: {
    kind: "list",
    doc: "Patterns of what is left out.",
    items: { kind: "string", doc: "A name, or a path from the task's own.", rule: "notBlank", maxLength: 1024 },
    default: [],
  },
  preScript: { kind: "string", doc: "Bash script that runs before.", default: "", compare: "lines" },
  postScript: { kind: "string", doc: "Bash script that runs after a success.", default: "", compare: "lines" },
  enabled: { kind: "boolean", doc: "Runs on schedule. Default true.", default: true },
} as const satisfies Properties;

/** Where the path of a task is described; what may be named differs from type to type. */
export const PATH_LIMIT = PATH_LENGTH;

/** The credential that a task names. */
const CREDENTIAL: Reference = {
  namespace: "cloudsync.credentials",
  field: "name",
  noun: "cloud credential",
};

/** Fields in which a task tells the secrets of its credential. */
const CREDENTIAL_SECRETS = ["secret_access_key", "key", "pass", "token", "client_secret"];

/** The provider's type of the credential of that name, for example S3; undefined while previewing. */
export function providerTypeOf(name: unknown, rows: PlanContext["rows"]): string | undefined {
  const row = rows(CREDENTIAL.namespace)?.find((candidate) => candidate["name"] === name);
  const provider = row?.["provider"];

  return isRecord(provider) ? String(provider["type"]) : undefined;
}

/** The attributes that programs state as properties of their own: name of the property → name of the attribute. */
export type Attributes = Readonly<Record<string, string>>;

/** How a task is known, read and written: a row whose place in the cloud is kept in its attributes. */
export function cloudTask(
  namespace: "cloud_backup" | "cloudsync",
  properties: Properties,
  attributes: Attributes,
  payload = (values: Values, context: PlanContext) => taskPayload(properties, attributes, values, context),
) {
  return {
    ...rowObject(namespace, properties, payload),
    live: (row: Row) => taskLive(properties, attributes, row),
    needs: [CREDENTIAL.namespace],
    tells: CREDENTIAL_SECRETS,
    idOf: (inputs: Values) => String(inputs["description"]),
    idForm: "description",
    idOfRow: (row: Row) => String(row["description"]),
    updateNeedsRow: (change: Change) => touchesAttributes(attributes, change),
  };
}

/**
 * What the middleware takes of a task: the credential by its number, and the attributes whole, so that those which the
 * program does not state are sent as they are.
 */
export function taskPayload(
  properties: Properties,
  attributes: Attributes,
  values: Values,
  context: PlanContext,
): Values {
  const { credential, ...others } = values;
  const own = Object.entries(others).filter(([name]) => !(name in attributes));
  const number = credential === undefined ? {} : { credentials: rowIdOf(CREDENTIAL, credential, context.rows) };

  return { ...toWire(properties, Object.fromEntries(own)), ...number, ...attributesPart(attributes, others, context) };
}

function attributesPart(attributes: Attributes, values: Values, { row }: PlanContext): Values {
  const stated = Object.entries(attributes)
    .filter(([name]) => values[name] !== undefined)
    .map(([name, attribute]) => [attribute, values[name]]);
  if (stated.length === 0) return {};
  const others = row && isRecord(row["attributes"]) ? row["attributes"] : {};

  return { attributes: { ...others, ...Object.fromEntries(stated) } };
}

/** What a row tells of a task, in the words of the program. */
function taskLive(properties: Properties, attributes: Attributes, row: Row): Live {
  const told = isRecord(row["attributes"]) ? row["attributes"] : {};
  const place = Object.entries(attributes).map(([name, attribute]) => [
    name,
    told[attribute] ?? properties[name]?.default,
  ]);
  const credential = isRecord(row["credentials"]) ? row["credentials"]["name"] : undefined;
  const values = { ...fromWire(properties, row), credential, ...Object.fromEntries(place) };

  return { values, outputs: { rowId: row["id"] } };
}

/** True when part of the attributes changes, or the credential that says which there are. */
function touchesAttributes(attributes: Attributes, { changed }: Change): boolean {
  return Object.keys(attributes).some((name) => name in changed);
}

/** A volume is one file, in which nothing can be left out. */
export function checkVolume(inputs: Values): readonly Problem[] {
  const { path, exclude } = inputs;
  if (typeof path !== "string" || !path.startsWith("/dev/zvol/")) return [];
  const found = ["snapshot", "absolutePaths"].filter((name) => inputs[name] === true);
  if (Array.isArray(exclude) && exclude.length > 0) found.push("exclude");

  return found.map((property) => ({
    property,
    reason: `${property} has no meaning for a volume, which is copied whole from a snapshot; leave it out`,
  }));
}
