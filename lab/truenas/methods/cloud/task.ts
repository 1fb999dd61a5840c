import { absent, bool, defaulted, int, literal, nullable, str } from "../../middleware/kinds.ts";
import { isRecord, list, model, type ObjectOf } from "../../middleware/models.ts";
import { commandSchedule } from "../schedule-models.ts";

const LONG = { max: Number.MAX_SAFE_INTEGER };
const STORAGE_CLASSES = [
  ...(["", "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA"] as const),
  ...(["INTELLIGENT_TIERING", "GLACIER", "GLACIER_IR", "DEEP_ARCHIVE"] as const),
] as const;

/** Every attribute that some provider knows. */
const attributeFields = {
  bucket: absent(str({ min: 1 })),
  folder: absent(str()),
  fast_list: absent(bool),
  bucket_policy_only: absent(bool),
  chunk_size: absent(int()),
  acknowledge_abuse: absent(bool),
  region: absent(str()),
  encryption: absent(nullable(literal("AES256"))),
  storage_class: absent(literal(...STORAGE_CLASSES)),
};

/** What the schema takes for a task's attributes; which of them a provider knows is asked later. */
export const attributes = model("CloudTaskAttributes", attributeFields);

const hourly = { minute: "00", hour: "*", dom: "*", month: "*", dow: "*" };

/** What every task has that brings files to a cloud or back. */
export const taskShape = {
  description: defaulted(str(), ""),
  path: str(),
  credentials: int(),
  attributes,
  schedule: defaulted(commandSchedule, hourly),
  pre_script: defaulted(str(LONG), ""),
  post_script: defaulted(str(LONG), ""),
  snapshot: defaulted(bool, false),
  include: defaulted(list(str({ min: 1 })), []),
  exclude: defaulted(list(str({ min: 1 })), []),
  args: defaulted(str(LONG), ""),
  enabled: defaulted(bool, true),
};

/** What such a task is, as far as the rules go that all of them obey. */
export type CloudTask = ObjectOf<typeof taskShape>;

/** A row of `cloudsync.credentials`. */
export interface CredentialRow {
  readonly id: number;
  readonly name: string;
  readonly provider: Readonly<Record<string, unknown>>;
}

interface Provider {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly buckets: boolean;
}

/** Attributes of each provider with the defaults that omitted ones come back with. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  S3: { buckets: true, attributes: { fast_list: false, region: "", encryption: null, storage_class: "" } },
  B2: { buckets: true, attributes: { fast_list: false, chunk_size: 96 } },
  STORJ_IX: { buckets: true, attributes: { fast_list: false } },
  AZUREBLOB: { buckets: true, attributes: { fast_list: false } },
  GOOGLE_CLOUD_STORAGE: { buckets: true, attributes: { fast_list: false, bucket_policy_only: false } },
};

const FOLDER_ONLY: Provider = { buckets: false, attributes: {} };

/** The provider of that type; one that is not listed has folders and nothing else. */
export function providerOf(type: unknown): Provider {
  return PROVIDERS[String(type)] ?? FOLDER_ONLY;
}

/** The attributes with the provider's defaults, or the problems with them as attribute and message. */
export function providerAttributes(
  type: unknown,
  given: Readonly<Record<string, unknown>>,
): { readonly values: Record<string, unknown>; readonly problems: readonly (readonly [string, string])[] } {
  const provider = providerOf(type);
  const required = provider.buckets ? ["bucket", "folder"] : ["folder"];
  const known = [...required, ...Object.keys(provider.attributes)];
  const problems = [
    ...required.filter((name) => given[name] === undefined).map((name) => [name, "Field required"] as const),
    ...Object.keys(given)
      .filter((name) => given[name] !== undefined && !known.includes(name))
      .map((name) => [name, "Extra inputs are not permitted"] as const),
  ];
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { values: { ...provider.attributes, ...stated }, problems };
}

/** A field of a credential as text; empty when there is none. */
export function textOf(values: unknown, field: string): string {
  const value = isRecord(values) ? values[field] : undefined;
  return typeof value === "string" ? value : "";
}
