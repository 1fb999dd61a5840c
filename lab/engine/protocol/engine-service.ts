import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import type { Recorder } from "../recorder.ts";
import type { Diagnostic } from "../run.ts";
import { type LoopbackServer, serve, unary } from "./rpc.ts";
import { EngineService, empty, engine } from "./wire.ts";

const SEVERITIES: readonly Diagnostic["severity"][] = ["debug", "info", "warning", "error"];

/** Serves the engine's own service, to which program, plugins and packs log; everything said there counts as `source`. */
export function serveEngine(source: Diagnostic["source"], recorder: Recorder): Promise<LoopbackServer> {
  let root = "";
  return serve(EngineService, {
    log: unary((request: LogRequest) => {
      const urn = request.getUrn();
      const severity = SEVERITIES[request.getSeverity()] ?? "info";
      const message = request.getMessage().trimEnd();
      const diagnostic = { source, severity, message, ...(urn === "" ? {} : { urn }) };
      // Progress chatter is shown while it happens and not kept.
      if (request.getEphemeral() || severity === "debug") recorder.event({ type: "diagnostic", diagnostic });
      else recorder.diagnostic(diagnostic);
      return new empty.Empty();
    }),
    getRootResource: unary(() => new engine.GetRootResourceResponse().setUrn(root)),
    setRootResource: unary((request: SetRootResourceRequest) => {
      root = request.getUrn();
      return new engine.SetRootResourceResponse();
    }),
    startDebugging: unary(() => new empty.Empty()),
    requirePulumiVersion: unary(() => new engine.RequirePulumiVersionResponse()),
  });
}
