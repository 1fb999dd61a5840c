import { UnknownValueError } from "@pulumi/policy";
import type { Judged } from "./judged.ts";
import type { Finding, Rule, Settings } from "./rule.ts";
import type { Stack } from "./stack.ts";

/** Stands for every type among those that a rule judges. */
const EVERYTHING = "*";

/**
 * What a rule says about every resource that it judges. A value that is not known yet costs the verdict on that one
 * resource only; the others are judged.
 */
export function findings(rule: Rule, stack: Stack, given: Settings = {}): Finding[] {
  if (rule.model && stack.site?.model !== rule.model) return [];
  const settings = { ...defaultsOf(rule), ...given };

  const judged = rule.judges.includes(EVERYTHING) ? stack.resources : stack.of(...rule.judges);

  return judged.flatMap((resource) => findingsAbout(rule, resource, stack, settings));
}

/** The settings of a rule that nobody configured. */
export function defaultsOf(rule: Rule): Settings {
  const properties = Object.entries(rule.configSchema?.properties ?? {});
  return Object.fromEntries(properties.map(([key, { default: value }]) => [key, value]));
}

function findingsAbout(rule: Rule, resource: Judged, stack: Stack, settings: Settings): Finding[] {
  try {
    return stack
      .surely(() => rule.judge(resource, stack, settings))
      .map((wrong) => ({ rule, resource, undecided: false, message: sentence(rule, resource, wrong) }));
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    const message = `undecided: ${rule.name} cannot judge ${noun(resource)} before all of its values are known; it is judged again during the update`;
    return [{ rule, resource, undecided: true, message }];
  }
}

function sentence(rule: Rule, resource: Judged, wrong: string): string {
  return `${noun(resource)} ${wrong} (${rule.source}); ${rule.remedy}`;
}

/** The resource in the owner's words, for example `dataset "fast/vms"`. */
function noun(resource: Judged): string {
  const kind = resource.type.split(":").at(-1) ?? resource.type;
  const words = kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return `${NOUNS[resource.type] ?? words} "${resource.name}"`;
}

const NOUNS: Readonly<Record<string, string>> = {
  "homelab:index:Site": "site",
  "homelab:storage:TrueNas": "appliance",
  "truenas:index:NfsShare": "NFS share",
  "truenas:index:SmbShare": "SMB share",
  "truenas:index:NfsConfig": "NFS service",
  "truenas:index:IscsiPortal": "iSCSI portal",
  "truenas:index:SshConnection": "SSH connection",
  "proxmoxve:index/vmLegacy:VmLegacy": "virtual machine",
  "proxmoxve:index/containerLegacy:ContainerLegacy": "container",
};
