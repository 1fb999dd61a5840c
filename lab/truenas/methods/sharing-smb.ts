import { createHash } from "node:crypto";
import { groupNamed } from "../accounts.ts";
import { ValidationErrors } from "../middleware/errors.ts";
import { int, type Kind, kind, type Problem } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { isRecord, model, partial } from "../middleware/models.ts";
import type { SmbShareRow } from "../state/rows.ts";
import { checkInsidePool, requireExisting } from "./share-path.ts";
import { OPTIONS_BY_PURPOSE, smbShape } from "./sharing-smb-models.ts";
import { smbShare, smbShareMethods } from "./sharing-smb-rows.ts";
import { speaksApple } from "./smb.ts";

type Fields = Record<string, unknown>;

/** Fields of older releases that are dropped in silence when a purpose is given. */
const LEGACY_FIELDS = [
  "recyclebin",
  "path_suffix",
  "hostsallow",
  "hostsdeny",
  "guestok",
  "streams",
  "durablehandle",
  "shadowcopy",
].concat([
  "fsrvp",
  "home",
  "acl",
  "afp",
  "timemachine",
  "timemachine_quota",
  "aapl_name_mangling",
  "vuid",
  "auxsmbconf",
]);
const RENAMED: Readonly<Record<string, string>> = { ro: "readonly", abe: "access_based_share_enumeration" };

// 25.10 still tolerates the older spelling of some fields, but only together with a purpose.
function normalised(input: Fields): Fields {
  if (!("purpose" in input)) return input;
  const renamed = Object.entries(input).map(([key, value]) => [RENAMED[key] ?? key, value] as const);
  return Object.fromEntries(renamed.filter(([key]) => !LEGACY_FIELDS.includes(key)));
}

const valueError = (path: Problem["path"], text: string): Problem => ({ path, message: `Value error, ${text}` });

/** The share model with its rule that purpose and options come together and agree. */
function shareKind(fields: Kind<Fields>, mode: "create" | "update"): Kind<Fields> {
  return kind(fields.label, (input, path, problems) => {
    if (!isRecord(input)) return fields.check(input, path, problems);
    const data = normalised(input);
    const purpose = data["purpose"];
    if (purpose === undefined && "options" in data) {
      problems.push(valueError(path, "You must set `purpose` if you set `options`."));
      return data;
    }
    const before = problems.length;
    const accepted = fields.check(data, path, problems);
    if (problems.length > before || (mode === "update" && purpose === undefined)) return accepted;
    const options = OPTIONS_BY_PURPOSE[String(accepted["purpose"])];
    if (accepted["purpose"] === "EXTERNAL_SHARE" && accepted["path"] !== "EXTERNAL")
      problems.push(valueError(path, 'You must set `path` to "EXTERNAL" for external shares.'));
    const own = options?.check(data["options"] ?? {}, [...path, "options", String(accepted["purpose"])], problems);
    return { ...accepted, options: own };
  });
}

const shareCreate = shareKind(model("SmbShareCreate", smbShape) as Kind<Fields>, "create");
const shareUpdate = shareKind(partial("SmbShareUpdate", smbShape) as Kind<Fields>, "update");

const entry = (row: SmbShareRow) => ({ ...row, locked: false });

function checkAudit({ state }: Context, errors: ValidationErrors, prefix: string, { audit }: SmbShareRow): void {
  if (!audit.enable) return;
  let limited = false;
  for (const key of ["watch_list", "ignore_list"] as const) {
    for (const [index, group] of audit[key].entries()) {
      const found = groupNamed(state, group);
      const attribute = `${prefix}.audit.${key}.${index}`;
      if (found === undefined) errors.add(attribute, `${group}: group does not exist.`);
      else if (!found.smb) errors.add(attribute, `${group}: not an SMB group.`);
      limited ||= found !== undefined;
    }
  }
  if (!limited)
    errors.add(`${prefix}.audit.enable`, "Watch list or ignore list is required to enable auditing for an SMB share.");
}

const APPLE_PURPOSES = new Set(["TIMEMACHINE_SHARE", "FCP_SHARE"]);

function validate(context: Context, prefix: string, row: SmbShareRow): void {
  const { state } = context;
  const errors = new ValidationErrors();
  const taken = state.smbShares
    .values()
    .some((other) => other.id !== row.id && other.name.toLowerCase() === row.name.toLowerCase());
  if (taken) errors.add(`${prefix}.name`, "Share names are case-insensitive and must be unique");
  if (row.purpose !== "EXTERNAL_SHARE") {
    checkInsidePool(state, errors, `${prefix}.path`, row.path);
    requireExisting(state, row.path);
    if (row.path.startsWith("EXTERNAL"))
      errors.add(`${prefix}.path`, "External paths may only be set for shares with an EXTERNAL_SHARE purpose");
  }
  if (row.purpose === "VEEAM_REPOSITORY_SHARE")
    errors.add(`${prefix}.purpose`, "Veeam repository shares require a TrueNAS enterprise license.");
  checkAudit(context, errors, prefix, row);
  if ((APPLE_PURPOSES.has(row.purpose) || row.options["timemachine"] === true) && !speaksApple(context))
    errors.add(
      `${prefix}.purpose`,
      "Apple SMB2/3 protocol extension support is required by this parameter. This feature may be enabled in the general SMB server configuration.",
    );
  errors.check();
}

function volumeUuid(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

// Legacy shares carry the identity of a volume, which the appliance makes up when nobody gives it one.
function withVolumeId(state: Context["state"], row: SmbShareRow, old?: SmbShareRow): SmbShareRow {
  if (!("vuid" in row.options) || row.options["vuid"] !== null) return row;
  return { ...row, options: { ...row.options, vuid: old?.options["vuid"] ?? volumeUuid(state.guid()) } };
}

/** `sharing.smb.*` of 25.10: a purpose, and options that belong to it. */
export const sharingSmbMethods: Methods = {
  ...smbShareMethods(entry),
  "sharing.smb.create": method(
    { data: shareCreate },
    (context, { data }) => {
      const row = { ...data, id: 0 } as unknown as SmbShareRow;
      validate(context, "sharingsmb_create", row);
      const id = context.state.next("smb");
      return entry(context.state.smbShares.put(id, { ...withVolumeId(context.state, row), id }));
    },
    { writes: true },
  ),
  "sharing.smb.update": method(
    { id: int(), data: shareUpdate },
    (context, { id, data }) => {
      const old = smbShare(context, id);
      const audit = { ...old.audit, ...(isRecord(data["audit"]) ? data["audit"] : {}) };
      const row = { ...old, ...data, audit } as unknown as SmbShareRow;
      validate(context, "sharingsmb_update", row);
      return entry(context.state.smbShares.put(id, withVolumeId(context.state, row, old)));
    },
    { writes: true },
  ),
};
