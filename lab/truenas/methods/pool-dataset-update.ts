import { CallError, ValidationErrors } from "../middleware/errors.ts";
import type { Context } from "../middleware/method.ts";
import type { DatasetRow } from "../state/rows.ts";
import { parentPath } from "../zfs/dataset-tree.ts";
import { liveBytes, unsnapshottedBytes } from "../zfs/extents.ts";
import { limitBytes, userProperties } from "../zfs/properties.ts";
import { SHORT_NAMES } from "../zfs/property-table.ts";
import { available, dirAvailable, usage } from "../zfs/space.ts";
import type { DatasetUpdate } from "./pool-dataset-models.ts";
import { type Change, changed, requestedChanges } from "./pool-dataset-properties.ts";
import { checkFilesystem, checkVolume, checkZfsValues } from "./pool-dataset-rules.ts";

const PREFIX = "pool_dataset_update";

type UserUpdate = NonNullable<DatasetUpdate["user_properties_update"]>[number];

const shortNameOf = new Map(Object.entries(SHORT_NAMES).map(([short, key]) => [key, short]));

// A full replacement is turned into removals by the names that queries show; 25.10 shows some under short names, and
// removing those fails later. That trap is kept.
function userUpdates(
  { state, dialect }: Context,
  current: DatasetRow,
  data: DatasetUpdate,
  errors: ValidationErrors,
): UserUpdate[] {
  const updates = data.user_properties_update ?? [];
  if (data.user_properties === undefined || data.user_properties.length === 0) {
    for (const [index, update] of updates.entries()) {
      const path = `${PREFIX}.user_properties_update.${index}`;
      if (update.value !== undefined && update.remove === true)
        errors.add(`${path}.remove`, 'When "value" is specified, this cannot be set');
      else if (update.value === undefined && update.remove === undefined)
        errors.add(`${path}.value`, 'Either "value" or "remove" must be specified');
    }
    return updates;
  }
  if (updates.length > 0)
    errors.add(
      `${PREFIX}.user_properties_update`,
      'Should not be specified when "user_properties" are explicitly specified',
    );
  const kept = new Set(data.user_properties.map(({ key }) => key));
  const names = [...userProperties(state, current).keys()];
  const shown =
    dialect === "25.10"
      ? names.map((key) => shortNameOf.get(key) ?? key)
      : names.filter((key) => !shortNameOf.has(key));
  const removals = shown.filter((key) => !kept.has(key)).map((key) => ({ key, value: undefined, remove: true }));
  return [...data.user_properties.map(({ key, value }) => ({ key, value, remove: undefined })), ...removals];
}

function userChanges(context: Context, current: DatasetRow, updates: readonly UserUpdate[]): Change[] {
  const known = userProperties(context.state, current);
  const errors = new ValidationErrors();
  const changes = updates.flatMap(({ key, value, remove }): Change[] => {
    if (value !== undefined) return [{ kind: "user", key, value }];
    if (remove !== true) return [];
    if (!known.has(key)) errors.add(`properties.${key}`, "Property does not exist and cannot be inherited");
    return [{ kind: "user", key, value: null }];
  });
  errors.check();
  return changes;
}

const refused = (text: string) => new CallError(`Failed to update properties: ZFSException('${text}')`);

// ZFS sets reservations before quotas and judges each against the space as it then is.
function checkLimits({ state }: Context, before: DatasetRow, after: DatasetRow): void {
  const used = usage(state, before).total;
  const parent = parentPath(before.id);
  const above = parent === undefined ? before : (state.datasets.get(parent) ?? before);
  const grown = Math.max(used, limitBytes(after, "reservation")) - Math.max(used, limitBytes(before, "reservation"));
  if (grown > 0 && grown > dirAvailable(state, above)) throw refused("size is greater than available space");
  const ref =
    Math.max(0, limitBytes(after, "refreservation") - unsnapshottedBytes(state, before)) -
    usage(state, before).refreservation;
  if (ref > 0 && ref > dirAvailable(state, before)) throw refused("size is greater than available space");
  const quota = limitBytes(after, "quota");
  if (quota !== 0 && quota !== limitBytes(before, "quota") && quota < Math.max(used, limitBytes(after, "reservation")))
    throw refused("size is less than current used or reserved space");
  const refquota = limitBytes(after, "refquota");
  if (
    refquota !== 0 &&
    refquota !== limitBytes(before, "refquota") &&
    refquota < Math.max(liveBytes(before), limitBytes(after, "refreservation"))
  )
    throw refused("size is less than current used or reserved space");
}

// A thick volume stays thick when it grows.
function grownReservation(before: DatasetRow, volsize: unknown): Record<string, string> {
  const reserved = limitBytes(before, "refreservation");
  const size = Number(before.properties["volsize"] ?? 0);
  if (volsize === undefined || reserved < size || size === 0) return {};
  return { refreservation: String(Math.ceil((reserved * Number(volsize)) / size)) };
}

// What is set or let go of here no longer follows what came with a replication.
function withoutReceived(row: DatasetRow, changes: readonly Change[]): DatasetRow {
  if (row.received === undefined) return row;
  const received = {
    native: changed(row.received.native, gone(changes, "native")),
    user: changed(row.received.user, gone(changes, "user")),
  };
  return { ...row, received };
}

const gone = (changes: readonly Change[], kind: Change["kind"]) =>
  changes.filter((change) => change.kind === kind).map((change) => ({ ...change, value: null }));

/** Changes a filesystem or volume in place; only the fields that were sent change. */
export function updateDataset(context: Context, id: string, data: DatasetUpdate): DatasetRow {
  const { state } = context;
  const current = state.datasets.get(id);
  const errors = new ValidationErrors();
  if (current === undefined) throw errors.add("id", `${id} does not exist`, "ENOENT");
  const parent = state.datasets.get(parentPath(id) ?? id) ?? current;
  const scope = { state, prefix: PREFIX, parent, current, errors } as const;
  if (current.type === "FILESYSTEM") checkFilesystem(scope, data);
  else checkVolume(scope, data);
  const updates = userUpdates(context, current, data, errors);
  errors.check();
  const changes = [...requestedChanges(data, "update"), ...userChanges(context, current, updates)];
  checkZfsValues(
    data,
    updates.filter(({ value }) => value !== undefined).map(({ key }) => key),
    "update",
  );
  const native = changed(
    current.properties,
    changes.filter(({ kind }) => kind === "native"),
  );
  const after: DatasetRow = {
    ...withoutReceived(current, changes),
    properties: { ...native, ...grownReservation(current, data.volsize) },
    userProperties: changed(
      current.userProperties,
      changes.filter(({ kind }) => kind === "user"),
    ),
  };
  checkLimits(context, current, after);
  if (available(state, parent) < 0) throw refused("out of space");
  return state.datasets.put(id, after);
}
