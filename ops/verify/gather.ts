import type { Site } from "../../src/site/index.ts";
import { Inspection } from "../../truenas/inspect.ts";
import type { DeclaredAppliance, DeclaredStack } from "../declared/stack.ts";
import { entryTo, type Way } from "../way.ts";
import type { Watched } from "./check.ts";
import { lookAt } from "./sight.ts";

/** Looks at every appliance whose host is there, all at the same time. */
export function gather({ site, appliances }: DeclaredStack, way: Way): Promise<readonly Watched[]> {
  return Promise.all(appliances.map((appliance) => watch(site, appliance, way)));
}

async function watch(site: Site, appliance: DeclaredAppliance, way: Way): Promise<Watched> {
  const { name, objects: declared, awaited, absence: reason } = appliance;
  const about = { name, declared, awaited, compared: [] };
  if (reason) return { ...about, absence: { kind: "waiting", reason } };
  const inspection = new Inspection(entryTo(appliance, way), way.environment);
  try {
    const [compared, sight] = await Promise.all([inspection.compare(declared), lookAt(inspection, site, name)]);
    return { ...about, compared, sight };
  } catch (error) {
    return { ...about, absence: { kind: "unreached", reason: (error as Error).message } };
  } finally {
    inspection.close();
  }
}
