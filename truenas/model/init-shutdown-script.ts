import { adopt } from "./adopt.ts";
import type { Properties, Values } from "./property.ts";
import { defineType, type Problem } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";
import { UNKNOWN } from "./unknown.ts";

const properties = {
  when: {
    kind: "enum",
    doc: "Early or late while starting, or while shutting down. A change makes a new script.",
    values: ["PREINIT", "POSTINIT", "SHUTDOWN"],
    required: true,
    replaces: true,
  },
  comment: {
    kind: "string",
    doc: "What it is for; together with `when` it tells the scripts apart. A change makes a new script.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 255,
  },
  type: {
    kind: "enum",
    doc: "Whether `command` or `script` says what runs.",
    values: ["COMMAND", "SCRIPT"],
    required: true,
  },
  command: { kind: "string", doc: "Shell command, for type COMMAND.", default: "", maxLength: 300 },
  script: {
    kind: "string",
    doc: "Path of an executable file on the appliance, for type SCRIPT.",
    default: "",
    maxLength: 255,
  },
  enabled: { kind: "boolean", doc: "Runs at all. Default true.", default: true },
  timeout: { kind: "integer", doc: "Seconds that it may take. Default 10.", default: 10, min: 1, unit: "seconds" },
  adopt: adopt("a script of this time and comment"),
} as const satisfies Properties;

/** A command or script that runs when the appliance starts or shuts down. */
export const initShutdownScript = defineType({
  name: "InitShutdownScript",
  doc: "A command or script that runs when the appliance starts or shuts down.",
  properties,
  ...rowObject("initshutdownscript", properties),
  idOf: (inputs) => `${inputs["when"]}:${inputs["comment"]}`,
  idForm: "WHEN:comment",
  idOfRow: (row) => `${row["when"]}:${row["comment"]}`,
  check,
});

const PART: Readonly<Record<string, string>> = { COMMAND: "command", SCRIPT: "script" };

function check(inputs: Values): readonly Problem[] {
  const type = inputs["type"];
  const part = typeof type === "string" ? PART[type] : undefined;
  if (part === undefined || type === UNKNOWN || (inputs[part] !== undefined && inputs[part] !== "")) return [];

  return [{ property: part, reason: `type ${type} needs ${part}, which says what runs; state it` }];
}
