import type { AnalyzerInfo, PolicyConfig, PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import type { EnforcementLevel } from "../run.ts";

/** The levels in the order of their numbers in the protocol. */
export const LEVELS: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled", "remediate"];

/** Level and properties with which one policy runs. */
export interface PolicySetting {
  level: EnforcementLevel;
  properties: Record<string, JavaScriptValue>;
}

/**
 * How each policy of a pack is to run: its own defaults, the pack's initial configuration and what the user gives, in
 * rising order of weight; `all` sets the level of every policy. Throws when a setting is malformed or incomplete.
 */
export function reconcile(info: AnalyzerInfo, given: Readonly<Record<string, unknown>>): Map<string, PolicySetting> {
  const policies = info.getPoliciesList();
  const settings = new Map(policies.map((policy) => [policy.getName(), defaultsOf(policy)]));
  const initial = new Map<string, Given>();
  info.getInitialconfigMap().forEach((config, name) => {
    initial.set(name, initialSetting(config));
  });
  apply(settings, initial);
  apply(settings, new Map(Object.entries(given).map(([name, value]) => [name, givenSetting(name, value)])));
  const problems = policies.flatMap((policy) => problemsOf(policy, settings.get(policy.getName())));
  if (problems.length > 0) {
    throw new Error(`the configuration of policy pack ${info.getName()} is invalid:\n${problems.join("\n")}`);
  }
  return settings;
}

type Given = { readonly level: EnforcementLevel | undefined; readonly properties: PolicySetting["properties"] };

function apply(settings: Map<string, PolicySetting>, given: ReadonlyMap<string, Given>): void {
  const all = given.get("all")?.level;
  if (all !== undefined) for (const setting of settings.values()) setting.level = all;
  for (const [name, { level, properties }] of given) {
    const setting = settings.get(name);
    if (setting === undefined) continue;
    if (level !== undefined) setting.level = level;
    Object.assign(setting.properties, properties);
  }
}

function defaultsOf(policy: PolicyInfo): PolicySetting {
  const schemas = Object.entries(policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {});
  const defaults = schemas.flatMap(([key, schema]) => {
    const { default: value } = schema as { default?: JavaScriptValue };
    return value === undefined ? [] : [[key, value] as const];
  });
  return { level: LEVELS[policy.getEnforcementlevel()] ?? "advisory", properties: Object.fromEntries(defaults) };
}

function initialSetting(config: PolicyConfig): Given {
  return { level: LEVELS[config.getEnforcementlevel()], properties: config.getProperties()?.toJavaScript() ?? {} };
}

function givenSetting(name: string, value: unknown): Given {
  if (typeof value === "string") return { level: levelOf(name, value), properties: {} };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(
      `policy configuration "${name}" is ${JSON.stringify(value)}; it must be a level (${LEVELS.join(", ")}) or an object`,
    );
  }
  const { enforcementLevel, ...properties } = value as Record<string, JavaScriptValue>;
  return { level: enforcementLevel === undefined ? undefined : levelOf(name, enforcementLevel), properties };
}

function levelOf(name: string, value: unknown): EnforcementLevel {
  const level = LEVELS.find((known) => known === value);
  if (level !== undefined) return level;
  throw new Error(`policy configuration "${name}": level ${JSON.stringify(value)} is not one of ${LEVELS.join(", ")}`);
}

function problemsOf(policy: PolicyInfo, setting: PolicySetting | undefined): string[] {
  const required = policy.getConfigschema()?.getRequiredList() ?? [];
  return required
    .filter((key) => setting?.properties[key] === undefined)
    .map((key) => `${policy.getName()}: ${key} is required`);
}
