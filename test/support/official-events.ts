import type { Diagnostic, PolicyFinding, Run, Step } from "../../lab/engine/index.ts";

interface State {
  readonly type: string;
  readonly custom?: boolean;
  readonly parent?: string;
  readonly provider?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly old?: State | null;
  readonly new?: State | null;
  readonly logical?: boolean;
  readonly detailedDiff?: Readonly<Record<string, { readonly diffKind: string }>> | null;
}

interface EngineEventLine {
  readonly resourcePreEvent?: { readonly metadata: Metadata };
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly diagnosticEvent?: { readonly urn?: string; readonly message: string; readonly severity: string };
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly message: string;
    readonly policyName: string;
    readonly policyPackName: string;
    readonly enforcementLevel: string;
  };
}

/** Operations that are parts of another one. */
const PARTS: Readonly<Record<string, string>> = {
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "import-replacement": "replace",
  "read-replacement": "replace",
};

const STACK = "pulumi:pulumi:Stack";
const COLOUR = /<\{%[^%]*%\}>/g;

/** What the official engine logged, in the words of the lab's engine. */
export function runFromEvents(log: string, outcome: { ok: boolean; output: string; seconds: number }): Run {
  const events = log
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line) as EngineEventLine);
  const steps = new Map<string, Step>();
  for (const event of events) {
    const metadata = event.resourcePreEvent?.metadata;
    if (metadata) steps.set(metadata.urn, stepFrom(metadata, steps.get(metadata.urn)));
  }
  const diagnostics = events.flatMap((event) => (event.diagnosticEvent ? [diagnosticFrom(event.diagnosticEvent)] : []));
  const policies = events.flatMap((event) => (event.policyEvent ? [policyFrom(event.policyEvent)] : []));
  const unlogged: Diagnostic[] =
    !outcome.ok && !diagnostics.some((one) => one.severity === "error")
      ? [{ source: "engine", severity: "error", message: outcome.output }]
      : [];

  const said = { diagnostics: [...diagnostics, ...unlogged], policies };
  return { ...outcome, ...said, steps: [...steps.values()], outputs: outputsIn(events) };
}

/** What the program exports: the outputs that its stack had last. */
function outputsIn(events: readonly EngineEventLine[]): Record<string, unknown> {
  const stacks = events.flatMap(({ resOutputsEvent: event }) => (event?.metadata.type === STACK ? [event] : []));
  return (stacks.at(-1)?.metadata.new?.outputs ?? {}) as Record<string, unknown>;
}

function stepFrom(metadata: Metadata, earlier: Step | undefined): Step {
  const state = metadata.new ?? metadata.old;
  const op = (PARTS[metadata.op] ?? metadata.op) as Step["op"];
  const diff = Object.entries(metadata.detailedDiff ?? {}).map(([path, { diffKind }]) => [path, { kind: diffKind }]);

  return {
    urn: metadata.urn,
    type: metadata.type,
    op: earlier?.op === "replace" ? "replace" : op,
    custom: state?.custom ?? false,
    inputs: state?.inputs,
    outputs: state?.outputs,
    ...(state?.parent ? { parent: state.parent } : {}),
    ...(state?.provider ? { provider: state.provider } : {}),
    ...(diff.length > 0 ? { diff: Object.fromEntries(diff) as NonNullable<Step["diff"]> } : {}),
  };
}

function diagnosticFrom(event: NonNullable<EngineEventLine["diagnosticEvent"]>): Diagnostic {
  const severity = event.severity === "info#err" ? "info" : event.severity;
  const message = event.message.replace(COLOUR, "").trimEnd();
  return {
    source: "engine",
    severity: severity as Diagnostic["severity"],
    message,
    ...(event.urn ? { urn: event.urn } : {}),
  };
}

function policyFrom(event: NonNullable<EngineEventLine["policyEvent"]>): PolicyFinding {
  return {
    policy: event.policyName,
    pack: event.policyPackName,
    level: event.enforcementLevel as PolicyFinding["level"],
    urn: event.resourceUrn ?? "",
    message: event.message.replace(COLOUR, "").trim(),
  };
}
