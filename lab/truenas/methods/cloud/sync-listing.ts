import { CloudError } from "../../cloud/cloud-error.ts";
import { CallError } from "../../middleware/errors.ts";
import { defaulted, int, str } from "../../middleware/kinds.ts";
import { type Context, type Methods, method } from "../../middleware/method.ts";
import { model } from "../../middleware/models.ts";
import { bucketsOf, credentialOf, rcloneError, remoteOf } from "./remote.ts";
import { cryptShape } from "./sync-rows.ts";
import { attributes, type CredentialRow, textOf } from "./task.ts";

/** The credential of that row; says so when there is none. */
export function requireCredential(context: Context, id: number): CredentialRow {
  const credential = credentialOf(context, id);
  if (credential === undefined) throw new CallError("Invalid credentials");
  return credential;
}

/** Names directly in a folder of a bucket, as `rclone lsjson` tells them. */
export function listing(context: Context, credential: CredentialRow, bucket: string, folder: string) {
  const prefix = folder === "" ? "" : `${folder}/`;
  let found: readonly { readonly name: string; readonly bytes: number }[];
  try {
    found = remoteOf(context, credential).list(bucket, prefix);
  } catch (error) {
    throw error instanceof CloudError ? rcloneError(context, error, "lsjson", "ListObjectsV2") : error;
  }
  const items = new Map<string, { Name: string; Path: string; Size: number; IsDir: boolean; Enabled: boolean }>();
  for (const { name: object, bytes } of found) {
    const [name = "", ...deeper] = object.slice(prefix.length).split("/");
    const isDir = deeper.length > 0;
    items.set(name, { Name: name, Path: name, Size: isDir ? -1 : bytes, IsDir: isDir, Enabled: true });
  }
  return [...items.values()];
}

/** What looks around in a cloud. */
export const syncListingMethods: Methods = {
  "cloudsync.list_buckets": method({ credentials_id: int() }, (context, { credentials_id }) =>
    bucketsOf(context, requireCredential(context, credentials_id)).map((name) => ({
      Path: name,
      Name: name,
      Size: -1,
      MimeType: "inode/directory",
      IsDir: true,
      IsBucket: true,
      Enabled: true,
    })),
  ),
  "cloudsync.list_directory": method(
    {
      cloud_sync_ls: model("CloudSyncListDirectory", {
        credentials: int(),
        ...cryptShape,
        attributes,
        args: defaulted(str(), ""),
      }),
    },
    (context, { cloud_sync_ls: { credentials, attributes: place } }) =>
      listing(
        context,
        requireCredential(context, credentials),
        textOf(place, "bucket"),
        textOf(place, "folder").replace(/^\/+|\/+$/g, ""),
      ),
  ),
  "cloudsync.create_bucket": method(
    { credentials_id: int(), name: str() },
    (context, { credentials_id }) => {
      requireCredential(context, credentials_id);
      throw new CallError("This provider can't create buckets");
    },
    { writes: true },
  ),
};
