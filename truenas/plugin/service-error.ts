import * as grpc from "@grpc/grpc-js";
import protocol from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import { MidcltError } from "../midclt/errors.ts";
import { Refused } from "../model/refused.ts";
import { encode } from "./codec.ts";
import { HalfDone } from "./create.ts";
import type { Redactor } from "./redact.ts";

/** The error as the engine shows it: one sentence with secrets masked; a stack only where the provider has a bug. */
export function serviceError(error: unknown, redactor: Redactor): Partial<grpc.StatusObject> {
  const details = redactor.text(messageOf(error));
  if (!(error instanceof HalfDone)) return { code: grpc.status.UNKNOWN, details };

  return { code: grpc.status.UNKNOWN, details, metadata: initFailed(error, details) };
}

function messageOf(error: unknown): string {
  if (error instanceof HalfDone && error.cause !== undefined) return messageOf(error.cause);
  if (error instanceof MidcltError || error instanceof Refused) return error.message;
  if (!(error instanceof Error)) return String(error);

  return error.constructor === Error ? error.message : (error.stack ?? error.message);
}

/** Tells the engine that the object exists, so that it is recorded and finished by the next run. */
function initFailed(error: HalfDone, reason: string): grpc.Metadata {
  const detail = new protocol.ErrorResourceInitFailed()
    .setId(error.id)
    .setProperties(encode(error.outputs, error.secrets))
    .setReasonsList([reason]);
  const any = new anys.Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status().setCode(grpc.status.UNKNOWN).setMessage(reason);
  status.addDetails(any);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));

  return metadata;
}
