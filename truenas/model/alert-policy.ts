import { configObject } from "./config-object.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { type Call, type Change, defineType, type PlanContext, type Problem } from "./resource-type.ts";

const NAMESPACE = "alertclasses";

const properties = {
  classes: {
    kind: "map",
    doc: "What is told how, by alert class, for example ScrubPaused; classes that are not named stay as they are.",
    values: {
      kind: "object",
      doc: "How alerts of a class are told.",
      typeName: "AlertClass",
      fields: {
        level: {
          kind: "enum",
          doc: "How bad it is; absent is the class's own.",
          values: ["INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"],
        },
        policy: {
          kind: "enum",
          doc: "When it is told; absent is IMMEDIATELY.",
          values: ["IMMEDIATELY", "HOURLY", "DAILY", "NEVER"],
          default: "IMMEDIATELY",
        },
      },
    },
    required: true,
  },
} as const satisfies Properties;

/** How alerts are told. */
export const alertPolicy = defineType({
  name: "AlertPolicy",
  doc: "How bad alerts are and when they are told, by alert class. Taking it out of the program leaves them as they are.",
  properties,
  ...configObject(NAMESPACE, properties),
  updateNeedsRow: () => true,
  create: (inputs) => [merged({}, record(inputs["classes"]), [])],
  update,
  check,
});

/** TrueNAS replaces all classes with those that it is sent, so those of others are sent along. */
function update(change: Change, context: PlanContext): readonly Call[] {
  if (!("classes" in change.changed)) return [];
  const present = record(context.row?.["classes"]);

  return [merged(present, record(change.news["classes"]), Object.keys(record(change.olds["classes"])))];
}

function merged(present: Values, wanted: Values, managed: readonly string[]): Call {
  const others = Object.entries(present).filter(([name]) => !managed.includes(name));

  return { method: `${NAMESPACE}.update`, params: [{ classes: { ...Object.fromEntries(others), ...wanted } }] };
}

function record(value: unknown): Values {
  return isRecord(value) ? value : {};
}

function check(inputs: Values): readonly Problem[] {
  return Object.entries(record(inputs["classes"]))
    .filter(([, setting]) => isRecord(setting) && Object.keys(setting).length === 0)
    .map(([name]) => ({
      property: `classes["${name}"]`,
      reason: `"${name}" says neither level nor policy; state one of them or leave it out`,
    }));
}
