import type { Site } from "../../src/site/index.ts";
import { Inspection } from "../../truenas/inspect.ts";
import { absenceOf, addressOf, type Way } from "../address.ts";
import type { Absence, Watched } from "./check.ts";
import { declaredOn } from "./declared.ts";
import { lookAt } from "./sight.ts";

/** Looks at every appliance whose host is there, all at the same time. */
export function gather(site: Site, way: Way): Promise<readonly Watched[]> {
  return Promise.all(Object.keys(site.appliances).map((name) => watch(site, name, way)));
}

/** The appliances that are looked at: those whose host is there and not under maintenance. */
export function presentAppliances(site: Site): readonly string[] {
  return Object.keys(site.appliances).filter((name) => absenceOf(site, name) === undefined);
}

async function watch(site: Site, name: string, { environment, privateKeys }: Way): Promise<Watched> {
  const declared = declaredOn(site, name);
  const reason = absenceOf(site, name);
  if (reason) return { name, declared, compared: [], absence: { kind: "waiting", reason } };
  const inspection = new Inspection(addressOf(site, name, privateKeys), environment);
  try {
    const [compared, sight] = await Promise.all([inspection.compare(declared), lookAt(inspection, site, name)]);
    return { name, declared, compared, sight };
  } catch (error) {
    const absence: Absence = { kind: "unreached", reason: (error as Error).message };
    return { name, declared, compared: [], absence };
  } finally {
    inspection.close();
  }
}
