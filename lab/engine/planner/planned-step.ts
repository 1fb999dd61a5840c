import type { Provider } from "../providers/provider.ts";
import type { DetailedDiff } from "../run.ts";
import type { ResourceState } from "../state/resource-state.ts";

interface StepBase {
  readonly urn: string;
  readonly diff?: DetailedDiff | undefined;
}

/** Work for the executor: what to do, with the states before and after. */
export type PlannedStep =
  | (StepBase & { readonly op: "same"; readonly old: ResourceState; readonly next: ResourceState })
  | (StepBase & { readonly op: "create"; readonly next: ResourceState; readonly provider: Provider | undefined })
  | (StepBase & {
      readonly op: "create-replacement";
      readonly old: ResourceState;
      readonly next: ResourceState;
      readonly provider: Provider | undefined;
      /** True when the old object is deleted after everything else, false when it is gone already. */
      readonly keepsOld: boolean;
    })
  | (StepBase & {
      readonly op: "update";
      readonly old: ResourceState;
      readonly next: ResourceState;
      readonly provider: Provider | undefined;
      readonly ignoreChanges: readonly string[];
    })
  | (StepBase & { readonly op: "delete"; readonly old: ResourceState })
  | (StepBase & {
      readonly op: "delete-replaced";
      readonly old: ResourceState;
      /** True when the object is deleted ahead of its replacement. */
      readonly beforeReplacement: boolean;
    })
  | (StepBase & { readonly op: "remove-pending-replacement"; readonly old: ResourceState })
  | (StepBase & {
      readonly op: "read";
      readonly old: ResourceState | undefined;
      readonly next: ResourceState;
      readonly provider: Provider;
    })
  | (StepBase & {
      readonly op: "import";
      /** The object this resource managed until now, to be deleted at the end. */
      readonly replaced: ResourceState | undefined;
      readonly next: ResourceState;
      readonly provider: Provider;
    });

/** Planning cannot go on; what is wrong has been reported. */
export class PlanFailed extends Error {}
