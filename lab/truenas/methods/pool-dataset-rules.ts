import { CallError, type ValidationErrors } from "../middleware/errors.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { DatasetRow } from "../state/rows.ts";
import { poolOf } from "../zfs/dataset-tree.ts";
import { poolNamed } from "../zfs/pool-members.ts";
import { effective } from "../zfs/properties.ts";
import { property } from "../zfs/property-table.ts";
import { blockSizeBytes, blockSizeText } from "../zfs/sizes.ts";
import { available, usage } from "../zfs/space.ts";
import { attachments } from "./attachments.ts";

/** The fields of a create or update call that these rules look at. */
export type DatasetFields = Readonly<Record<string, unknown>>;

/** What a rule needs to know about the call. */
export interface RuleScope {
  readonly state: ApplianceState;
  readonly prefix: "pool_dataset_create" | "pool_dataset_update";
  readonly parent: DatasetRow;
  /** The dataset as it is; absent on create. */
  readonly current?: DatasetRow;
  readonly errors: ValidationErrors;
}

const INTERNAL = /^(boot-pool|freenas-boot)(\/|$)|\/\.system|\/ix-applications\/|\/ix-apps|\/\.ix-virt/;

/** True for datasets that the middleware keeps to itself. */
export function isInternal(path: string): boolean {
  return INTERNAL.test(path);
}

const COMPONENT = /^(?!\.{1,2}$)[A-Za-z0-9_.: -]+$/;
const NAME_LIMIT = 255;

/** True for a name that ZFS takes for a dataset. */
export function isDatasetName(name: string): boolean {
  return name.length <= NAME_LIMIT && name.split("/").every((part) => COMPONENT.test(part));
}

const shown = (scope: RuleScope, row: DatasetRow, api: string) =>
  effective(scope.state, row, property(api)).raw.toUpperCase();

function wanted(scope: RuleScope, data: DatasetFields, api: "acltype" | "aclmode"): string {
  const value = data[api] ?? (scope.current === undefined ? "INHERIT" : shown(scope, scope.current, api));
  return value === "INHERIT" ? shown(scope, scope.parent, api) : String(value);
}

function checkAcl(scope: RuleScope, data: DatasetFields): void {
  const { errors, prefix } = scope;
  const acltype = wanted(scope, data, "acltype");
  const aclmode = wanted(scope, data, "aclmode");
  if (acltype !== "NFSV4" && aclmode !== "DISCARD")
    errors.add(`${prefix}.aclmode`, "Must be set to DISCARD when acltype is POSIX or OFF");
  if (acltype === "NFSV4" && aclmode === "DISCARD")
    errors.add(`${prefix}.aclmode`, "DISCARD aclmode may not be set for NFSv4 acl type");
}

// 25.10 names the shares as Python prints a list.
function checkSmbShares(scope: RuleScope, data: DatasetFields): void {
  const { state, current, errors, prefix } = scope;
  if (current === undefined || data["acltype"] === undefined) return;
  if (wanted(scope, data, "acltype") === shown(scope, current, "acltype")) return;
  const shares = attachments(state, current.id).find(({ type }) => type === "SMB Share");
  if (shares === undefined) return;
  const names = `[${shares.attachments.map((name) => `'${name}'`).join(", ")}]`;
  errors.add(
    `${prefix}.acltype`,
    `This dataset is hosting SMB shares. Before acltype can be updated the following shares must be disabled: ${names}. The shares may be re-enabled after the change.`,
  );
}

const RECORD_LIMIT = 16 * 1024 * 1024;
const DRAID_RECORD_MINIMUM = 128 * 1024;

/** True when the pool has distributed RAID, which has rules of its own. */
export function isDraid(state: ApplianceState, dataset: string): boolean {
  return poolNamed(state, poolOf(dataset))?.topology.data.some((vdev) => vdev.type.startsWith("DRAID")) ?? false;
}

/** The record sizes that a pool offers, in the API's spelling. */
export function recordsizeChoices(draid: boolean): string[] {
  const choices = draid ? [] : ["512", "512B"];
  for (let bytes = draid ? DRAID_RECORD_MINIMUM : 1024; bytes <= RECORD_LIMIT; bytes *= 2)
    choices.push(blockSizeText(bytes));
  return choices;
}

const isPowerOfTwo = (value: number) => (value & (value - 1)) === 0;

/** The rules for filesystems, on create and update alike. */
export function checkFilesystem(scope: RuleScope, data: DatasetFields): void {
  const { state, prefix, parent, errors } = scope;
  checkSmbShares(scope, data);
  checkAcl(scope, data);
  for (const field of ["force_size", "sparse", "volsize", "volblocksize"])
    if (data[field] !== undefined) errors.add(`${prefix}.${field}`, "This field is not valid for FILESYSTEM");
  const small = data["special_small_block_size"];
  if (typeof small === "number" && !((small === 0 || (small >= 512 && small <= 1024 ** 2)) && isPowerOfTwo(small)))
    errors.add(`${prefix}.special_small_block_size`, "This field must be zero or a power of 2 from 512B to 1M");
  const recordsize = data["recordsize"];
  if (
    recordsize !== undefined &&
    recordsize !== "INHERIT" &&
    !recordsizeChoices(isDraid(state, parent.id)).includes(String(recordsize))
  )
    errors.add(`${prefix}.recordsize`, `'${String(recordsize)}' is an invalid recordsize.`);
}

const FILESYSTEM_ONLY = ["aclmode", "acltype", "atime", "casesensitivity", "quota", "refquota", "recordsize"];
const VOLUME_SHARE_OF_SPACE = 0.8;

/** The rules for volumes, on create and update alike. */
export function checkVolume(scope: RuleScope, data: DatasetFields): void {
  const { state, prefix, parent, current, errors } = scope;
  for (const field of FILESYSTEM_ONLY)
    if (data[field] !== undefined) errors.add(`${prefix}.${field}`, "This field is not valid for VOLUME");
  if (data["volsize"] === undefined) return;
  const volsize = Number(data["volsize"]);
  const room = available(state, parent) + (current === undefined ? 0 : usage(state, current).total);
  if (volsize > room * VOLUME_SHARE_OF_SPACE && data["force_size"] !== true)
    errors.add(`${prefix}.volsize`, "It is not recommended to use more than 80% of your available space for VOLUME");
  const blocksize = data["volblocksize"];
  if (blocksize !== undefined && volsize % blockSizeBytes(String(blocksize)) !== 0)
    errors.add(`${prefix}.volsize`, "Volume size should be a multiple of volume block size");
  if (current !== undefined && volsize < Number(current.properties["volsize"]))
    errors.add(`${prefix}.volsize`, "You cannot shrink a zvol from GUI, this may lead to data loss.");
}

const USER_KEY = /^[a-z0-9:+._ -]+$/;

/** What ZFS itself refuses, whatever the middleware let through. */
export function checkZfsValues(data: DatasetFields, keys: readonly string[], verb: "create" | "update"): void {
  const refuse = (text: string) => {
    throw verb === "create"
      ? new CallError(`Failed to create dataset: ${text}`)
      : new CallError(`Failed to update properties: ZFSException("${text}")`);
  };
  const copies = data["copies"];
  if (typeof copies === "number" && ![1, 2, 3].includes(copies)) refuse("'copies' must be one of '1 | 2 | 3'");
  for (const key of keys) if (!USER_KEY.test(key)) refuse(`invalid property '${key}'`);
}
