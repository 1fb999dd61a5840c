import { adopt } from "./adopt.ts";
import type { Properties } from "./property.ts";
import { defineType } from "./resource-type.ts";
import { rowObject } from "./row-object.ts";
import { cronFields } from "./schedule.ts";

const properties = {
  description: {
    kind: "string",
    doc: "What the job is for; it tells the jobs apart. A change makes a new job.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 200,
  },
  command: { kind: "string", doc: "Shell command; TrueNAS joins its lines.", required: true, maxLength: 1024 },
  user: { kind: "string", doc: "Account that runs it.", required: true, rule: "noBlanks", maxLength: 60 },
  schedule: {
    kind: "object",
    doc: "When it runs; default hourly.",
    typeName: "CronSchedule",
    fields: cronFields,
    default: {},
  },
  enabled: { kind: "boolean", doc: "Runs on schedule. Default true.", default: true },
  hideStdout: { kind: "boolean", doc: "Sends no mail of what it prints. Default true.", default: true, wire: "stdout" },
  hideStderr: {
    kind: "boolean",
    doc: "Sends no mail of what it complains of. Default false.",
    default: false,
    wire: "stderr",
  },
  adopt: adopt("a job of this description"),
} as const satisfies Properties;

/** A command that runs on a schedule. */
export const cronJob = defineType({
  name: "CronJob",
  doc: "A command that the appliance runs on a schedule.",
  properties,
  ...rowObject("cronjob", properties),
  idOf: (inputs) => String(inputs["description"]),
  idForm: "description",
  idOfRow: (row) => String(row["description"]),
});
