import { any, bool, defaulted, int, type Kind, literal, nullable, refined, str } from "../middleware/kinds.ts";
import { list, type Model, model, type Shape } from "../middleware/models.ts";

const INVALID_CHARACTERS = /[%<>*?|/\\+=;:",[\]]/g;
const RESERVED = new Set(["global", "printers", "homes", "admin$", "ipc$"]);

function nameProblem(name: string): string | undefined {
  const problem = (text: string) => `Value error, ${text}`;
  if (name.length === 0) return problem("Share name must contain at least one character");
  if (name.length > 80) return problem(`${name}: share name must not exceed 80 characters in length`);
  if (RESERVED.has(name.toLowerCase())) return problem(`${name}: share name is reserved.`);
  const invalid = [...new Set(name.match(INVALID_CHARACTERS) ?? [])];
  if (invalid.length > 0)
    return problem(`${name}: share name contains the following invalid characters: ${invalid.join(", ")}`);
  return /\p{Cc}/u.test(name) ? problem(`${name}: share name contains unicode control characters`) : undefined;
}

/** A share name that Samba and Windows both take. */
export const shareName: Kind<string> = refined(str(), nameProblem);

const hosts = { hostsallow: defaulted(list(str()), []), hostsdeny: defaulted(list(str()), []) };
const mangling = { aapl_name_mangling: defaulted(bool, false) };
const namingSchema = { dataset_naming_schema: defaulted(nullable(str({ min: 1 })), null) };
const MAX_QUOTA = 109_951_162_777_600;
const timeMachineQuota = { timemachine_quota: defaulted(int({ ge: 0, le: MAX_QUOTA }), 0) };
const vuid = { vuid: defaulted(nullable(str({ min: 1 })), null) };

const legacy = {
  recyclebin: defaulted(bool, false),
  path_suffix: defaulted(nullable(str({ min: 1 })), null),
  ...hosts,
  guestok: defaulted(bool, false),
  streams: defaulted(bool, true),
  durablehandle: defaulted(bool, true),
  shadowcopy: defaulted(bool, true),
  fsrvp: defaulted(bool, false),
  home: defaulted(bool, false),
  acl: defaulted(bool, true),
  afp: defaulted(bool, false),
  timemachine: defaulted(bool, false),
  ...timeMachineQuota,
  ...mangling,
  ...vuid,
  auxsmbconf: defaulted(str({ max: 2 ** 31 - 1 }), ""),
};

const dfsTarget = refined(str({ min: 1 }), (proxy) =>
  /^[^\\]+\\[^\\]+$/.test(proxy) ? undefined : `Value error, ${proxy}: DFS proxy must be of format SERVER\\SHARE`,
);

/** The options that belong to each purpose of 25.10, with their defaults. */
export const OPTIONS_BY_PURPOSE: Readonly<Record<string, Model<Shape>>> = {
  DEFAULT_SHARE: model("DefaultOpt", { ...mangling, ...hosts }),
  LEGACY_SHARE: model("LegacyOpt", legacy),
  TIMEMACHINE_SHARE: model("TimeMachineOpt", {
    ...timeMachineQuota,
    auto_snapshot: defaulted(bool, false),
    auto_dataset_creation: defaulted(bool, false),
    ...namingSchema,
    ...vuid,
    ...hosts,
  }),
  MULTIPROTOCOL_SHARE: model("MultiprotocolOpt", { ...mangling, ...hosts }),
  TIME_LOCKED_SHARE: model("TimeLockedOpt", {
    grace_period: defaulted(int({ ge: 60, le: 86_400 * 180 }), 900),
    ...mangling,
    ...hosts,
  }),
  PRIVATE_DATASETS_SHARE: model("PrivateDatasetOpt", {
    ...namingSchema,
    auto_quota: defaulted(int({ ge: 0 }), 0),
    ...mangling,
    ...hosts,
  }),
  EXTERNAL_SHARE: model("ExternalOpt", { remote_path: list(dfsTarget) }),
  VEEAM_REPOSITORY_SHARE: model("VeeamRepositoryOpt", hosts),
  FCP_SHARE: model("FCPStorageOpt", { aapl_name_mangling: defaulted(bool, true), ...hosts }),
};

const audit = model("SmbAuditConfig", {
  enable: defaulted(bool, false),
  watch_list: defaulted(list(str()), []),
  ignore_list: defaulted(list(str()), []),
});

const noAudit = { enable: false, watch_list: [], ignore_list: [] };

/** The fields of a 25.10 share; `options` is judged afterwards, by the purpose. */
export const smbShape = {
  purpose: defaulted(literal(...Object.keys(OPTIONS_BY_PURPOSE)), "DEFAULT_SHARE"),
  name: shareName,
  path: str({ min: 1 }),
  enabled: defaulted(bool, true),
  comment: defaulted(str(), ""),
  readonly: defaulted(bool, false),
  browsable: defaulted(bool, true),
  access_based_share_enumeration: defaulted(bool, false),
  audit: defaulted(audit, noAudit),
  options: defaulted(nullable(any), null),
};

/** Purposes of 25.04, which are presets of its flat fields. */
const PRESETS = [
  "",
  "NO_PRESET",
  "DEFAULT_SHARE",
  "TIMEMACHINE",
  "ENHANCED_TIMEMACHINE",
  "MULTI_PROTOCOL_NFS",
  "PRIVATE_DATASETS",
  "WORM_DROPBOX",
];

/** The flat fields of a 25.04 share. */
export const flatSmbShape = {
  purpose: defaulted(literal(...PRESETS), "DEFAULT_SHARE"),
  path: str({ min: 1 }),
  path_suffix: defaulted(str(), ""),
  home: defaulted(bool, false),
  name: shareName,
  comment: defaulted(str(), ""),
  ro: defaulted(bool, false),
  browsable: defaulted(bool, true),
  recyclebin: defaulted(bool, false),
  guestok: defaulted(bool, false),
  ...hosts,
  auxsmbconf: defaulted(str({ max: 2 ** 31 - 1 }), ""),
  aapl_name_mangling: defaulted(bool, false),
  abe: defaulted(bool, false),
  acl: defaulted(bool, true),
  durablehandle: defaulted(bool, true),
  streams: defaulted(bool, true),
  timemachine: defaulted(bool, false),
  timemachine_quota: defaulted(int(), 0),
  vuid: defaulted(str(), ""),
  shadowcopy: defaulted(bool, true),
  fsrvp: defaulted(bool, false),
  enabled: defaulted(bool, true),
  afp: defaulted(bool, false),
  audit: defaulted(audit, noAudit),
};
