import { ValidationErrors } from "../middleware/errors.ts";
import { int, type Kind } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { model, partial } from "../middleware/models.ts";
import type { SmbShareRow } from "../state/rows.ts";
import { checkInsidePool, requireExisting } from "./share-path.ts";
import { flatSmbShape } from "./sharing-smb-models.ts";
import { smbShare, smbShareMethods } from "./sharing-smb-rows.ts";

type Fields = Record<string, unknown>;

const plainShare = {
  path_suffix: "",
  home: false,
  ro: false,
  browsable: true,
  timemachine: false,
  recyclebin: false,
  abe: false,
  hostsallow: [],
  hostsdeny: [],
  aapl_name_mangling: false,
  acl: true,
  durablehandle: true,
  shadowcopy: true,
  streams: true,
  fsrvp: false,
  auxsmbconf: "",
};

/** What each preset of 25.04 forces upon a share, whatever the caller sent. */
const PRESETS: Readonly<Record<string, Fields>> = {
  NO_PRESET: { auxsmbconf: "" },
  DEFAULT_SHARE: plainShare,
  TIMEMACHINE: { path_suffix: "", timemachine: true, auxsmbconf: "" },
  ENHANCED_TIMEMACHINE: { path_suffix: "%U", timemachine: true, auxsmbconf: "zfs_core:zfs_auto_create=true" },
  MULTI_PROTOCOL_NFS: { streams: true, durablehandle: false, auxsmbconf: "oplocks=no\nlevel2 oplocks=no" },
  PRIVATE_DATASETS: { path_suffix: "%U", auxsmbconf: "zfs_core:zfs_auto_create=true" },
  WORM_DROPBOX: { path_suffix: "", auxsmbconf: "worm:grace_period = 300" },
};

const TOP_LEVEL = new Set(["purpose", "name", "path", "comment", "enabled", "browsable", "audit"]);

// One table serves both releases: what 25.04 spells flat is kept among the options.
function toRow(id: number, fields: Fields): SmbShareRow {
  const preset = PRESETS[String(fields["purpose"])] ?? {};
  const { ro, abe, ...rest } = { ...fields, ...(fields["purpose"] === "NO_PRESET" ? {} : preset) } as Fields;
  const options = Object.fromEntries(Object.entries(rest).filter(([key]) => !TOP_LEVEL.has(key)));
  const top = Object.fromEntries(Object.entries(rest).filter(([key]) => TOP_LEVEL.has(key)));
  return { id, ...top, readonly: ro, access_based_share_enumeration: abe, options } as unknown as SmbShareRow;
}

function toFields(row: SmbShareRow): Fields {
  const { options, readonly, access_based_share_enumeration, id: _id, ...top } = row;
  return { ...top, ...options, ro: readonly, abe: access_based_share_enumeration };
}

const entry = (row: SmbShareRow) => ({ id: row.id, ...toFields(row), path_local: row.path, locked: false });

function validate({ state }: Context, prefix: string, row: SmbShareRow): void {
  const errors = new ValidationErrors();
  const taken = state.smbShares
    .values()
    .some((other) => other.id !== row.id && other.name.toLowerCase() === row.name.toLowerCase());
  if (taken) errors.add(`${prefix}.name`, "Share with this name already exists.", "EEXIST");
  checkInsidePool(state, errors, `${prefix}.path_local`, row.path);
  requireExisting(state, row.path);
  errors.check();
}

const shareCreate = model("sharingsmb_create", flatSmbShape) as Kind<Fields>;
const shareUpdate = partial("sharingsmb_update", flatSmbShape) as Kind<Fields>;

/** `sharing.smb.*` of 25.04: flat fields, and presets that override them. */
export const flatSharingSmbMethods: Methods = {
  ...smbShareMethods(entry),
  "sharing.smb.create": method(
    { sharingsmb_create: shareCreate },
    (context, { sharingsmb_create }) => {
      validate(context, "sharingsmb_create", toRow(0, sharingsmb_create));
      const id = context.state.next("smb");
      return entry(context.state.smbShares.put(id, toRow(id, sharingsmb_create)));
    },
    { writes: true },
  ),
  "sharing.smb.update": method(
    { id: int(), sharingsmb_update: shareUpdate },
    (context, { id, sharingsmb_update }) => {
      const row = toRow(id, { ...toFields(smbShare(context, id)), ...sharingsmb_update });
      validate(context, "sharingsmb_update", row);
      return entry(context.state.smbShares.put(id, row));
    },
    { writes: true },
  ),
};
