import { Inspection, type RetentionImpact, readEnvironment } from "../../truenas/inspect.ts";
import { type DeclaredAppliance, type DeclaredStack, presentIn } from "../declared/stack.ts";
import { readIdentities, requireIdentities } from "../identities.ts";
import { entryTo, type Way } from "../way.ts";

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
 * Asks what the appliances of a stack own, by keys as they stand on the command line.
 * @throws UsageError when a key is missing, names no appliance or cannot be read
 */
export function askAppliances(
  declared: DeclaredStack,
  identities: readonly string[],
): Promise<readonly LiveAppliance[]> {
  const environment = readEnvironment();
  const names = declared.appliances.map(({ name }) => name);
  const privateKeys = readIdentities(identities, names);
  if (!environment.endpointsFile) requireIdentities(presentIn(declared), privateKeys);
  return liveImpacts(declared, { environment, privateKeys });
}

/** Asks every appliance that is there about its snapshots, all at the same time; nothing is changed. */
export function liveImpacts({ appliances }: DeclaredStack, way: Way): Promise<readonly LiveAppliance[]> {
  return Promise.all(appliances.map((appliance) => impactsOn(appliance, way)));
}

async function impactsOn(declared: DeclaredAppliance, way: Way): Promise<LiveAppliance> {
  const { name: appliance, absence: waits, objects } = declared;
  if (waits !== undefined) return { appliance, impacts: [], waits };
  const tasks = objects.filter(({ token }) => token === TASK);
  const inspection = new Inspection(entryTo(declared, way), way.environment);
  try {
    return { appliance, impacts: await inspection.retentionImpacts(tasks.map(({ inputs }) => inputs)) };
  } catch (error) {
    return { appliance, impacts: [], unreached: (error as Error).message };
  } finally {
    inspection.close();
  }
}
