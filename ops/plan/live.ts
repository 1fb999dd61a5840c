import type { Site } from "../../src/site/index.ts";
import { Inspection, type RetentionImpact, readEnvironment } from "../../truenas/inspect.ts";
import { absenceOf, addressOf, type Way } from "../address.ts";
import { readIdentities, requireIdentities } from "../identities.ts";
import { declaredOn } from "../verify/declared.ts";

/** What the next `up` would do to snapshots that are there, on one appliance. */
export interface LiveAppliance {
  readonly appliance: string;
  readonly impacts: readonly RetentionImpact[];
  /** Why nothing was asked: its machine is not there. */
  readonly waits?: string;
  /** Why there was no answer. */
  readonly unreached?: string;
}

const TASK = "truenas:index:SnapshotTask";

/**
 * Asks what the appliances of a site own, by keys as they stand on the command line.
 * @throws UsageError when a key is missing, names no appliance or cannot be read
 */
export function askAppliances(site: Site, identities: readonly string[]): Promise<readonly LiveAppliance[]> {
  const environment = readEnvironment();
  const names = Object.keys(site.appliances);
  const privateKeys = readIdentities(identities, names);
  const there = names.filter((name) => absenceOf(site, name) === undefined);
  if (!environment.endpointsFile) requireIdentities(there, privateKeys);
  return liveImpacts(site, { environment, privateKeys });
}

/** Asks every appliance that is there about its snapshots, all at the same time; nothing is changed. */
export function liveImpacts(site: Site, way: Way): Promise<readonly LiveAppliance[]> {
  return Promise.all(Object.keys(site.appliances).map((appliance) => impactsOn(appliance, site, way)));
}

async function impactsOn(appliance: string, site: Site, { environment, privateKeys }: Way): Promise<LiveAppliance> {
  const waits = absenceOf(site, appliance);
  if (waits !== undefined) return { appliance, impacts: [], waits };
  const tasks = declaredOn(site, appliance).filter(({ token }) => token === TASK);
  const inspection = new Inspection(addressOf(site, appliance, privateKeys), environment);
  try {
    return { appliance, impacts: await inspection.retentionImpacts(tasks.map(({ inputs }) => inputs)) };
  } catch (error) {
    return { appliance, impacts: [], unreached: (error as Error).message };
  } finally {
    inspection.close();
  }
}
