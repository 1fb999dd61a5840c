import { CloudError } from "../../cloud/cloud-error.ts";
import { CallError, ValidationErrors } from "../../middleware/errors.ts";
import { any, bool, defaulted, int, literal, nullable, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { model, type ObjectOf, tagged } from "../../middleware/models.ts";
import { rowMethods, rowsOf } from "../rows.ts";
import { webAddress, webAddressOrNone } from "../web-address.ts";
import { rcloneError, remoteOf } from "./remote.ts";

const filled = str({ min: 1 });

/** What a credential holds, by provider. */
export const providers = tagged("type", {
  S3: model("S3CredentialsModel", {
    type: literal("S3"),
    access_key_id: filled,
    secret_access_key: filled,
    endpoint: defaulted(webAddressOrNone, ""),
    region: defaulted(str(), ""),
    skip_region: defaulted(bool, false),
    signatures_v2: defaulted(bool, false),
    max_upload_parts: defaulted(int(), 10000),
  }),
  AZUREBLOB: model("AzureBlobCredentialsModel", {
    type: literal("AZUREBLOB"),
    account: filled,
    key: filled,
    endpoint: defaulted(webAddressOrNone, ""),
  }),
  FTP: model("FTPCredentialsModel", {
    type: literal("FTP"),
    host: filled,
    port: defaulted(int(), 21),
    user: filled,
    pass: str(),
  }),
  SFTP: model("SFTPCredentialsModel", {
    type: literal("SFTP"),
    host: filled,
    port: defaulted(int(), 22),
    user: filled,
    pass: defaulted(nullable(str()), null),
    private_key: defaulted(nullable(int()), null),
  }),
  WEBDAV: model("WebDavCredentialsModel", {
    type: literal("WEBDAV"),
    url: webAddress,
    vendor: literal("NEXTCLOUD", "OWNCLOUD", "SHAREPOINT", "OTHER"),
    user: str(),
    pass: str(),
  }),
  B2: model("B2CredentialsModel", { type: literal("B2"), account: filled, key: filled }),
  STORJ_IX: model("StorjIxCredentialsModel", {
    type: literal("STORJ_IX"),
    access_key_id: filled,
    secret_access_key: filled,
    endpoint: defaulted(webAddress, "https://gateway.storjshare.io/"),
  }),
});

const shape = { name: filled, provider: providers };

type Credential = ObjectOf<typeof shape>;

const USERS = [
  ["cloudsync", "cloud sync"],
  ["cloud_backup", "cloud backup"],
] as const;

function refuseUsed(context: Context, { id }: { readonly id: number }): void {
  for (const [namespace, noun] of USERS) {
    const tasks = context.state.table<{ id: number; credentials: number; description: string }>(namespace).values();
    const task = tasks.find(({ credentials }) => credentials === id);
    if (task !== undefined)
      throw new CallError(`This credential is used by ${noun} task ${task.description || task.id}`);
  }
}

function checked(
  context: Context,
  prefix: string,
  wanted: Credential,
  old: { readonly id: number } | undefined,
): Credential {
  const taken = rowsOf<typeof shape>(context, "cloudsync.credentials")
    .values()
    .some(({ name, id }) => name === wanted.name && id !== old?.id);
  if (taken) throw new ValidationErrors().add(`${prefix}.name`, `Object with this name already exists`);
  return wanted;
}

/** `cloudsync.credentials.*`: with what clouds are reached. */
export const cloudCredentialMethods: Methods = {
  ...rowMethods({
    namespace: "cloudsync.credentials",
    noun: "Credentials",
    shape,
    arguments: ["cloud_sync_credentials_create", "cloud_sync_credentials_update"],
    prefixes: ["cloud_sync_credentials_create", "cloud_sync_credentials_update"],
    checked,
    removed: refuseUsed,
  }),
  "cloudsync.credentials.verify": method({ cloud_sync_credentials_create: any }, async (context, values) => {
    const provider = values.cloud_sync_credentials_create as Readonly<Record<string, unknown>>;
    const s3 = remoteOf(context, { id: 0, name: "", provider });
    await s3.start();
    try {
      s3.listBuckets();
      return { valid: true };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      const { message, extra } = rcloneError(context, error, "lsjson", "ListBuckets");
      return { valid: false, error: message, ...(extra as object) };
    }
  }),
};
