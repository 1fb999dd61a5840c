import type { Schedule } from "./schedules.ts";
import type { Site } from "./site.ts";

/** A copy that something outside this program carries. */
export interface ExternalCopy {
  /** Its name in the site. */
  readonly name: string;
  /** The dataset that it is a copy of, pool first. */
  readonly dataset: string;
  /** Whether everything below goes along. */
  readonly recursive: boolean;
  /** What carries it, for example `syncthing`. */
  readonly method: string;
  /** The machine that keeps it; absent when it leaves the house. */
  readonly host?: string;
  /** When it runs. */
  readonly schedule?: Schedule;
}

const BY_HAND = ["syncthing", "rsync", "client"];

/** The copies of an appliance's data that are set up outside this program (ADR-0028). */
export function externalCopiesOf(site: Site, appliance: string): ExternalCopy[] {
  const inside = Object.entries(site.replications).map(([name, { source, target, method, recursive, schedule }]) => ({
    schedule,
    name,
    source,
    method,
    recursive,
    host: target.host ?? site.appliances[target.appliance ?? ""]?.host,
  }));
  const offsite = Object.entries(site.offsites).map(([name, { source, method, schedule }]) => ({
    schedule,
    name: `${name}-offsite`,
    source,
    method,
    recursive: true,
    host: undefined,
  }));
  return [...inside, ...offsite]
    .filter(({ source, method }) => source.appliance === appliance && BY_HAND.includes(method))
    .map(({ name, source, method, recursive, host, schedule }) => ({
      name,
      dataset: source.dataset,
      recursive,
      method,
      ...(host === undefined ? {} : { host }),
      ...(schedule === undefined ? {} : { schedule }),
    }));
}
