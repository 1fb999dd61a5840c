import { createHash, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { Store, Table } from "../state/store.ts";
import { CloudFaults } from "./cloud-faults.ts";

/** A bucket of the cloud. */
export interface BucketRow {
  readonly name: string;
  /** Keeps what is overwritten or deleted as earlier versions. */
  readonly versioning: boolean;
}

/** An application key. */
export interface KeyRow {
  readonly id: string;
  /** SHA-256 of the secret half; the secret itself is told once. */
  readonly secretHash: string;
  /** The only bucket that it reaches; null for all of them. */
  readonly bucket: string | null;
  /** Whether it may ask for the names of all buckets, which every S3 program does that looks for one. */
  readonly listsBuckets: boolean;
}

/** An object. */
export interface ObjectRow {
  readonly bucket: string;
  /** Its path in the bucket. */
  readonly name: string;
  readonly body: string;
  readonly bytes: number;
  /** When its content was written where it came from; programs that keep files as they are tell it. */
  readonly writtenAt?: number;
  /** Grows with every write to the cloud. */
  readonly version: number;
}

/** What an object was before it was overwritten or deleted. */
export interface EarlierRow extends ObjectRow {
  /** The write that hid it. */
  readonly hiddenBy: number;
}

/** What a key may do. */
export interface KeyTerms {
  /** The only bucket that it reaches. @default every bucket */
  readonly bucket?: string;
  /** @default true */
  readonly listsBuckets?: boolean;
}

/** Both halves of an application key. */
export interface ApplicationKey {
  readonly id: string;
  readonly secret: string;
}

/** How a cloud begins. */
export interface CloudOptions {
  /** Where everything in it is kept; without one it is gone with the process. */
  readonly dir?: string;
}

/** The host that Backblaze B2 answers S3 requests on, in one of its regions. */
export const B2_HOST = "s3.us-west-004.backblazeb2.com";

/** A cloud store that speaks as Backblaze B2's S3 endpoints do; appliances of one world share it. */
export class Cloud {
  readonly faults = new CloudFaults();
  readonly buckets: Table<BucketRow>;
  readonly keys: Table<KeyRow>;
  /** By bucket and name. */
  readonly objects: Table<ObjectRow>;
  /** Kept where a bucket keeps versions. */
  readonly earlier: Table<EarlierRow>;
  readonly #hosts: Table<string>;
  readonly #store: Store | undefined;
  #requests = 0;
  #version: number;

  constructor({ dir }: CloudOptions = {}) {
    if (dir !== undefined) mkdirSync(dir, { recursive: true });
    this.#store = dir === undefined ? undefined : new Store(dir);
    const table = <Row>(name: string): Table<Row> => this.#store?.table<Row>(name) ?? new Table<Row>(() => undefined);
    this.buckets = table("buckets");
    this.keys = table("keys");
    this.objects = table("objects");
    this.#hosts = table("hosts");
    this.earlier = table("earlier");
    this.#version = [
      ...this.objects.values().map(({ version }) => version),
      ...this.earlier.values().map(({ hiddenBy }) => hiddenBy),
    ].reduce((highest, version) => Math.max(highest, version), 0);
    this.answerAt(B2_HOST);
  }

  /** Requests since the cloud was started, whether they succeeded or not. */
  get requests(): number {
    return this.#requests;
  }

  /** Lets the cloud answer at a further host; only over https, as always. */
  answerAt(host: string): void {
    if (!this.#hosts.has(host)) this.#hosts.put(host, host);
    this.commit();
  }

  /** True when something answers at that host. */
  answersAt(host: string): boolean {
    return this.#hosts.has(host);
  }

  /** Makes a bucket, or changes whether it keeps versions. */
  makeBucket(name: string, { versioning = false }: { readonly versioning?: boolean } = {}): void {
    this.buckets.put(name, { name, versioning });
    this.commit();
  }

  /** Makes an application key. */
  makeKey(terms: KeyTerms = {}): ApplicationKey {
    const key = { id: `004${randomBytes(11).toString("hex")}`, secret: `K004${randomBytes(20).toString("base64url")}` };
    this.admit(key, terms);
    return key;
  }

  /** Lets a key in whose halves are known already, or changes what it may do. */
  admit({ id, secret }: ApplicationKey, { bucket, listsBuckets = true }: KeyTerms = {}): void {
    this.keys.put(id, { id, secretHash: hashOf(secret), bucket: bucket ?? null, listsBuckets });
    this.commit();
  }

  /** Takes a key back. */
  revoke(id: string): void {
    this.keys.delete(id);
    this.commit();
  }

  /** Brings back what was overwritten or deleted in a bucket since a version, as its owner can while versions are kept. */
  rewind(bucket: string, version: number): void {
    for (const [row, object] of this.objects.entries())
      if (object.bucket === bucket && object.version > version) this.objects.delete(row);
    for (const [row, { hiddenBy, ...object }] of this.earlier.entries()) {
      if (object.bucket !== bucket || hiddenBy <= version) continue;
      this.earlier.delete(row);
      if (object.version <= version) this.objects.put(`${bucket}/${object.name}`, object);
    }
    this.commit();
  }

  /** The number of the last write. */
  get version(): number {
    return this.#version;
  }

  /** Counts a write. */
  nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }

  /** Counts a request; throws when the cloud is to fail it. */
  request(): void {
    this.#requests += 1;
    this.faults.request();
  }

  /** Makes every change so far durable. */
  commit(): void {
    this.#store?.commit();
  }

  /** Lets go of what it keeps on disk. */
  close(): void {
    this.#store?.close();
  }
}

/** How the secret half of a key is remembered. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
