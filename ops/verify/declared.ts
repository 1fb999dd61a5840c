import { Output } from "@pulumi/pulumi";
import { appliancePlan } from "../../components/storage/true-nas.ts";
import type { Site } from "../../src/site/index.ts";

/** One object of an appliance as the program declares it. */
export interface DeclaredObject {
  /** Type token, e.g. `truenas:index:Dataset`. */
  readonly token: string;
  /** Type without the package, e.g. `Dataset`. */
  readonly kind: string;
  /** Name below the appliance, in the owner's words. */
  readonly name: string;
  /** Its arguments, without those that only a run of the program knows. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Everything that the program declares on an appliance, worked out without running it. */
export function declaredOn(site: Site, appliance: string): readonly DeclaredObject[] {
  const spec = site.appliances[appliance];
  if (!spec) return [];
  const { networks, snapshotTiers } = site;

  return appliancePlan({ appliance: spec, networks, snapshotTiers }).map(({ type, name, args }) => ({
    token: type,
    kind: type.split(":").at(-1) ?? type,
    name,
    inputs: Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined && !isLate(value))),
  }));
}

/** Declared objects of one kind. */
export function ofKind<T>(
  objects: readonly DeclaredObject[],
  kind: string,
): readonly (DeclaredObject & { inputs: T })[] {
  return objects.filter((object) => object.kind === kind) as (DeclaredObject & { inputs: T })[];
}

/** True for what holds a value that is only known while the program runs, such as a secret. */
function isLate(value: unknown): boolean {
  if (Output.isInstance(value)) return true;
  if (Array.isArray(value)) return value.some(isLate);

  return typeof value === "object" && value !== null && Object.values(value).some(isLate);
}
