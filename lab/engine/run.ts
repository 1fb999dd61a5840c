/** What happens to a resource, as a person sees it: a replacement is one step. */
export type Op = "create" | "update" | "replace" | "delete" | "same" | "read" | "import" | "refresh";

export type DiffKind = "add" | "add-replace" | "delete" | "delete-replace" | "update" | "update-replace";

/** Changed properties by their path, e.g. `topology.data[0].disks`. */
export type DetailedDiff = Record<string, { kind: DiffKind }>;

/** One resource and what was done to it, or in a preview would be done. */
export interface Step {
  urn: string;
  type: string;
  op: Op;
  diff?: DetailedDiff;
  /** True for resources that a provider manages, false for components. */
  custom: boolean;
  /** Checked inputs as plain JSON; `[secret]` and `[unknown]` stand for what cannot be shown. */
  inputs: unknown;
  /** Outputs in the same form. */
  outputs?: unknown;
  parent?: string;
  /** Reference `urn::id` of the provider. */
  provider?: string;
  /** Time spent in the provider. */
  seconds?: number;
}

export interface Diagnostic {
  source: "program" | "policy" | "provider" | "engine";
  severity: "debug" | "info" | "warning" | "error";
  urn?: string;
  message: string;
  /** Path of the property at fault. */
  property?: string;
}

export type EnforcementLevel = "advisory" | "mandatory" | "disabled" | "remediate";

export interface PolicyFinding {
  policy: string;
  pack: string;
  level: EnforcementLevel;
  urn: string;
  message: string;
}

/** The outcome of one operation. */
export interface Run {
  ok: boolean;
  steps: Step[];
  diagnostics: Diagnostic[];
  policies: PolicyFinding[];
  /** Outputs of the stack as plain JSON. */
  outputs: Record<string, unknown>;
  seconds: number;
  /** True when the operation was cancelled before its end. */
  killed?: boolean;
  /** True when an `up` or `destroy` stopped at its own preceding preview: nothing was done, `steps` is empty. */
  stoppedAtPreview?: boolean;
}

export type EngineEvent =
  | { type: "program-started" }
  | { type: "step-started"; step: Step }
  | { type: "step-done"; step: Step }
  | { type: "step-failed"; step: Step; message: string }
  | { type: "diagnostic"; diagnostic: Diagnostic }
  | { type: "policy"; finding: PolicyFinding };

export interface PolicyPackOptions {
  /** Directory that holds `PulumiPolicy.yaml`. */
  dir: string;
  /** As in the file of `--policy-pack-config`: policy name (or `all`) -> level, or an object with `enforcementLevel` and properties. */
  config?: Record<string, unknown>;
}

export interface StackOptions {
  /** Directory that holds `Pulumi.yaml`. */
  projectDir: string;
  stack: string;
  /** `"namespace:key"` -> value; structured values as JSON text. */
  config: Record<string, string>;
  /** Keys of `config` whose values are secret. */
  secretKeys?: string[];
  /** Pulumi deployment (version 3), written after every step. */
  stateFile: string;
  policyPacks?: PolicyPackOptions[];
  /** Added to the environment of program, plugins and packs. */
  env?: Record<string, string>;
  /** Operations at a time; default 4 per core, or `PULUMI_PARALLEL`. */
  parallel?: number;
  onEvent?: (event: EngineEvent) => void;
  /** Aborting lets running operations finish, starts no others and ends the run with `killed`. */
  signal?: AbortSignal;
}
