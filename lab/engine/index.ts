// The lab's deployment engine: runs Pulumi programs, providers and policy packs over the SDK's own protocol.
// It knows nothing of what they describe, and imports nothing of the project outside this directory.

export type { ImportRequest } from "./operations/import.ts";
export type {
  Diagnostic,
  DiffKind,
  EnforcementLevel,
  EngineEvent,
  Op,
  PolicyFinding,
  PolicyPackOptions,
  Run,
  StackOptions,
  Step,
} from "./run.ts";
export { Stack } from "./stack.ts";
export type { Deployment, StoredOperation, StoredResource } from "./state/deployment.ts";
