import { asReplace, diffMaps } from "../properties/diff.ts";
import { covers, parsePath, resetPath } from "../properties/path.ts";
import type { PropertyMap } from "../properties/value.ts";
import type { DiffArgs, DiffResult, Provider } from "../providers/provider.ts";
import type { DetailedDiff } from "../run.ts";

/** What a change amounts to once the options of the resource have had their say. */
export interface EffectiveDiff {
  readonly changed: boolean;
  readonly replace: boolean;
  readonly deleteBeforeReplace: boolean;
  readonly detailed: DetailedDiff;
}

/** Nothing changed. */
export const NO_DIFF: EffectiveDiff = { changed: false, replace: false, deleteBeforeReplace: false, detailed: {} };

/** A replacement that the engine asks for on its own account, e.g. since the provider changed. */
export function forcedReplacement(cause: string): EffectiveDiff {
  return {
    changed: true,
    replace: true,
    deleteBeforeReplace: false,
    detailed: { [cause]: { kind: "update-replace" } },
  };
}

/** Asks the provider; when it leaves the answer open, the checked inputs decide. */
export async function diffWithProvider(provider: Provider, args: DiffArgs): Promise<DiffResult> {
  const diff = await provider.diff(args);
  if (diff.changes !== "unknown") return diff;
  const detailed = diffMaps(args.oldInputs, ignoringChanges(args.news, args.oldInputs, args.ignoreChanges).inputs);
  const changed = Object.keys(detailed).length > 0;
  return { ...diff, changes: changed ? "some" : "none", detailed: changed ? detailed : undefined };
}

/** Applies `replaceOnChanges`, and fills in the details that the provider did not give from the inputs. */
export function effectiveDiff(
  diff: DiffResult,
  replaceOnChanges: readonly string[],
  oldInputs: PropertyMap,
  news: PropertyMap,
): EffectiveDiff {
  if (diff.changes !== "some") return NO_DIFF;
  const paths = replaceOnChanges.map(parsePath);
  const forced = (path: string) => paths.some((covering) => covers(covering, parsePath(path)));
  const replaceKeys = new Set([...diff.replaceKeys, ...diff.changedKeys.filter(forced)]);
  const given = diff.detailed === undefined ? undefined : markForced(diff.detailed, forced);
  const detailed = given ?? detailsFromInputs(oldInputs, news, diff.changedKeys, replaceKeys);
  const replace = replaceKeys.size > 0 || Object.values(given ?? {}).some(({ kind }) => kind.endsWith("-replace"));
  return { changed: true, replace, deleteBeforeReplace: diff.deleteBeforeReplace, detailed };
}

function markForced(detailed: DetailedDiff, forced: (path: string) => boolean): DetailedDiff {
  const entries = Object.entries(detailed);
  return Object.fromEntries(entries.map(([path, { kind }]) => [path, { kind: forced(path) ? asReplace(kind) : kind }]));
}

function detailsFromInputs(
  oldInputs: PropertyMap,
  news: PropertyMap,
  changedKeys: readonly string[],
  replaceKeys: ReadonlySet<string>,
): DetailedDiff {
  const keyOf = (path: string) => String(parsePath(path)[0]);
  const all = Object.entries(diffMaps(oldInputs, news));
  const named = all.filter(([path]) => changedKeys.length === 0 || changedKeys.includes(keyOf(path)));
  const details: DetailedDiff = {};
  for (const [path, { kind }] of named) details[path] = { kind: replaceKeys.has(keyOf(path)) ? asReplace(kind) : kind };
  const covered = new Set(Object.keys(details).map(keyOf));
  for (const key of changedKeys) if (!covered.has(key)) details[key] = { kind: "update" };
  for (const key of replaceKeys) if (!covered.has(key)) details[key] = { kind: "update-replace" };
  return details;
}

/** Inputs with the ignored properties put back, and the paths for which that was impossible. */
export function ignoringChanges(
  news: PropertyMap,
  olds: PropertyMap,
  ignoreChanges: readonly string[],
): { readonly inputs: PropertyMap; readonly impossible: string[] } {
  const impossible: string[] = [];
  let inputs = news;
  for (const path of ignoreChanges) {
    const result = resetPath(inputs, olds, parsePath(path));
    if (result === undefined) impossible.push(path);
    else inputs = result;
  }
  return { inputs, impossible };
}
