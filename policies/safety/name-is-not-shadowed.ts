import type { Judged } from "../judged.ts";
import { numberAt, textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { CONTAINER, DATASET, NFS_SHARE, POOL, SMB_SHARE, SNAPSHOT_TASK, VIRTUAL_MACHINE, ZVOL } from "../tokens.ts";

/** The name that a resource takes, with the room in which it must be alone. */
const NAMES: Readonly<Record<string, (resource: Judged) => string | undefined>> = {
  [POOL]: ({ props }) => named("pool", textAt(props, "name")),
  [DATASET]: ({ props }) => named("data", textAt(props, "name")),
  [ZVOL]: ({ props }) => named("data", textAt(props, "name")),
  [NFS_SHARE]: ({ props }) => named("export", textAt(props, "path")?.replace(/\/+$/, "")),
  [SMB_SHARE]: ({ props }) => named("share", textAt(props, "name")?.toLowerCase()),
  [SNAPSHOT_TASK]: ({ props }) => named("snapshots", `${textAt(props, "dataset")}@${textAt(props, "namingSchema")}`),
  [VIRTUAL_MACHINE]: ({ props }) => named("machine", numberAt(props, "vmId")),
  [CONTAINER]: ({ props }) => named("machine", numberAt(props, "vmId")),
};

/** Two objects of one name: the second hides the first, or is refused halfway through an update. */
export const nameIsNotShadowed: Rule = {
  name: "name-is-not-shadowed",
  description: "Nothing may take a name that another object of its appliance, or host, has.",
  source: "D1 Core Principles",
  remedy: "give one of them another name",
  severity: "high",
  weight: "always",
  judges: Object.keys(NAMES),
  judge(resource, stack) {
    const name = nameOf(resource);
    const first = name === undefined ? undefined : stack.once(holders).get(name);
    if (!first || first === resource) return [];
    return [`takes the name of ${first.name} and must have one of its own`];
  },
};

function holders(stack: Stack): ReadonlyMap<string, Judged> {
  const first = new Map<string, Judged>();
  for (const resource of stack.known(Object.keys(NAMES), (known) => nameOf(known) !== undefined)) {
    const name = nameOf(resource) ?? "";
    if (!first.has(name)) first.set(name, resource);
  }
  return first;
}

function nameOf(resource: Judged): string | undefined {
  const name = NAMES[resource.type]?.(resource);
  return name === undefined ? undefined : `${resource.home} ${name}`;
}

function named(room: string, name: string | number | undefined): string | undefined {
  return name === undefined ? undefined : `${room} ${name}`;
}
