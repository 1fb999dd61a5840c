import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { Alias, Goal } from "../planner/goal.ts";
import { decode } from "../properties/codec.ts";
import { contains, OutputValue, type PropertyValue, withoutOutputs } from "../properties/value.ts";
import type { CustomTimeouts } from "../state/resource-state.ts";

/** What a registration asks for, except its provider, which the monitor resolves. */
export type RequestedGoal = Omit<Goal, "provider">;

/** Reads a registration. */
export function goalOf(request: RegisterResourceRequest): RequestedGoal {
  const object = decode(request.getObject());
  const dependencies = request.getDependenciesList();
  const defined = request.getDeletebeforereplacedefined() || request.getDeletebeforereplace();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    inputs: withoutOutputs(object),
    parent: request.getParent(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    dependencies,
    propertyDependencies: propertyDependencies(request, object),
    deleteBeforeReplace: defined ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [
      ...request.getAliasurnsList().map((urn) => ({ urn })),
      ...request.getAliasesList().map((alias) => aliasOf(alias)),
    ],
    importId: request.getImportid(),
    customTimeouts: timeoutsOf(request),
    deletedWith: request.getDeletedwith(),
  };
}

function propertyDependencies(request: RegisterResourceRequest, object: ReturnType<typeof decode>) {
  const given = request.getPropertydependenciesMap();
  const all = request.getDependenciesList();
  const result: Record<string, string[]> = {};
  if (given.getLength() === 0) for (const key of Object.keys(object)) result[key] = all;
  given.forEach((dependencies, key) => {
    result[key] = dependencies.getUrnsList();
  });
  for (const [key, value] of Object.entries(object)) {
    result[key] = [...new Set([...(result[key] ?? []), ...outputDependencies(value)])];
  }
  return result;
}

function outputDependencies(value: PropertyValue): string[] {
  const urns: string[] = [];
  contains(value, (item) => {
    if (item instanceof OutputValue) urns.push(...item.dependencies);
    return false;
  });
  return urns;
}

function aliasOf(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (spec === undefined) return { urn: message.getUrn() };
  return {
    name: spec.getName(),
    type: spec.getType(),
    stack: spec.getStack(),
    project: spec.getProject(),
    parent: spec.getParenturn(),
    noParent: spec.getNoparent(),
  };
}

const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

function timeoutsOf(request: RegisterResourceRequest): CustomTimeouts {
  const timeouts = request.getCustomtimeouts();
  if (timeouts === undefined) return {};
  const given = Object.entries({
    create: timeouts.getCreate(),
    update: timeouts.getUpdate(),
    delete: timeouts.getDelete(),
    read: timeouts.getRead(),
  }).filter(([, text]) => text !== "");
  return Object.fromEntries(given.map(([key, text]) => [key, durationSeconds(String(text))]));
}

/** Seconds of a duration such as `1h30m`; throws when it is none. */
function durationSeconds(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.map(([part]) => part).join("") !== text) {
    throw new Error(`custom timeout "${text}" is not a duration; write for example "90s", "5m" or "1h30m"`);
  }
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (SECONDS[String(unit)] ?? 0), 0);
}
