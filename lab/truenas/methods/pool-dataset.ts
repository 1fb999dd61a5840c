import { InstanceNotFound } from "../middleware/errors.ts";
import { any, defaulted, type Of, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary } from "../middleware/models.ts";
import { filterList, type QueryOptions, queryFilters, queryOptions } from "../middleware/query.ts";
import type { DatasetRow } from "../state/rows.ts";
import { datasetEntry, type EntryOptions } from "../zfs/dataset-entry.ts";
import { childrenOf, poolOf } from "../zfs/dataset-tree.ts";
import { attachments } from "./attachments.ts";
import { createDataset } from "./pool-dataset-create.ts";
import { deleteDataset } from "./pool-dataset-delete.ts";
import { COMPRESSIONS, datasetCreate, datasetUpdate, deleteOptions } from "./pool-dataset-models.ts";
import { isDraid, isInternal, recordsizeChoices } from "./pool-dataset-rules.ts";
import { updateDataset } from "./pool-dataset-update.ts";
import { CHECKSUMS } from "./pool-models.ts";

function entryOptions({ dialect }: Context, extra: Readonly<Record<string, unknown>>): EntryOptions {
  const properties = Array.isArray(extra["properties"]) ? extra["properties"].map(String) : null;
  return { dialect, properties, userProperties: extra["retrieve_user_props"] !== false };
}

// Rendering a dataset is the dear part of a query, so each one is rendered once even when it also shows as a child.
function renderer(
  context: Context,
  options: EntryOptions,
  children: boolean,
): (row: DatasetRow) => Record<string, unknown> {
  const { state } = context;
  const rendered = new Map<string, Record<string, unknown>>();
  const render = (row: DatasetRow): Record<string, unknown> => {
    const known = rendered.get(row.id);
    if (known !== undefined) return known;
    const entry = datasetEntry(state, row, options);
    rendered.set(row.id, entry);
    const below = children ? [...childrenOf(state, row.id)].sort() : [];
    entry["children"] = below.flatMap((path) => {
      const child = state.datasets.get(path);
      return child === undefined ? [] : [render(child)];
    });
    return entry;
  };
  return render;
}

function query(context: Context, filters: readonly unknown[], options: QueryOptions): unknown {
  const { extra } = options;
  const children = extra["retrieve_children"] !== false;
  const render = renderer(context, entryOptions(context, extra), children);
  const rows = context.state.datasets.values().filter((row) => !isInternal(row.id));
  const shown = extra["flat"] === false ? rows.filter((row) => !row.id.includes("/")) : rows;
  const ordered = [...shown].sort((a, b) => (a.id < b.id ? -1 : 1));
  return filterList(ordered.map(render), filters, options);
}

/** A dataset with its children, as create, update and `get_instance` return it. */
function instance(
  context: Context,
  id: string,
  extra: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const row = context.state.datasets.get(id);
  if (row === undefined) throw new InstanceNotFound(`PoolDataset ${id} does not exist`);
  return renderer(context, entryOptions(context, extra), extra["retrieve_children"] !== false)(row);
}

const choices = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value, value]));

/** `pool.dataset.*`: filesystems and volumes. */
export const poolDatasetMethods: Methods = {
  "pool.dataset.query": method({ filters: queryFilters, options: queryOptions }, (context, { filters, options }) =>
    query(context, filters, options),
  ),
  "pool.dataset.get_instance": method(
    { id: str(), options: defaulted(dictionary(any), {}) },
    (context, { id, options }) => instance(context, id, (options["extra"] ?? {}) as Record<string, unknown>),
  ),
  "pool.dataset.create": method(
    { data: datasetCreate },
    (context, { data }: { data: Of<typeof datasetCreate> }) => instance(context, createDataset(context, data).id),
    { writes: true },
  ),
  "pool.dataset.update": method(
    { id: str(), data: datasetUpdate },
    (context, { id, data }) => instance(context, updateDataset(context, id, data).id),
    { writes: true },
  ),
  "pool.dataset.delete": method(
    { id: str(), options: deleteOptions },
    (context, { id, options }) => deleteDataset(context, id, options),
    {
      writes: true,
    },
  ),
  "pool.dataset.attachments": method({ id: str() }, (context, { id }) => {
    instance(context, id, { properties: [] });
    return attachments(context.state, id);
  }),
  "pool.dataset.processes": method({ id: str() }, () => []),
  "pool.dataset.snapshot_count": method(
    { dataset: str() },
    ({ state }, { dataset }) => state.snapshots.values().filter((snapshot) => snapshot.dataset === dataset).length,
  ),
  "pool.dataset.recordsize_choices": method({ pool_name: defaulted(str(), "") }, ({ state }, { pool_name }) =>
    recordsizeChoices(pool_name !== "" && isDraid(state, poolOf(pool_name))),
  ),
  "pool.dataset.compression_choices": method({}, () => choices(COMPRESSIONS)),
  "pool.dataset.checksum_choices": method({}, () => choices(CHECKSUMS.filter((name) => name !== "OFF"))),
  "pool.dataset.recommended_zvol_blocksize": method({ pool: str() }, ({ state }, { pool }) =>
    isDraid(state, pool) ? "128K" : "16K",
  ),
};
