import type { Host, Site } from "../../src/site/index.ts";
import { type Environment, Inspection } from "../../truenas/inspect.ts";
import type { Absence, Watched } from "./check.ts";
import { declaredOn } from "./declared.ts";
import { lookAt } from "./sight.ts";

/** How appliances are reached. */
export interface Way {
  readonly environment: Environment;
  /** SSH private keys by name of the appliance; not needed where endpoints are given. */
  readonly privateKeys: ReadonlyMap<string, string>;
}

/** Looks at every appliance whose host is there, all at the same time. */
export function gather(site: Site, way: Way): Promise<readonly Watched[]> {
  return Promise.all(Object.keys(site.appliances).map((name) => watch(site, name, way)));
}

/** The appliances that are looked at: those whose host is there and not under maintenance. */
export function presentAppliances(site: Site): readonly string[] {
  return Object.entries(site.appliances).flatMap(([name, { host }]) => (absenceOf(site.hosts[host]) ? [] : [name]));
}

async function watch(site: Site, name: string, way: Way): Promise<Watched> {
  const declared = declaredOn(site, name);
  const host = site.appliances[name]?.host ?? "";
  const reason = absenceOf(site.hosts[host]);
  if (reason) return { name, declared, compared: [], absence: { kind: "waiting", reason: `${host} is ${reason}` } };
  const inspection = inspect(site, name, way);
  try {
    const [compared, sight] = await Promise.all([inspection.compare(declared), lookAt(inspection)]);
    return { name, declared, compared, sight };
  } catch (error) {
    const absence: Absence = { kind: "unreached", reason: (error as Error).message };
    return { name, declared, compared: [], absence };
  } finally {
    inspection.close();
  }
}

/** Opens an appliance of the site for looking; nothing is dialled yet. */
function inspect(site: Site, name: string, { environment, privateKeys }: Way): Inspection {
  const spec = site.appliances[name];
  const { network = "", port = 22, user = "root", sudo = false, hostKey } = spec?.ssh ?? {};
  const privateKey = privateKeys.get(name);
  const address = {
    host: spec?.addresses[network] ?? "",
    label: name,
    port,
    user,
    sudo,
    ...(hostKey ? { hostKey } : {}),
    ...(privateKey ? { privateKey } : {}),
  };

  return new Inspection(address, environment);
}

const AWAY: readonly string[] = ["offline", "not-installed", "maintenance"];

function absenceOf(host: Host | undefined): string | undefined {
  const { state = "offline", reason } = host ?? {};
  if (!AWAY.includes(state)) return undefined;
  const words = state === "maintenance" ? "in maintenance" : state.replace("-", " ");

  return reason ? `${words}: ${reason}` : words;
}
