import { type BatchOptions, cancellation } from "../midclt/batch.ts";
import { Refused } from "../model/refused.ts";
import type { Call } from "../model/resource-type.ts";
import { answersSecrets, secretFields, valuesOf } from "../model/secrets.ts";
import { holdsUnread, UNREAD } from "../model/unread.ts";
import type { Redactor } from "./redact.ts";

/** Calls that carry secrets: each travels by itself, in a way that shows nothing of it to others on the appliance. */
export class Unseen {
  readonly #options: BatchOptions;
  readonly #redactor: Redactor;
  #cancelled = false;

  constructor(options: BatchOptions, redactor: Redactor) {
    this.#options = options;
    this.#redactor = redactor;
  }

  /** True for a call that says so, for one that is answered with secrets, and for one in which any is that is known. */
  mustCarry({ method, secret, params }: Call): boolean {
    return secret === true || answersSecrets(method) || this.#redactor.isIn(params);
  }

  /** Makes the call; what its answer tells as a secret is one from then on. */
  async call(call: Call): Promise<unknown> {
    const { host, send, record } = this.#options;
    if (this.#cancelled) throw cancellation(host, call);
    const started = performance.now();
    const seconds = () => (performance.now() - started) / 1000;
    try {
      const result = await send({ ...call, secret: true }, 1);
      for (const secret of valuesOf(secretFields(call.method), result)) this.#redactor.add(secret);
      record(call, { result }, seconds());
      return result;
    } catch (error) {
      record(call, { error }, seconds());
      throw error;
    }
  }

  /** Refuses what was not sent yet; what is under way ends by itself. */
  cancel(): void {
    this.#cancelled = true;
  }
}

/** Nobody means to send what an import wrote in place of a secret. */
export function refuseUnread(label: string, { method, params }: Call): void {
  if (!holdsUnread(params)) return;
  throw new Refused(
    `${label}: ${method} needs a secret in place of "${UNREAD}", which an import wrote since nobody reads secrets; state it and run again`,
  );
}
