import { resourceType } from "../../truenas/model/registry.ts";

/** An object of an appliance, as far as it decides what making it costs. */
export interface Budgeted {
  /** Type without the package, for example `Dataset`. */
  readonly kind: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Kinds whose writes are jobs of the middleware, which finish one process later than they begin. */
const JOBS = ["Pool", "FilesystemAcl", "Service"];

/**
 * Most processes that one update may start on an appliance: by kinds, by depth, by what may not travel with others, and
 * never by the number of objects. A secret that only the update knows is counted where its kind cannot be without one.
 */
export function updateBudget(objects: readonly Budgeted[]): number {
  const kinds = new Set(objects.map(({ kind }) => kind));
  const jobs = JOBS.filter((kind) => kinds.has(kind)).length;

  return 2 * kinds.size + depthOf(objects) + objects.filter(bearsSecret).length + 2 * jobs + 3;
}

/** True when making the object sends a secret. */
export function bearsSecret({ kind, inputs }: Budgeted): boolean {
  const properties = Object.entries(resourceType(`truenas:index:${kind}`)?.properties ?? {});

  return properties.some(([name, { secret, required }]) => secret && (required || name in inputs));
}

/** How many datasets must be made one after the other. */
function depthOf(objects: readonly Budgeted[]): number {
  const datasets = objects.filter(({ kind }) => kind === "Dataset");

  return Math.max(0, ...datasets.map(({ inputs }) => String(inputs["name"]).split("/").length - 1));
}
