import type { ServiceError } from "@grpc/grpc-js";
import type { Any } from "google-protobuf/google/protobuf/any_pb.js";
import { decode } from "../properties/codec.ts";
import type { PropertyMap } from "../properties/value.ts";
import { errors, provider, status } from "./wire.ts";

/** A provider's refusal that names properties. */
export interface PropertyProblem {
  readonly path: string;
  readonly reason: string;
}

/** The object exists, but did not become ready: its state is kept and the next update goes on from there. */
export interface PartialResult {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap | undefined;
  readonly reasons: readonly string[];
}

/** An error that a provider answered, with the details that travelled beside the message. */
export class ProviderError extends Error {
  readonly problems: readonly PropertyProblem[];
  readonly partial: PartialResult | undefined;

  constructor(message: string, problems: readonly PropertyProblem[], partial: PartialResult | undefined) {
    super(message);
    this.problems = problems;
    this.partial = partial;
  }
}

/** Reads message and details of a failed RPC. */
export function providerError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const { details, metadata } = error as Partial<ServiceError>;
  let message = details || (error instanceof Error ? error.message : String(error));
  const problems: PropertyProblem[] = [];
  let partial: PartialResult | undefined;
  for (const detail of statusDetails(metadata)) {
    const name = detail.getTypeName();
    const bytes = detail.getValue_asU8();
    if (name === "pulumirpc.InputPropertiesError") {
      const parsed = errors.InputPropertiesError.deserializeBinary(bytes);
      problems.push(...parsed.getErrorsList().map((e) => ({ path: e.getPropertyPath(), reason: e.getReason() })));
    } else if (name === "pulumirpc.ErrorResourceInitFailed") {
      partial = partialResult(bytes);
    } else if (name === "pulumirpc.ErrorCause") {
      const cause = errors.ErrorCause.deserializeBinary(bytes).getMessage();
      if (!message.includes(cause)) message = `${message}: ${cause}`;
    }
  }
  return new ProviderError(message, problems, partial);
}

function statusDetails(metadata: ServiceError["metadata"] | undefined): Any[] {
  const [packed] = metadata?.get("grpc-status-details-bin") ?? [];
  return packed instanceof Buffer ? status.Status.deserializeBinary(packed).getDetailsList() : [];
}

function partialResult(bytes: Uint8Array): PartialResult {
  const failed = provider.ErrorResourceInitFailed.deserializeBinary(bytes);
  return {
    id: failed.getId(),
    outputs: decode(failed.getProperties()),
    inputs: failed.hasInputs() ? decode(failed.getInputs()) : undefined,
    reasons: failed.getReasonsList(),
  };
}
