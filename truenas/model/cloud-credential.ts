import { adopt } from "./adopt.ts";
import { fromWire } from "./payload.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { nameOf, type Reference, rowIdOf } from "./references.ts";
import { type Change, defineType, type LiveContext, type PlanContext, type Row } from "./resource-type.ts";
import { rowCalls } from "./row-calls.ts";
import { checkVariant, neededSecrets, shownMembers, type Variants, variantToWire } from "./variants.ts";

const text = (doc: string) => ({ kind: "string", doc, default: "" }) as const;
const needed = (doc: string) => ({ kind: "string", doc }) as const;
const secret = (doc: string) => ({ kind: "string", doc, secret: true, writeOnly: true }) as const;
const KEY_PAIR: Reference = { namespace: "keychaincredential.pair", field: "name", noun: "SSH key pair" };
/** Where Storj is reached when nobody says where. */
const STORJ = "https://gateway.storjshare.io/";

/** What TrueNAS keeps under `provider`; which of it there is depends on the type. */
export const cloudProviderProperties = {
  accessKeyId: needed("S3 and STORJ_IX: the access key's id, which is no secret."),
  secretAccessKey: secret("S3 and STORJ_IX: the access key's secret."),
  endpoint: {
    kind: "string",
    doc: "S3, STORJ_IX and AZUREBLOB: where it is reached, as an https address; absent is the provider's own.",
    default: "",
    compare: "url",
    rule: "webAddressOrNone",
  },
  region: text("S3: region; absent lets TrueNAS ask for it."),
  skipRegion: { kind: "boolean", doc: "S3: never asks for the region. Default false.", default: false },
  signaturesV2: {
    kind: "boolean",
    doc: "S3: signs as old services want it. Default false.",
    default: false,
    wire: "signatures_v2",
  },
  maxUploadParts: {
    kind: "integer",
    doc: "S3: parts of a large upload. Default 10000.",
    default: 10000,
    min: 1,
    max: 10000,
  },
  account: needed("B2: the application key's id. AZUREBLOB: name of the account."),
  key: secret("B2: the application key. AZUREBLOB: the account's key."),
  url: { ...needed("WEBDAV: where it is reached."), compare: "url", rule: "webAddress" },
  vendor: {
    kind: "enum",
    doc: "WEBDAV: whose server it is.",
    values: ["NEXTCLOUD", "OWNCLOUD", "SHAREPOINT", "OTHER"],
  },
  host: { ...needed("SFTP and FTP: address or name."), rule: "noBlanks" },
  port: { kind: "integer", doc: "SFTP and FTP: port. Default 22, or 21.", min: 1, max: 65535 },
  user: needed("SFTP, FTP and WEBDAV: who logs in."),
  pass: { ...secret("SFTP, FTP and WEBDAV: password."), default: null },
  privateKey: { ...needed("SFTP: name of the SshKeyPair that proves who logs in."), default: null },
} as const satisfies Properties;

/** The members that each type of provider has. */
export const CLOUD_PROVIDERS = {
  S3: ["accessKeyId!", "secretAccessKey!", "endpoint", "region", "skipRegion", "signaturesV2", "maxUploadParts"],
  B2: ["account!", "key!"],
  STORJ_IX: ["accessKeyId!", "secretAccessKey!", "endpoint"],
  AZUREBLOB: ["account!", "key!", "endpoint"],
  SFTP: ["host!", "port", "user!", "pass", "privateKey"],
  FTP: ["host!", "port", "user!", "pass!"],
  WEBDAV: ["url!", "vendor!", "user!", "pass!"],
} as const satisfies Variants;

const properties = {
  name: {
    kind: "string",
    doc: "Name that tasks call it by. A change makes a new credential.",
    required: true,
    replaces: true,
    rule: "notBlank",
    maxLength: 100,
  },
  type: {
    kind: "enum",
    doc: "Kind of provider. Backblaze B2 is reached as S3 too, which backups need.",
    values: ["S3", "B2", "STORJ_IX", "AZUREBLOB", "SFTP", "FTP", "WEBDAV"],
    required: true,
  },
  ...cloudProviderProperties,
  adopt: adopt("a credential of this name"),
} as const satisfies Properties;

/** With what a cloud is reached. */
export const cloudCredential = defineType({
  name: "CloudCredential",
  doc: "With what a cloud is reached. Its secrets are sent when they change, and never read back.",
  properties,
  outputs: { rowId: { kind: "integer", doc: "Row id in the middleware." } },
  reading: { by: "namespace", namespace: "cloudsync.credentials" },
  needs: ["keychaincredential.pair"],
  ...rowCalls("cloudsync.credentials", payload),
  update: ({ id, rowId, changed, news }: Change, context: PlanContext) => {
    // TrueNAS replaces the provider as a whole: what is not sent would be its default.
    const differs = Object.keys(changed).some((name) => name !== "name");
    const change = {
      ...(changed["name"] === undefined ? {} : { name: news["name"] }),
      provider: provider(news, context),
    };
    return differs ? [{ method: "cloudsync.credentials.update", params: [rowId ?? `<row of ${id}>`, change] }] : [];
  },
  idOf: (inputs) => String(inputs["name"]),
  idForm: "credential name",
  idOfRow: (row) => String(row["name"]),
  live,
  unread: ({ values }) => neededSecrets(cloudProviderProperties, CLOUD_PROVIDERS, values["type"]),
  check: (inputs) => checkVariant(CLOUD_PROVIDERS, inputs),
});

function live(row: Row, { rows }: LiveContext) {
  const stored = shownMembers(isRecord(row["provider"]) ? row["provider"] : {});
  const { type, private_key } = stored;
  const values = fromWire(cloudProviderProperties, stored);
  const endpoint = type === "STORJ_IX" && values["endpoint"] === STORJ ? { endpoint: "" } : {};
  const keyPair = typeof private_key === "number" ? { privateKey: nameOf(KEY_PAIR, private_key, rows) } : {};

  return {
    values: { name: row["name"], type, ...values, ...endpoint, ...keyPair },
    outputs: { rowId: row["id"] },
  };
}

function payload(inputs: Values, context: PlanContext): Values {
  return { name: inputs["name"], provider: provider(inputs, context) };
}

function provider(values: Values, { rows }: PlanContext): Values {
  const { endpoint, private_key, ...others } = variantToWire(cloudProviderProperties, CLOUD_PROVIDERS, values);
  const elsewhere = endpoint === undefined || endpoint === "" ? {} : { endpoint };
  const keyPair = typeof private_key === "string" ? { private_key: rowIdOf(KEY_PAIR, private_key, rows) } : {};

  return { ...others, ...elsewhere, ...keyPair };
}
