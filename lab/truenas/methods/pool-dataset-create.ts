import { makeMountpoint, nodeAt } from "../filesystem/nodes.ts";
import { applyShareType } from "../filesystem/share-type.ts";
import { CallError, ValidationErrors } from "../middleware/errors.ts";
import type { Context } from "../middleware/method.ts";
import type { DatasetRow } from "../state/rows.ts";
import { mountpoint, parentPath, poolOf } from "../zfs/dataset-tree.ts";
import { EMPTY_DATASET_BYTES } from "../zfs/extents.ts";
import { volumeReservation } from "../zfs/pool-geometry.ts";
import { poolNamed } from "../zfs/pool-members.ts";
import { effective } from "../zfs/properties.ts";
import { property } from "../zfs/property-table.ts";
import { blockSizeBytes } from "../zfs/sizes.ts";
import { dataVdevs, dirAvailable } from "../zfs/space.ts";
import type { DatasetCreate } from "./pool-dataset-models.ts";
import { changed, requestedChanges } from "./pool-dataset-properties.ts";
import {
  checkFilesystem,
  checkVolume,
  checkZfsValues,
  isDatasetName,
  isDraid,
  isInternal,
} from "./pool-dataset-rules.ts";

type Fields = { -readonly [K in keyof DatasetCreate]: DatasetCreate[K] } & Record<string, unknown>;

const PREFIX = "pool_dataset_create";

function shareTypeFields(shareType: string): Record<string, string> {
  if (shareType === "GENERIC") return {};
  if (shareType === "SMB") return { casesensitivity: "INSENSITIVE", acltype: "NFSV4", aclmode: "RESTRICTED" };
  return { casesensitivity: "SENSITIVE", atime: "OFF", acltype: "NFSV4", aclmode: "PASSTHROUGH" };
}

function nearestAncestor(context: Context, name: string, anyAncestor: boolean): DatasetRow | undefined {
  let path = parentPath(name);
  while (anyAncestor && path !== undefined && !context.state.datasets.has(path)) path = parentPath(path);
  return path === undefined ? undefined : context.state.datasets.get(path);
}

function checkParent(
  context: Context,
  data: Fields,
  parent: DatasetRow | undefined,
  errors: ValidationErrors,
): asserts parent is DatasetRow {
  const above = parentPath(data.name) ?? data.name;
  if (isInternal(data.name))
    errors.add(
      `${PREFIX}.name`,
      `'${data.name}' is using system internal managed dataset. Please specify a different parent.`,
    );
  if (parent === undefined) {
    const missing = above.includes("/")
      ? `Parent dataset (${above}) does not exist.`
      : `zpool (${above}) does not exist.`;
    errors.add(
      `${PREFIX}.name`,
      data.create_ancestors ? "Please specify a pool which exists for the dataset/volume to be created" : missing,
    );
  } else if (effective(context.state, parent, property("readonly")).raw === "on") {
    errors.add(`${PREFIX}.readonly`, `Turn off readonly mode on ${parent.id} to create ${data.name.split("/")[0]}`);
  }
  errors.check();
}

function checkName(data: Fields, errors: ValidationErrors): void {
  if (!data.name.includes("/")) errors.add(`${PREFIX}.name`, "You need a full name, e.g. pool/newdataset");
  else if (!isDatasetName(data.name)) errors.add(`${PREFIX}.name`, "Invalid dataset name");
  else if (data.name.endsWith(" ")) errors.add(`${PREFIX}.name`, "Trailing spaces are not permitted in dataset names");
  errors.check();
}

function validated(context: Context, data: Fields): DatasetRow {
  const { state } = context;
  const errors = new ValidationErrors();
  checkName(data, errors);
  const parent = nearestAncestor(context, data.name, data.create_ancestors);
  Object.assign(data, shareTypeFields(data.share_type));
  checkParent(context, data, parent, errors);
  const scope = { state, prefix: PREFIX, parent, errors } as const;
  const draid = isDraid(state, parent.id);
  if (data.type === "FILESYSTEM") {
    checkFilesystem(scope, data);
    if (draid) data["recordsize"] ??= "1M";
  } else {
    data["volblocksize"] ??= draid ? "128K" : "16K";
    checkVolume(scope, data);
  }
  errors.check();
  if (parent.type === "VOLUME") errors.add(`${PREFIX}.name`, `${parent.id}: parent may not be a ZFS volume`);
  if (nodeAt(state, mountpoint(data.name)) !== undefined)
    errors.add(`${PREFIX}.name`, `Path ${mountpoint(data.name)} already exists`);
  if (data.encryption) errors.add(`${PREFIX}.encryption`, "The simulated appliance does not encrypt");
  errors.check();
  return parent;
}

function volumeProperties(context: Context, data: Fields): Record<string, string> {
  if (data.type !== "VOLUME" || data["sparse"] === true || data["refreservation"] !== undefined) return {};
  const pool = poolNamed(context.state, poolOf(data.name));
  const vdevs = pool === undefined ? [] : dataVdevs(context.state, pool);
  const bytes = volumeReservation(Number(data["volsize"]), blockSizeBytes(String(data["volblocksize"])), vdevs);
  return { refreservation: String(bytes) };
}

function checkSpace(
  context: Context,
  name: string,
  parent: DatasetRow,
  properties: Readonly<Record<string, string>>,
): void {
  if (context.state.datasets.has(name)) throw new CallError("Failed to create dataset: dataset already exists");
  const asked = Math.max(
    Number(properties["reservation"] ?? 0),
    Number(properties["refreservation"] ?? 0),
    EMPTY_DATASET_BYTES,
  );
  if (asked > dirAvailable(context.state, parent)) throw new CallError("Failed to create dataset: out of space");
}

function insert(
  context: Context,
  path: string,
  row: Pick<DatasetRow, "type" | "properties" | "userProperties">,
): DatasetRow {
  const { state, clock } = context;
  const dataset = {
    id: path,
    guid: state.guid(),
    createtxg: state.next("txg"),
    createdAt: clock.time,
    extents: [],
    ...row,
  };
  state.datasets.put(path, dataset);
  if (row.type === "FILESYSTEM") makeMountpoint(state, path);
  return dataset;
}

/** Creates a filesystem or volume; all reasons against it are reported before anything changes. */
export function createDataset(context: Context, input: DatasetCreate): DatasetRow {
  const data = { ...input } as Fields;
  const parent = validated(context, data);
  const changes = requestedChanges(data, "create");
  checkZfsValues(
    data,
    data.user_properties.map(({ key }) => key),
    "create",
  );
  const native = changed(
    {},
    changes.filter(({ kind }) => kind === "native"),
  );
  const filesystem = data.type === "FILESYSTEM";
  const properties = { ...native, ...(filesystem ? { xattr: "sa" } : {}), ...volumeProperties(context, data) };
  const userProperties = {
    ...changed(
      {},
      changes.filter(({ kind }) => kind === "user"),
    ),
    ...Object.fromEntries(data.user_properties.map(({ key, value }) => [key, value])),
  };
  checkSpace(context, data.name, parent, properties);
  const missing: string[] = [];
  for (let path = parentPath(data.name); path !== undefined && path !== parent.id; path = parentPath(path))
    missing.unshift(path);
  for (const path of missing) insert(context, path, { type: "FILESYSTEM", properties: {}, userProperties: {} });
  const dataset = insert(context, data.name, {
    type: data.type,
    properties,
    userProperties,
  });
  if (filesystem) applyShareType(context.state, dataset, data.share_type);
  return dataset;
}
