import { appliancePlan } from "../../components/storage/true-nas.ts";
import type { Site } from "../../src/site/index.ts";
import type { DeclaredObject } from "./stack.ts";

/**
 * What an appliance itself is to hold and serve, worked out from the site alone, also where its host is not there yet;
 * for everything that the program declares, protection included, see `declaredStack`.
 */
export function declaredOn(site: Site, appliance: string): readonly DeclaredObject[] {
  const spec = site.appliances[appliance];
  if (!spec) return [];
  const { networks, snapshotTiers } = site;

  return appliancePlan({ appliance: spec, networks, snapshotTiers }).map(({ type, name, args }) => ({
    token: type,
    kind: type.split(":").at(-1) ?? type,
    name,
    inputs: args as Readonly<Record<string, unknown>>,
  }));
}
