import type { Deployment } from "../deployment.ts";
import { deletionOrder } from "./dependency-graph.ts";
import type { PlannedStep } from "./planned-step.ts";
import type { Planner } from "./planner.ts";

type DeleteStep = Extract<PlannedStep, { op: "delete" | "delete-replaced" | "remove-pending-replacement" }>;

/**
 * What goes once the program has ended: everything it no longer registers, and what replacements have left behind.
 * Each group may be deleted at once, after all groups before it.
 */
export async function planDeletes(deployment: Deployment, planner: Planner): Promise<DeleteStep[][]> {
  const steps = new Map(
    deployment.base.flatMap((old) => {
      const step = deleteStep(old, planner);
      return step === undefined ? [] : [[old, step] as const];
    }),
  );
  for (const { op, old } of steps.values()) {
    if (op !== "delete-replaced") planner.progress.deleted.add(old.urn);
    const needsProvider = op !== "remove-pending-replacement" && old.custom && !old.external && old.provider !== "";
    if (needsProvider && !deployment.dryRun) await deployment.registry.ensure(old.provider, deployment.base);
  }
  return deletionOrder([...steps.keys()]).map((group) =>
    group.flatMap((old) => {
      const step = steps.get(old);
      return step === undefined ? [] : [step];
    }),
  );
}

function deleteStep(old: Deployment["base"][number], planner: Planner): DeleteStep | undefined {
  const { urn } = old;
  if (planner.progress.condemned.has(old) && old.delete) return undefined;
  if (old.delete) return { op: "delete-replaced", urn, old, beforeReplacement: false };
  if (planner.isRegistered(urn)) return undefined;
  if (planner.progress.condemned.has(old) || old.pendingReplacement) {
    return { op: "remove-pending-replacement", urn, old };
  }
  return { op: "delete", urn, old };
}
