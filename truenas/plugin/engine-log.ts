import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import type { Notice } from "../model/resource-type.ts";

const SEVERITIES = { info: messages.LogSeverity.INFO, warning: messages.LogSeverity.WARNING } as const;

/** Where the engine listens for what is to be shown to people, at the resource that it is about. */
export class EngineLog {
  readonly #client: EngineClient | undefined;

  /** @param address where the engine's own service listens, as it tells each plugin; without one nothing is shown. */
  constructor(address: string | undefined) {
    this.#client = address ? new EngineClient(address, grpc.credentials.createInsecure()) : undefined;
  }

  /** Shows something; an engine that does not listen is no reason to fail. */
  async show(urn: string, { severity, text }: Notice): Promise<void> {
    const request = new messages.LogRequest().setSeverity(SEVERITIES[severity]).setMessage(text).setUrn(urn);
    await new Promise<void>((resolve) => {
      if (this.#client) this.#client.log(request, () => resolve());
      else resolve();
    });
  }
}
