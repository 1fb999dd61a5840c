import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { violationIn } from "../../../lab/cli/report.ts";
import { Stack, type StackOptions } from "../../../lab/engine/index.ts";
import { OfficialStack } from "../../support/official-stack.ts";
import type { EngineName } from "../../support/world.ts";
import type { Judgeable } from "./resources.ts";

/** What the pack said: policy, level, name of the resource, message. */
export type Verdict = readonly [policy: string, level: string, resource: string, message: string];

/** How the pack is run, beside what it judges. */
export interface Judgement {
  /** Configuration of the policies, as `--policy-pack-config` gives it. */
  readonly policies?: Readonly<Record<string, unknown>>;
  /** Further configuration of the stack. */
  readonly config?: Readonly<Record<string, string>>;
}

const PROGRAM = fileURLToPath(new URL("../program", import.meta.url));
const PACK = fileURLToPath(new URL("../../../policies", import.meta.url));

/** Lets the real pack judge resources at a preview. */
export async function judge(
  engine: EngineName,
  resources: readonly Judgeable[],
  { policies = {}, config = {} }: Judgement = {},
): Promise<{ ok: boolean; verdicts: Verdict[] }> {
  const dir = mkdtempSync(join(tmpdir(), "homelab-judge-"));
  const options: StackOptions = {
    projectDir: PROGRAM,
    stack: "judged",
    config: { "judged:resources": JSON.stringify(resources), ...config },
    stateFile: join(dir, "state.json"),
    policyPacks: [{ dir: PACK, config: policies }],
  };
  try {
    const run = await (engine === "lab" ? new Stack(options) : new OfficialStack(options)).preview();
    const failed = run.diagnostics.find(({ severity }) => severity === "error");
    if (failed && run.policies.length === 0) throw new Error(failed.message);
    const verdicts = run.policies.map(
      (finding) => [finding.policy, finding.level, nameOf(finding.urn), violationIn(finding)] as const,
    );
    return { ok: run.ok, verdicts: verdicts.sort((one, other) => one.join().localeCompare(other.join())) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
