import { type Cloud, hashOf, type KeyRow, type ObjectRow } from "./cloud.ts";
import { CloudError } from "./cloud-error.ts";

/** With what and where a program reaches an S3 service. */
export interface S3Access {
  /** For example `https://s3.us-west-004.backblazeb2.com`. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** False where the machine that asks has no network. @default true */
  readonly online?: boolean;
}

/** A program that talks to the cloud with one key. Every method is one request and may throw `CloudError`. */
export class S3 {
  readonly #cloud: Cloud;
  readonly #access: S3Access;

  constructor(cloud: Cloud, access: S3Access) {
    this.#cloud = cloud;
    this.#access = access;
  }

  /** Where requests go, without a slash at the end. */
  get endpoint(): string {
    return this.#access.endpoint.replace(/\/+$/, "");
  }

  /** Takes as long as a program takes that starts to talk to the cloud. */
  async start(): Promise<void> {
    await this.#cloud.faults.patience();
  }

  /** The names of all buckets. */
  listBuckets(): string[] {
    const key = this.#request();
    if (!key.listsBuckets) throw new CloudError("AccessDenied", "not entitled");
    return this.#cloud.buckets.keys().sort();
  }

  /** The region that a bucket lies in. */
  locationOf(bucket: string): string {
    this.#bucket(bucket);
    const [, region] = /^https:\/\/s3\.([a-z0-9-]+)\./.exec(this.#access.endpoint) ?? [];
    return region ?? "us-east-1";
  }

  /** The names that begin with a prefix, in order, with the bytes of each. */
  list(bucket: string, prefix: string): { readonly name: string; readonly bytes: number }[] {
    this.#bucket(bucket);
    return this.#cloud.objects
      .values()
      .filter((object) => object.bucket === bucket && object.name.startsWith(prefix))
      .map(({ name, bytes }) => ({ name, bytes }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** True when the object is there. */
  has(bucket: string, name: string): boolean {
    this.#bucket(bucket);
    return this.#cloud.objects.has(`${bucket}/${name}`);
  }

  get(bucket: string, name: string): string {
    return this.stat(bucket, name).body;
  }

  /** An object with all that is told of it. */
  stat(bucket: string, name: string): ObjectRow {
    this.#bucket(bucket);
    const object = this.#cloud.objects.get(`${bucket}/${name}`);
    if (object === undefined) throw new CloudError("NoSuchKey", "The specified key does not exist.");
    return object;
  }

  put(bucket: string, name: string, body: string, bytes: number = Buffer.byteLength(body), writtenAt?: number): void {
    this.#bucket(bucket);
    const version = this.#hide(bucket, name);
    const told = writtenAt === undefined ? {} : { writtenAt };
    this.#cloud.objects.put(`${bucket}/${name}`, { bucket, name, body, bytes, version, ...told });
    this.#cloud.commit();
  }

  /** Deletes an object; one that is not there is no error. */
  delete(bucket: string, name: string): void {
    this.#bucket(bucket);
    this.#hide(bucket, name);
    this.#cloud.commit();
  }

  #hide(bucket: string, name: string): number {
    const { objects, earlier, buckets } = this.#cloud;
    const hiddenBy = this.#cloud.nextVersion();
    const object = objects.get(`${bucket}/${name}`);
    if (object === undefined) return hiddenBy;
    objects.delete(`${bucket}/${name}`);
    if (buckets.get(bucket)?.versioning) earlier.put(`${bucket}/${name}#${object.version}`, { ...object, hiddenBy });
    return hiddenBy;
  }

  #bucket(bucket: string): void {
    const key = this.#request();
    if (key.bucket !== null && key.bucket !== bucket) throw new CloudError("AccessDenied", "not entitled");
    if (!this.#cloud.buckets.has(bucket))
      throw new CloudError("NoSuchBucket", `The specified bucket does not exist: ${bucket}`);
  }

  // The order is the order in which it matters: a name, a port, the service, the key.
  #request(): KeyRow {
    const { endpoint, accessKeyId, secretAccessKey, online = true } = this.#access;
    const { protocol, host } = new URL(endpoint);
    if (!online) throw new CloudError("Unreachable", `lookup ${host}: Temporary failure in name resolution`);
    if (!this.#cloud.answersAt(host)) throw new CloudError("NoSuchHost", `lookup ${host}: no such host`);
    if (protocol !== "https:") throw new CloudError("ConnectionRefused", "connect: connection refused");
    this.#cloud.request();
    const key = this.#cloud.keys.get(accessKeyId);
    if (key === undefined) throw new CloudError("InvalidAccessKeyId", "Malformed Access Key Id");
    if (key.secretHash !== hashOf(secretAccessKey))
      throw new CloudError("SignatureDoesNotMatch", "Signature validation failed");
    return key;
  }
}
