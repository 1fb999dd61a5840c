import type { Site } from "../../src/site/index.ts";
import { declaredOn } from "../declared/on-appliance.ts";
import type { DeclaredObject } from "../declared/stack.ts";
import { PREFIX } from "../verify/render/metrics.ts";
import { gravest, SEVERITY_OF, type Severity } from "./rule.ts";

/** What rules are made from. */
export interface Concern {
  readonly stack: string;
  readonly site: Site;
}

/** How grave it is when something happens to data: by the most precious at or below a place, pool first. */
export function severityAt({ site }: Concern, appliance: string, place = ""): Severity {
  const volumes = Object.entries(site.appliances[appliance]?.pools ?? {}).flatMap(([pool, { datasets, zvols }]) =>
    [...Object.entries(datasets), ...Object.entries(zvols)].map(([name, spec]) => ({
      path: `${pool}/${name}`,
      class: spec.class,
    })),
  );
  const concerned = volumes.filter(({ path }) => place === "" || path === place || path.startsWith(`${place}/`));

  return gravest(concerned.map((volume) => SEVERITY_OF[volume.class]));
}

/** Everything of a kind that the program declares, on all appliances. */
export function declared({ site }: Concern, kind: string): readonly (DeclaredObject & { appliance: string })[] {
  return Object.keys(site.appliances).flatMap((appliance) =>
    declaredOn(site, appliance)
      .filter((object) => object.kind === kind)
      .map((object) => ({ ...object, appliance })),
  );
}

/** Samples of a metric of the verification, e.g. `homelab_pool_healthy{stack="prod",pool="fast"}`. */
export function samples({ stack }: Concern, metric: string, labels: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries({ stack, ...labels }).map(([name, value]) => `${name}=${JSON.stringify(value)}`);

  return `${PREFIX}${metric}{${pairs.join(",")}}`;
}

/** What a check of the verification finds wrong. */
export function failures(concern: Concern, check: string, labels: Readonly<Record<string, string>> = {}): string {
  return samples(concern, "verify_failed", { check, ...labels });
}
