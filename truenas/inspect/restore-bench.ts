import { Refused } from "../model/refused.ts";
import { type Environment, readEnvironment } from "../plugin/environment.ts";
import { endedJob, type Progress } from "./ended-job.ts";
import { type ApplianceAddress, Inspection } from "./inspection.ts";
import { isScratch, refusalOutside, SCRATCH_PREFIX } from "./only-scratch.ts";

/**
 * An appliance on which copies are restored for a test: it is looked at, and its scratch dataset is made, filled and
 * destroyed. A call that would change anything else is refused before anything is sent.
 */
export class RestoreBench extends Inspection {
  /** The dataset that may be changed, pool first. */
  readonly scratch: string;

  /** Opens nothing yet. @throws Refused when `scratch` is not the path of a scratch dataset */
  constructor(address: ApplianceAddress, scratch: string, environment: Environment = readEnvironment()) {
    if (!isScratch(scratch)) {
      throw new Refused(
        `${scratch} is no scratch dataset; use pool/${SCRATCH_PREFIX} followed by a name in kebab-case`,
      );
    }
    super(address, environment, (call) => refusalOutside(scratch, call));
    this.scratch = scratch;
  }

  /** Changes the scratch dataset. */
  async change(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return await this.appliance.write({ method, params });
  }

  /** Starts a job that fills the scratch dataset, and waits for its end however long it takes. */
  async work(method: string, params: readonly unknown[], tell: (progress: Progress) => void): Promise<void> {
    await endedJob(this, method, await this.change(method, ...params), tell);
  }
}
