import type { Call } from "../model/resource-type.ts";
import { type Environment, readEnvironment } from "../plugin/environment.ts";
import { endedJob } from "./ended-job.ts";
import { type ApplianceAddress, Inspection } from "./inspection.ts";
import { refusalOfWrite } from "./only-reads.ts";

const TRIALS: ReadonlySet<string> = new Set(["mail.send", "alertservice.test"]);

/** An appliance that tells somebody something for a test; a call that would change anything is refused unsent. */
export class AlertTrial extends Inspection {
  /** Opens nothing yet. */
  constructor(address: ApplianceAddress, environment: Environment = readEnvironment()) {
    super(address, environment, (call: Call) => (TRIALS.has(call.method) ? undefined : refusalOfWrite(call)));
  }

  /**
   * Sends a mail with the appliance's own settings and waits until its server has taken it. False when mail is not among
   * what the appliance may use the network for; rejects with the reason when the server does not take it.
   */
  async mail(to: readonly string[], subject: string, text: string): Promise<boolean> {
    // Queued mail would be tried again long after somebody has read that it failed.
    const id = await this.appliance.write({ method: "mail.send", params: [{ subject, text, to, queue: false }] });
    return (await endedJob(this, "mail.send", id)) === true;
  }

  /** Tells through an alert service that need not be set up. False when it did not work; the log of the appliance says why. */
  async alert(type: string, attributes: Readonly<Record<string, unknown>>, level: string): Promise<boolean> {
    const common = { name: "Test", level, enabled: true };
    const body =
      (await this.dialect()) === "25.04"
        ? { ...common, type, attributes }
        : { ...common, attributes: { type, ...attributes } };

    return (await this.appliance.write({ method: "alertservice.test", params: [body], secret: true })) === true;
  }
}
