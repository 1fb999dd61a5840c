import type { PlannedStep } from "../planner/planned-step.ts";
import { display } from "../properties/value.ts";
import type { Op, Step } from "../run.ts";
import type { ResourceState } from "../state/resource-state.ts";

const OPS: Readonly<Record<PlannedStep["op"], Op>> = {
  same: "same",
  create: "create",
  "create-replacement": "replace",
  update: "update",
  delete: "delete",
  "delete-replaced": "delete",
  "remove-pending-replacement": "delete",
  read: "read",
  import: "import",
};

/** A planned step as callers see it. */
export function viewStep(step: PlannedStep): Step {
  return viewResource(OPS[step.op], "next" in step ? step.next : step.old, step.diff);
}

/** A resource and what happened to it, as callers see it. */
export function viewResource(op: Op, resource: ResourceState, diff: Step["diff"]): Step {
  return {
    urn: resource.urn,
    type: resource.type,
    op,
    ...(diff === undefined || Object.keys(diff).length === 0 ? {} : { diff }),
    custom: resource.custom,
    inputs: display(resource.inputs),
    outputs: display(resource.outputs),
    ...(resource.parent === "" ? {} : { parent: resource.parent }),
    ...(resource.provider === "" ? {} : { provider: resource.provider }),
  };
}
