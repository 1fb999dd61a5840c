import type { SimulatedTrueNas } from "../../../../lab/truenas/index.ts";
import { type Loss, parseSite, protectionPlan } from "../../../../src/site/index.ts";
import type { SiteYaml } from "../../../support/site-yaml.ts";

/** What lay in a dataset when its newest snapshot was taken. */
export interface State {
  readonly snapshot: string;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
  /** By path. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** The newest snapshot of a dataset. */
export async function newestState(appliance: SimulatedTrueNas, dataset: string): Promise<State> {
  const rows = (await appliance.call("pool.snapshot.query", [["dataset", "=", dataset]])) as {
    snapshot_name: string;
    properties: { creation: { parsed: { $date: number } } };
  }[];
  const [last] = rows
    .map((row) => ({ snapshot: row.snapshot_name, takenAt: row.properties.creation.parsed.$date }))
    .sort((one, other) => other.takenAt - one.takenAt);
  if (last === undefined) throw new Error(`${dataset} of ${appliance.name} has no snapshot`);
  const directory = `/mnt/${dataset}/.zfs/snapshot/${last.snapshot}`;
  return { ...last, checksums: appliance.console.checksums(directory) };
}

/** The newest snapshots of several datasets, in their order. */
export function newestStates(appliance: SimulatedTrueNas, datasets: readonly string[]): Promise<State[]> {
  return Promise.all(datasets.map((dataset) => newestState(appliance, dataset)));
}

/** The checksums of what lies in several datasets, in their order. */
export function contentsOf(appliance: SimulatedTrueNas, datasets: readonly string[]) {
  return datasets.map((dataset) => appliance.console.checksums(`/mnt/${dataset}`));
}

/** The most seconds that a site says a loss costs a dataset, or one that was made below it. */
export function declaredRpo(site: SiteYaml, label: string, dataset: string, loss: Loss = "host"): number {
  const plans = protectionPlan(parseSite(site)).filter(
    (plan) => plan.appliance === label && (dataset === plan.dataset || dataset.startsWith(`${plan.dataset}/`)),
  );
  const nearest = plans.sort((one, other) => other.dataset.length - one.dataset.length)[0];
  const seconds = nearest?.rpo[loss];
  if (seconds == null) throw new Error(`the site declares no RPO for ${dataset}`);
  return seconds;
}
