import type { Site } from "../../src/site/index.ts";
import type { ApplianceAddress } from "../../truenas/inspect.ts";
import type { StackSite } from "../stack-file.ts";
import { type Registered, registrationsOf } from "./program.ts";

/** One object of an appliance as the program declares it. */
export interface DeclaredObject {
  /** Type token, e.g. `truenas:index:Dataset`. */
  readonly token: string;
  /** Type without the package, e.g. `Dataset`. */
  readonly kind: string;
  /** Name below the appliance, in the owner's words. */
  readonly name: string;
  /** Its arguments, without those that only an update knows. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Objects that are declared and wait for a machine. */
export interface Awaited {
  /** Which machine, and why it is not there, in the owner's words. */
  readonly reason: string;
  readonly objects: number;
}

/** An appliance as the program declares it. */
export interface DeclaredAppliance {
  readonly name: string;
  /** Where it is entered, as its provider is told; without a key. */
  readonly address: ApplianceAddress;
  /** Why it is not asked anything: its host is not there, or under maintenance. Undefined when it is. */
  readonly absence: string | undefined;
  /** What is on it. */
  readonly objects: readonly DeclaredObject[];
  /** What will be, once a machine is there. */
  readonly awaited: readonly Awaited[];
}

/** Everything that the program of a stack declares on appliances. */
export interface DeclaredStack {
  readonly stack: string;
  readonly site: Site;
  readonly appliances: readonly DeclaredAppliance[];
}

const PROVIDER = "pulumi:providers:truenas";
const PACKAGE = "truenas:index:";
const WAITING = "homelab:waiting:";

/** What a stack declares, by its own program. */
export async function declaredStack(stack: string, { site, written }: StackSite): Promise<DeclaredStack> {
  const registered = await registrationsOf(stack, written);

  return { stack, site, appliances: Object.keys(site.appliances).map((name) => applianceIn(site, name, registered)) };
}

/** Declared objects of one kind. */
export function ofKind<T>(
  objects: readonly DeclaredObject[],
  kind: string,
): readonly (DeclaredObject & { inputs: T })[] {
  return objects.filter((object) => object.kind === kind) as (DeclaredObject & { inputs: T })[];
}

/** Names of the appliances that can be asked something. */
export function presentIn({ appliances }: DeclaredStack): readonly string[] {
  return appliances.filter(({ absence }) => absence === undefined).map(({ name }) => name);
}

/** An appliance of the stack. @throws Error for a name that the site does not have */
export function applianceOf({ appliances }: Pick<DeclaredStack, "appliances">, name: string): DeclaredAppliance {
  const found = appliances.find((appliance) => appliance.name === name);
  if (found) return found;
  throw new Error(`the site has no appliance ${name}`);
}

function applianceIn(site: Site, name: string, registered: readonly Registered[]): DeclaredAppliance {
  const provider = registered.find((each) => each.type === PROVIDER && each.name === name);
  const waiting = registered.filter((each) => each.type.startsWith(WAITING) && each.name.startsWith(`${name}/`));
  const groups = Map.groupBy(waiting.filter(isOurs), reasonOf);
  const objects = registered
    .filter(({ type, provider: by }) => type.startsWith(PACKAGE) && by === name)
    .map(({ type, name: full, inputs }) => ({
      token: type,
      kind: type.slice(PACKAGE.length),
      name: full.slice(name.length + 1),
      inputs,
    }))
    .sort(byKindAndName);

  return {
    name,
    address: {
      ...(provider?.inputs as Partial<ApplianceAddress>),
      host: String(provider?.inputs["host"] ?? ""),
      label: name,
    },
    absence: absenceOf(site, name, provider),
    objects,
    awaited: [...groups].map(([reason, members]) => ({ reason, objects: members.length })),
  };
}

/** The program registers what does not depend on each other in any order. */
function byKindAndName(one: DeclaredObject, other: DeclaredObject): number {
  const [a, b] = [`${one.kind} ${one.name}`, `${other.kind} ${other.name}`];

  return a < b ? -1 : a > b ? 1 : 0;
}

interface WaitingFor {
  readonly type: string;
  readonly host: string;
  readonly state: string;
  readonly reason?: string;
}

function isOurs({ inputs }: Registered): boolean {
  return (inputs["waitingFor"] as WaitingFor).type.startsWith(PACKAGE);
}

function reasonOf({ inputs }: Registered): string {
  const { host, state, reason } = inputs["waitingFor"] as WaitingFor;

  return sentence(host, state, reason);
}

function absenceOf(site: Site, name: string, provider: Registered | undefined): string | undefined {
  const host = site.appliances[name]?.host ?? "";
  const { state = "offline", reason } = site.hosts[host] ?? {};
  if (provider === undefined) return sentence(host, state, reason);

  return "maintenance" in provider.inputs
    ? sentence(host, "maintenance", String(provider.inputs["maintenance"]))
    : undefined;
}

function sentence(host: string, state: string, reason?: string): string {
  const words = state === "maintenance" ? "in maintenance" : state.replace("-", " ");

  return `${host} is ${reason ? `${words}: ${reason}` : words}`;
}
