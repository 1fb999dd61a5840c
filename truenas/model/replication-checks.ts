import type { Values } from "./property.ts";
import type { Problem } from "./resource-type.ts";
import { UNKNOWN } from "./unknown.ts";

interface Rule {
  readonly property: string;
  /** True when the inputs break the rule; an input that is not known yet breaks none. */
  readonly broken: (inputs: Values) => boolean;
  readonly reason: string;
}

const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
const has = (inputs: Values, name: string) => {
  const value = inputs[name];
  return value !== undefined && value !== null && value !== UNKNOWN && !(Array.isArray(value) && value.length === 0);
};
const mayHave = (inputs: Values, name: string) => inputs[name] === UNKNOWN || has(inputs, name);
const pushes = ({ direction }: Values) => direction === "PUSH";
const pulls = ({ direction }: Values) => direction === "PULL";
const isCustom = (inputs: Values) => inputs["retentionPolicy"] === "CUSTOM";
const keeps = (inputs: Values) => inputs["retentionPolicy"] === "SOURCE" || inputs["retentionPolicy"] === "NONE";

/** What TrueNAS would refuse, said before anything is sent. */
const rules: readonly Rule[] = [
  {
    property: "periodicSnapshotTasks",
    broken: (inputs) =>
      pushes(inputs) &&
      !mayHave(inputs, "periodicSnapshotTasks") &&
      !mayHave(inputs, "alsoIncludeNamingSchema") &&
      !mayHave(inputs, "nameRegex"),
    reason:
      "a PUSH needs to know which snapshots to send; state periodicSnapshotTasks, alsoIncludeNamingSchema or nameRegex",
  },
  {
    property: "auto",
    broken: (inputs) =>
      inputs["auto"] === true &&
      !mayHave(inputs, "schedule") &&
      (pulls(inputs) || (pushes(inputs) && !mayHave(inputs, "periodicSnapshotTasks"))),
    reason: "auto needs something to begin with; state schedule, or for a PUSH periodicSnapshotTasks",
  },
  {
    property: "namingSchema",
    broken: (inputs) => pushes(inputs) && has(inputs, "namingSchema"),
    reason: "namingSchema is for PULL; use alsoIncludeNamingSchema",
  },
  {
    property: "namingSchema",
    broken: (inputs) => pulls(inputs) && !mayHave(inputs, "namingSchema") && !mayHave(inputs, "nameRegex"),
    reason: "a PULL needs to know which snapshots to fetch; state namingSchema or nameRegex",
  },
  {
    property: "periodicSnapshotTasks",
    broken: (inputs) => pulls(inputs) && has(inputs, "periodicSnapshotTasks"),
    reason: "a PULL has no snapshot tasks, since they are on the other side; use namingSchema and schedule",
  },
  {
    property: "alsoIncludeNamingSchema",
    broken: (inputs) => pulls(inputs) && has(inputs, "alsoIncludeNamingSchema"),
    reason: "alsoIncludeNamingSchema is for PUSH; use namingSchema",
  },
  {
    property: "holdPendingSnapshots",
    broken: (inputs) => pulls(inputs) && inputs["holdPendingSnapshots"] === true,
    reason: "a PULL cannot hold snapshots of the other side; leave holdPendingSnapshots out",
  },
  {
    property: "sshConnection",
    broken: (inputs) => inputs["transport"] === "LOCAL" && has(inputs, "sshConnection"),
    reason: "LOCAL stays within this appliance; leave sshConnection out",
  },
  {
    property: "sshConnection",
    broken: (inputs) =>
      (inputs["transport"] === "SSH" || inputs["transport"] === "SSH+NETCAT") && !mayHave(inputs, "sshConnection"),
    reason: "the other side is reached by an SshConnection; state its name",
  },
  {
    property: "netcatActiveSide",
    broken: (inputs) => inputs["transport"] === "SSH+NETCAT" && !mayHave(inputs, "netcatActiveSide"),
    reason: "SSH+NETCAT needs netcatActiveSide, LOCAL or REMOTE; state it",
  },
  {
    property: "exclude",
    broken: (inputs) => inputs["recursive"] === false && has(inputs, "exclude"),
    reason: "exclude needs recursive: true; without it nothing below is included",
  },
  {
    property: "lifetimeValue",
    broken: (inputs) => isCustom(inputs) && !(mayHave(inputs, "lifetimeValue") && mayHave(inputs, "lifetimeUnit")),
    reason: "retentionPolicy CUSTOM needs lifetimeValue and lifetimeUnit; state both",
  },
  ...["lifetimeValue", "lifetimeUnit", "lifetimes"].map((property) => ({
    property,
    broken: (inputs: Values) => keeps(inputs) && has(inputs, property),
    reason: `${property} is for retentionPolicy CUSTOM; leave it out`,
  })),
  {
    property: "retentionPolicy",
    broken: (inputs) => isCustom(inputs) && has(inputs, "nameRegex"),
    reason: "nameRegex tells no times, which CUSTOM goes by; use SOURCE or NONE",
  },
  {
    property: "schedule",
    broken: (inputs) => inputs["auto"] === false && has(inputs, "schedule"),
    reason: "schedule needs auto: true",
  },
  {
    property: "onlyMatchingSchedule",
    broken: (inputs) => inputs["onlyMatchingSchedule"] === true && !mayHave(inputs, "schedule"),
    reason: "onlyMatchingSchedule needs schedule; state it, or use restrictSchedule",
  },
];

/** The rules that span several properties of a replication. */
export function checkReplication(inputs: Values): readonly Problem[] {
  const broken = rules.filter((rule) => rule.broken(inputs)).map(({ property, reason }) => ({ property, reason }));

  return [...broken, ...strangers(inputs)];
}

function strangers(inputs: Values): readonly Problem[] {
  if (!Array.isArray(inputs["exclude"]) || !Array.isArray(inputs["sourceDatasets"])) return [];
  const sources = texts(inputs["sourceDatasets"]);
  if (inputs["recursive"] === false || inputs["sourceDatasets"].includes(UNKNOWN)) return [];

  return inputs["exclude"]
    .map((path, index) => ({ path, index }))
    .filter(({ path }) => typeof path === "string" && path !== UNKNOWN)
    .filter(({ path }) => !sources.some((source) => path.startsWith(`${source}/`)))
    .map(({ path, index }) => ({
      property: `exclude[${index}]`,
      reason: `"${path}" is below none of the sources (${sources.join(", ")}); name datasets below them only`,
    }));
}
