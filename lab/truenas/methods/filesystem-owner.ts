import { groupNamed, userNamed } from "../accounts.ts";
import { nodeAt } from "../filesystem/nodes.ts";
import { CallError, type ValidationErrors } from "../middleware/errors.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { NodeRow } from "../state/rows.ts";
import { datasetOfPath, isWithin } from "../zfs/dataset-tree.ts";
import { effective } from "../zfs/properties.ts";
import { property } from "../zfs/property-table.ts";

/** Who is to own a path, by id or by name; null and -1 leave things as they are. */
export interface OwnerFields {
  readonly uid: number | null;
  readonly user: string | null;
  readonly gid: number | null;
  readonly group: string | null;
}

/** The ids that the fields mean; names win, unknown ones are refused. */
export function resolveOwner(
  state: ApplianceState,
  errors: ValidationErrors,
  prefix: string,
  fields: OwnerFields,
  stop = "",
): { readonly uid: number; readonly gid: number } {
  const user = fields.user ? userNamed(state, fields.user) : undefined;
  const group = fields.group ? groupNamed(state, fields.group) : undefined;
  if (fields.user && user === undefined) errors.add(`${prefix}.user`, `${fields.user}: user does not exist${stop}`);
  if (fields.group && group === undefined)
    errors.add(`${prefix}.group`, `${fields.group}: group does not exist${stop}`);
  return { uid: user?.uid ?? fields.uid ?? -1, gid: group?.gid ?? fields.gid ?? -1 };
}

/** The directory whose permissions are to change, with every reason why they may not. */
export function permissionTarget(
  state: ApplianceState,
  errors: ValidationErrors,
  prefix: string,
  path: string,
): NodeRow {
  const node = nodeAt(state, path);
  if (node === undefined) throw new CallError(`Path ${path} not found`, "ENOENT");
  const dataset = datasetOfPath(state, path);
  if (!path.startsWith("/mnt/"))
    errors.add(
      `${prefix}.path`,
      `Changes to permissions on paths that are not beneath the directory /mnt are not permitted: ${path}`,
    );
  else if (path.split("/").length === 3)
    errors.add(`${prefix}.path`, `The specified path is a ZFS pool mountpoint "(${path})" `);
  else if (dataset !== undefined && effective(state, dataset, property("readonly")).raw === "on")
    errors.add(`${prefix}.path`, `${path}: dataset underlying path has the readonly property enabled.`);
  return node;
}

/** The directory and, when asked for, those below it: within its dataset, or with `traverse` beyond. */
export function affectedNodes(
  state: ApplianceState,
  node: NodeRow,
  options: { readonly recursive: boolean; readonly traverse: boolean },
): NodeRow[] {
  if (!options.recursive) return [node];
  const home = datasetOfPath(state, node.path)?.id;
  const below = state.nodes.values().filter((other) => isWithin(other.path, node.path));
  return options.traverse ? below : below.filter((other) => datasetOfPath(state, other.path)?.id === home);
}

/** The directory under its new owner. */
export function owned(node: NodeRow, { uid, gid }: { readonly uid: number; readonly gid: number }): NodeRow {
  return { ...node, uid: uid === -1 ? node.uid : uid, gid: gid === -1 ? node.gid : gid };
}
