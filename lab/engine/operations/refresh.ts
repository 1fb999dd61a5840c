import { markSecretOutputs } from "../executor/secret-outputs.ts";
import { StepPool } from "../executor/step-pool.ts";
import { viewResource } from "../executor/step-view.ts";
import { diffWithProvider, effectiveDiff } from "../planner/effective-diff.ts";
import { invert } from "../properties/diff.ts";
import { equal } from "../properties/value.ts";
import { providerError } from "../protocol/rpc-errors.ts";
import type { Provider, ReadResult } from "../providers/provider.ts";
import type { DetailedDiff } from "../run.ts";
import type { Session } from "../session.ts";
import type { ResourceState } from "../state/resource-state.ts";
import { isProviderType } from "../urn.ts";
import { withoutVanished } from "./vanished.ts";

/** What reading one resource brought: its state now (undefined when it is gone), or nothing when the read failed. */
type Refreshed = { readonly next: ResourceState | undefined; readonly diff: DetailedDiff };

/**
 * Reads every managed object and brings the state up to date with what is found. Returns the new state; in a preview
 * it is only returned. A read that fails is reported and leaves its resource as it was.
 */
export async function refresh(session: Session): Promise<readonly ResourceState[]> {
  const { base, snapshot, parallel, recorder, cancellation } = session;
  const pool = new StepPool(parallel);
  const outcome = new Map<ResourceState, ResourceState | undefined>();
  await Promise.all(
    base.filter(isReadable).map((old) =>
      pool.run(async () => {
        if (cancellation.cancelled) return;
        const start = performance.now();
        recorder.event({ type: "step-started", step: viewResource("refresh", old, undefined) });
        const refreshed = await refreshOne(session, old);
        if (refreshed === undefined) return;
        outcome.set(old, refreshed.next);
        const step = viewResource(
          refreshed.next === undefined ? "delete" : "refresh",
          refreshed.next ?? old,
          refreshed.diff,
        );
        recorder.stepDone({ ...step, seconds: (performance.now() - start) / 1000 });
      }),
    ),
  );
  const resources = withoutVanished(base, outcome);
  snapshot.rebase(resources);
  await snapshot.flush();
  return resources;
}

/** Components have nothing to read, and what is already deleted waits for its replacement. */
function isReadable({ custom, type, pendingReplacement }: ResourceState): boolean {
  return custom && !isProviderType(type) && !pendingReplacement;
}

async function refreshOne(session: Session, old: ResourceState): Promise<Refreshed | undefined> {
  const { registry, base, recorder } = session;
  try {
    const provider = await registry.ensure(old.provider, base);
    const read = await readObject(provider, old);
    if (read.reasons.length > 0) {
      recorder.warning("provider", ["the object is unhealthy:", ...read.reasons].join("\n* "), old.urn);
    }
    if (read.id === "" || read.outputs === undefined) return { next: undefined, diff: {} };
    const next: ResourceState = {
      ...old,
      id: read.id,
      inputs: read.inputs ?? old.inputs,
      outputs: read.outputs,
      initErrors: [...read.reasons],
    };
    next.outputs = markSecretOutputs(next);
    const changed = !equal(old.inputs, next.inputs) || !equal(old.outputs, next.outputs);
    if (changed) next.modified = new Date().toISOString();
    return { next, diff: old.external ? {} : await drift(session, provider, old, next) };
  } catch (error) {
    const { message } = providerError(error);
    recorder.event({ type: "step-failed", step: viewResource("refresh", old, undefined), message });
    recorder.error("provider", message, old.urn);
    return undefined;
  }
}

async function readObject(provider: Provider, old: ResourceState): Promise<ReadResult> {
  const { urn, id, inputs, outputs, customTimeouts } = old;
  try {
    return await provider.read({ urn, id, inputs, outputs, timeout: customTimeouts.read ?? 0 });
  } catch (error) {
    const { partial } = providerError(error);
    if (partial === undefined) throw error;
    return { id: partial.id, outputs: partial.outputs, inputs: partial.inputs, reasons: partial.reasons };
  }
}

/**
 * What the world changed: the diff that an update back to the recorded inputs would have, seen from the other side.
 */
async function drift(session: Session, provider: Provider, old: ResourceState, next: ResourceState) {
  const diff = await diffWithProvider(provider, {
    urn: old.urn,
    id: next.id,
    oldInputs: next.inputs,
    oldOutputs: next.outputs,
    news: old.inputs,
    allowUnknowns: session.dryRun,
    ignoreChanges: old.ignoreChanges,
  });
  return invert(effectiveDiff(diff, [], next.inputs, old.inputs).detailed);
}
