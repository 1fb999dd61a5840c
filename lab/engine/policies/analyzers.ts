import type { Goal } from "../planner/goal.ts";
import type { PropertyMap } from "../properties/value.ts";
import type { Recorder } from "../recorder.ts";
import type { PolicyPackOptions } from "../run.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { analyzeRequest, stackResource } from "./analyzed-resource.ts";
import { PolicyPack, type PolicyPackContext } from "./policy-pack.ts";

/** The policy packs of one operation. They start beside the program; the first resource waits for them. */
export class Analyzers {
  readonly #packs: Promise<PolicyPack[]>;
  readonly #recorder: Recorder;
  readonly #deleteBeforeReplace = new Map<string, boolean | undefined>();

  constructor(packs: readonly PolicyPackOptions[], context: PolicyPackContext) {
    this.#recorder = context.recorder;
    this.#packs = startAll(packs, context);
    // Whoever waits for the packs hears of a failure; until then nobody does.
    this.#packs.catch(() => undefined);
  }

  /**
   * Has every pack judge one resource before anything is done to it. The inputs come back as remediating policies have
   * left them; `mandatory` says that a policy forbids the resource.
   */
  async analyze(
    goal: Goal,
    next: ResourceState,
    provider: ResourceState | undefined,
  ): Promise<{ readonly inputs: PropertyMap; readonly mandatory: boolean }> {
    const packs = await this.#packs;
    this.#deleteBeforeReplace.set(next.urn, goal.deleteBeforeReplace);
    let inputs = next.inputs;
    for (const pack of packs) {
      for (const { policy, problem, inputs: changed } of await pack.remediate(
        analyzeRequest(goal, { ...next, inputs }, provider),
      )) {
        const message = problem || "the inputs were remediated";
        const level = problem === "" ? "remediate" : "advisory";
        this.#recorder.policy({ policy, pack: pack.name, level, urn: next.urn, message });
        if (problem === "") inputs = changed;
      }
    }
    const request = analyzeRequest(goal, { ...next, inputs }, provider);
    const findings = (await Promise.all(packs.map((pack) => pack.analyze(request)))).flat();
    for (const finding of findings) this.#recorder.policy(finding);
    return { inputs, mandatory: findings.some(({ level }) => level === "mandatory") };
  }

  /** Has every pack judge all resources together, once they are as the program wants them. */
  async analyzeStack(
    states: readonly ResourceState[],
    providerOf: (state: ResourceState) => ResourceState | undefined,
    stackUrn: string,
  ): Promise<void> {
    const packs = await this.#packs;
    if (packs.length === 0) return;
    const resources = states.map((state) =>
      stackResource(state, this.#deleteBeforeReplace.get(state.urn), providerOf(state)),
    );
    const findings = await Promise.all(packs.map((pack) => pack.analyzeStack(resources, stackUrn)));
    for (const finding of findings.flat()) this.#recorder.policy(finding);
  }

  async stop(): Promise<void> {
    const packs = await this.#packs.catch(() => []);
    await Promise.all(packs.map((pack) => pack.stop()));
  }
}

async function startAll(packs: readonly PolicyPackOptions[], context: PolicyPackContext): Promise<PolicyPack[]> {
  const started = await Promise.allSettled(packs.map((pack) => PolicyPack.start(pack, context)));
  const failed = started.find((result) => result.status === "rejected");
  const running = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (failed === undefined) return running;
  await Promise.all(running.map((pack) => pack.stop()));
  throw failed.reason;
}
