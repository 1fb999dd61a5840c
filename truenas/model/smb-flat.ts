import { isRecord } from "./property.ts";
import { Refused } from "./refused.ts";

type Wire = Readonly<Record<string, unknown>>;

/** Presets of 25.04 for the purposes of 25.10. */
const PRESETS: Readonly<Record<string, string>> = {
  DEFAULT_SHARE: "DEFAULT_SHARE",
  LEGACY_SHARE: "NO_PRESET",
  TIMEMACHINE_SHARE: "TIMEMACHINE",
  MULTIPROTOCOL_SHARE: "MULTI_PROTOCOL_NFS",
  TIME_LOCKED_SHARE: "WORM_DROPBOX",
  PRIVATE_DATASETS_SHARE: "PRIVATE_DATASETS",
};

/** Fields of the flat 25.04 share that 25.10 renamed. */
const RENAMED: Readonly<Record<string, string>> = { readonly: "ro", access_based_share_enumeration: "abe" };

/** Options that the flat share of 25.04 has under the same name. */
const FLAT_OPTIONS = [
  "aapl_name_mangling",
  "hostsallow",
  "hostsdeny",
  "recyclebin",
  "path_suffix",
  "guestok",
  "streams",
  "durablehandle",
  "shadowcopy",
  "fsrvp",
  "home",
  "acl",
  "afp",
  "timemachine",
  "timemachine_quota",
  "auxsmbconf",
];

/** A share of 25.04 in the shape of 25.10. */
export function readFlat(row: Wire): Wire {
  const preset = Object.entries(PRESETS).find(([, name]) => name === row["purpose"]);
  const options = Object.fromEntries(FLAT_OPTIONS.filter((name) => name in row).map((name) => [name, row[name]]));
  const renamed = Object.fromEntries(Object.entries(RENAMED).map(([ours, theirs]) => [ours, row[theirs]]));

  return { ...row, ...renamed, purpose: preset?.[0] ?? row["purpose"], options };
}

/** A 25.10 payload in the flat shape of 25.04. */
export function writeFlat(payload: Wire): Record<string, unknown> {
  const { options, purpose, ...rest } = payload;
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(rest)) flat[RENAMED[name] ?? name] = value;
  if (purpose !== undefined) flat["purpose"] = presetOf(String(purpose));
  for (const [name, value] of Object.entries(isRecord(options) ? options : {})) {
    if (!FLAT_OPTIONS.includes(name))
      throw new Refused(`TrueNAS 25.04 has no SMB option "${name}"; remove it or upgrade to 25.10`);
    flat[name] = value;
  }

  return flat;
}

function presetOf(purpose: string): string {
  const preset = PRESETS[purpose];
  if (!preset) throw new Refused(`TrueNAS 25.04 has no SMB purpose ${purpose}; use another or upgrade to 25.10`);

  return preset;
}
