/** What an S3 service answers with, or what keeps a request from reaching it. */
export type CloudErrorCode =
  | "NoSuchHost"
  | "Unreachable"
  | "ConnectionRefused"
  | "InvalidAccessKeyId"
  | "SignatureDoesNotMatch"
  | "AccessDenied"
  | "NoSuchBucket"
  | "NoSuchKey"
  | "ServiceUnavailable";

/** HTTP status by code; zero where there is no answer at all. */
const STATUS: Readonly<Record<CloudErrorCode, number>> = {
  NoSuchHost: 0,
  Unreachable: 0,
  ConnectionRefused: 0,
  InvalidAccessKeyId: 403,
  SignatureDoesNotMatch: 403,
  AccessDenied: 403,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  ServiceUnavailable: 503,
};

/** A request that the cloud did not fulfil. */
export class CloudError extends Error {
  readonly code: CloudErrorCode;
  /** HTTP status; zero where there is no answer at all. */
  readonly status: number;

  constructor(code: CloudErrorCode, message: string) {
    super(message);
    this.code = code;
    this.status = STATUS[code];
  }
}
