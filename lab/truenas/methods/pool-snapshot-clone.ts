import { makeMountpoint } from "../filesystem/nodes.ts";
import { CallError } from "../middleware/errors.ts";
import { any, defaulted, str } from "../middleware/kinds.ts";
import { type Context, type Method, method } from "../middleware/method.ts";
import { dictionary, model } from "../middleware/models.ts";
import { cloneSnapshot } from "../zfs/clones.ts";
import { parentPath, poolOf } from "../zfs/dataset-tree.ts";
import { PROPERTIES } from "../zfs/property-table.ts";
import { isDatasetName } from "./pool-dataset-rules.ts";

const data = model("PoolSnapshotClone", {
  snapshot: str({ min: 1 }),
  dataset_dst: str({ min: 1 }),
  dataset_properties: defaulted(dictionary(any), {}),
});

const failed = (text: string) => new CallError(`Failed to clone snapshot: ${text}`);

/** What is missing for a clone, in the words of ZFS. */
function problem({ state }: Context, snapshot: string, target: string): string | undefined {
  const row = state.snapshots.get(snapshot);
  if (row === undefined) return `cannot open '${snapshot}': dataset does not exist`;
  if (!isDatasetName(target)) return `cannot create '${target}': invalid dataset name`;
  if (state.datasets.has(target)) return `cannot create '${target}': dataset already exists`;
  if (poolOf(target) !== poolOf(row.dataset)) return `cannot create '${target}': source and target pools differ`;
  const parent = parentPath(target);
  if (parent === undefined || !state.datasets.has(parent)) return `cannot create '${target}': parent does not exist`;
  return undefined;
}

const NATIVE: ReadonlySet<string> = new Set(PROPERTIES.map(({ zfs }) => zfs));

function clone(context: Context, snapshot: string, target: string, given: Readonly<Record<string, unknown>>): true {
  const wrong = problem(context, snapshot, target);
  if (wrong !== undefined) throw failed(wrong);
  const entries = Object.entries(given).map(([key, value]) => [key, String(value)] as const);
  const unknown = entries.find(([key]) => !key.includes(":") && !NATIVE.has(key));
  if (unknown !== undefined) throw failed(`cannot create '${target}': invalid property '${unknown[0]}'`);
  const row = context.state.snapshots.get(snapshot);
  if (row === undefined) return true;
  const made = cloneSnapshot(context.state, context.clock, row, {
    id: target,
    properties: Object.fromEntries(entries.filter(([key]) => !key.includes(":"))),
    userProperties: Object.fromEntries(entries.filter(([key]) => key.includes(":"))),
  });
  if (made?.type === "FILESYSTEM") makeMountpoint(context.state, target);
  return true;
}

/** `pool.snapshot.clone`: a dataset that begins with what a snapshot holds; its properties are ZFS's own names. */
export const cloneMethod: Method = method(
  { data },
  (context, { data: { snapshot, dataset_dst, dataset_properties } }) =>
    clone(context, snapshot, dataset_dst, dataset_properties as Readonly<Record<string, unknown>>),
  { writes: true },
);
