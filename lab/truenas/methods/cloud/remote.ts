import { CloudError, type CloudErrorCode } from "../../cloud/cloud-error.ts";
import { S3 } from "../../cloud/s3.ts";
import { CallError } from "../../middleware/errors.ts";
import type { Context } from "../../middleware/method.ts";
import { type CredentialRow, textOf } from "./task.ts";

const CREDENTIALS = "cloudsync.credentials";
/** Where Amazon answers for a credential without an endpoint. */
const AMAZON = "https://s3.amazonaws.com";
const STORJ = "https://gateway.storjshare.io";

/** The cloud credential of that row id. */
export function credentialOf({ state }: Pick<Context, "state">, id: number): CredentialRow | undefined {
  return state.table<CredentialRow>(CREDENTIALS).get(id);
}

function endpointOf({ provider }: CredentialRow): string {
  const endpoint = textOf(provider, "endpoint").trim();
  if (endpoint !== "") return endpoint;
  if (provider["type"] === "STORJ_IX") return STORJ;
  return provider["type"] === "B2" ? "https://s3.us-west-004.backblazeb2.com" : AMAZON;
}

/** A program on this appliance that reaches the credential's cloud. */
export function remoteOf({ surroundings, addresses }: Context, credential: CredentialRow): S3 {
  const { provider } = credential;
  const online = addresses.length === 0 || addresses.some((address) => surroundings.at(address) !== undefined);
  return new S3(surroundings.cloud, {
    endpoint: endpointOf(credential),
    accessKeyId: textOf(provider, "access_key_id") || textOf(provider, "account"),
    secretAccessKey: textOf(provider, "secret_access_key") || textOf(provider, "key"),
    online,
  });
}

/** Exceptions of the library that the middleware itself asks an S3 service with; they are no errors on purpose. */
export class BotoError extends Error {}

/** What that library says of a failed request. */
export function botoError(error: CloudError, url: string, operation: string): BotoError {
  if (error.status === 0) return new BotoError(`Could not connect to the endpoint URL: "${url}"`);
  return new BotoError(`An error occurred (${error.code}) when calling the ${operation} operation: ${error.message}`);
}

const UNANSWERED: Readonly<Partial<Record<CloudErrorCode, string>>> = {
  NoSuchHost: "dial tcp: ",
  Unreachable: "dial tcp: ",
  ConnectionRefused: "dial tcp: ",
};

/** What rclone prints of a failed request. */
export function rcloneError(context: Context, error: CloudError, command: string, operation: string): CallError {
  const reason =
    error.status === 0
      ? `https response error StatusCode: 0, RequestID: , HostID: , request send failed, ${UNANSWERED[error.code] ?? ""}${error.message}`
      : `https response error StatusCode: ${error.status}, RequestID: , HostID: , api error ${error.code}: ${error.message}`;
  const at = new Date(context.clock.time).toISOString().slice(0, 19).replace("T", " ").replaceAll("-", "/");
  const what = `operation error S3: ${operation}, ${reason}`;
  const text = `${at} ERROR : : error listing: ${what}\n${at} Failed to ${command} with 2 errors: last error was: error in ListJSON: ${what}\n`;
  return new CallError(text, "EFAULT", { excerpt: what });
}

/** Names of the buckets that a credential sees, as rclone lists them. */
export function bucketsOf(context: Context, credential: CredentialRow): string[] {
  try {
    return remoteOf(context, credential).listBuckets();
  } catch (error) {
    throw error instanceof CloudError ? rcloneError(context, error, "lsjson", "ListBuckets") : error;
  }
}

/** The region of a bucket, as the middleware asks for it when the credential does not tell. */
export function regionOf(context: Context, credential: CredentialRow, bucket: string): string {
  const s3 = remoteOf(context, credential);
  try {
    return s3.locationOf(bucket);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    throw botoError(error, `${s3.endpoint}/${bucket}?location`, "GetBucketLocation");
  }
}
