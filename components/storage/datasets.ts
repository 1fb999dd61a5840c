import type { Alerts, Appliance, DatasetSpec, Permissions, SnapshotTier, ZvolSpec } from "../../src/site/index.ts";
import { USER_PROPERTIES } from "../../src/site/index.ts";
import { Dataset, FilesystemAcl, SnapshotTask, Zvol } from "../../truenas/index.ts";
import { tokenOf } from "../declare.ts";
import { keyOf, type Planned, plan } from "./planned.ts";
import { poolKey } from "./pools.ts";

/** What a site says of all its datasets. */
export interface DatasetRules {
  readonly snapshotTiers: Readonly<Record<string, SnapshotTier>>;
  /** Fill levels at which somebody is told of a quota; the appliance's own when left out. */
  readonly thresholds?: Alerts["thresholds"] | undefined;
}

/** The datasets and zvols of an appliance with their permissions and snapshot tasks, parents first. */
export function datasetPlan(appliance: Appliance, rules: DatasetRules): Planned[] {
  return Object.entries(appliance.pools).flatMap(([pool, { datasets, zvols }]) => [
    ...byPath(datasets).flatMap(([path, spec]) => oneDataset(pool, `${pool}/${path}`, spec, rules)),
    ...byPath(zvols).flatMap(([path, spec]) => oneZvol(pool, `${pool}/${path}`, spec, rules)),
  ]);
}

/** The keys of everything that must be there before a dataset can be shared. */
export function readyToShare(path: string, spec: DatasetSpec): string[] {
  const type = spec.permissions ? tokenOf(FilesystemAcl) : tokenOf(Dataset);
  return [keyOf({ type, name: path })];
}

function oneDataset(pool: string, path: string, spec: DatasetSpec, rules: DatasetRules): Planned[] {
  const { quota, refquota, reservation, refreservation, properties, permissions } = spec;
  const sizes = { ...given({ quota, refquota, reservation, refreservation }), ...warned(spec, rules) };
  const args = { name: path, ...classified(spec), ...sizes, ...properties, ...guarded(spec) };
  const dataset = plan(Dataset, path, args, { after: [parentKey(pool, path)], onDestroy: spec.onDestroy });
  const after = [keyOf(dataset)];
  const acl = permissions
    ? [plan(FilesystemAcl, path, { path: `/mnt/${path}`, ...granted(permissions) }, { after })]
    : [];

  return [dataset, ...acl, ...snapshotTasks(pool, path, spec, rules, after)];
}

function oneZvol(pool: string, path: string, spec: ZvolSpec, rules: DatasetRules): Planned[] {
  const { size: volsize, blockSize: volblocksize, sparse, reservation, refreservation, properties } = spec;
  const shape = { volsize, volblocksize, sparse, ...given({ reservation, refreservation }) };
  const args = { name: path, ...classified(spec), ...shape, ...properties, ...guarded(spec) };
  const zvol = plan(Zvol, path, args, { after: [parentKey(pool, path)], onDestroy: spec.onDestroy });

  return [zvol, ...snapshotTasks(pool, path, spec, rules, [keyOf(zvol)])];
}

/** When somebody is told that a quota is nearly reached. */
function warned({ quota, refquota }: DatasetSpec, { thresholds }: DatasetRules) {
  if (thresholds === undefined) return {};
  const { quotaWarning, quotaCritical } = thresholds;

  return {
    ...(quota === undefined ? {} : { quotaWarning, quotaCritical }),
    ...(refquota === undefined ? {} : { refquotaWarning: quotaWarning, refquotaCritical: quotaCritical }),
  };
}

function classified(spec: DatasetSpec | ZvolSpec) {
  const { class: dataClass, owner, purpose, promoteTo, deadline, rpo } = spec;
  const userProperties = {
    [USER_PROPERTIES.class]: dataClass,
    [USER_PROPERTIES.owner]: owner,
    [USER_PROPERTIES.purpose]: purpose,
    ...(promoteTo ? { [USER_PROPERTIES.promoteTo]: `${promoteTo.appliance}/${promoteTo.dataset}` } : {}),
    ...(deadline ? { [USER_PROPERTIES.deadline]: deadline } : {}),
    ...(rpo ? { [USER_PROPERTIES.rpo]: `${rpo.value} ${rpo.unit.toLowerCase()}` } : {}),
  };
  return { comments: purpose, userProperties };
}

/** The provider's own guard: it destroys only what the site says may be destroyed. */
function guarded(spec: DatasetSpec | ZvolSpec) {
  return {
    onDestroy: spec.onDestroy === "destroy" ? ("destroy" as const) : ("refuse" as const),
    ...(spec.adopt ? { adopt: true } : {}),
  };
}

function granted({ user, group, mode, acl }: Permissions) {
  if (!acl) return { user, group, ...(mode ? { mode } : {}) };
  const dacl = acl.map(({ who: { tag, who }, allow }) => ({
    tag,
    type: "ALLOW" as const,
    perms: { BASIC: allow },
    flags: { BASIC: "INHERIT" as const },
    ...(who ? { who } : {}),
  }));
  return { user, group, acltype: "NFS4" as const, dacl };
}

function snapshotTasks(
  pool: string,
  path: string,
  spec: DatasetSpec | ZvolSpec,
  { snapshotTiers }: DatasetRules,
  after: readonly string[],
): Planned[] {
  return spec.snapshots.flatMap(({ tier, recursive, exclude }) => {
    const rhythm = snapshotTiers[tier];
    if (!rhythm) return [];
    const { lifetime, namingSchema, schedule, allowEmpty } = rhythm;
    const kept = { lifetimeValue: lifetime.value, lifetimeUnit: lifetime.unit };
    const left = exclude.length > 0 ? { exclude: exclude.map((below) => `${pool}/${below}`) } : {};
    const args = { dataset: path, recursive, ...left, ...kept, namingSchema, allowEmpty, enabled: true, schedule };

    return [plan(SnapshotTask, `${path}@${tier}`, args, { after })];
  });
}

function parentKey(pool: string, path: string): string {
  const parent = path.slice(0, path.lastIndexOf("/"));
  return parent === pool ? poolKey(pool) : keyOf({ type: tokenOf(Dataset), name: parent });
}

function byPath<Spec>(specs: Readonly<Record<string, Spec>>): [string, Spec][] {
  return Object.entries(specs).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Leaves out what the site does not state, so that it stays unmanaged. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
