import { update } from "./operations/update.ts";
import type { Run, StackOptions } from "./run.ts";
import { stateFileOf, withSession } from "./session.ts";
import type { Deployment } from "./state/deployment.ts";

/** One stack of a Pulumi project, operated by the lab's engine: the same program, plugins and packs as ever. */
export class Stack {
  readonly #options: StackOptions;

  constructor(options: StackOptions) {
    this.#options = options;
  }

  /** What `up` would do; nothing is changed, not even the state. */
  preview(_options: { refresh?: boolean } = {}): Promise<Run> {
    return withSession(this.#options, true, (session) => update(session, session.base));
  }

  /** Brings the resources to what the program says. */
  async up(_options: { refresh?: boolean; skipPreview?: boolean } = {}): Promise<Run> {
    return withSession(this.#options, false, (session) => update(session, session.base));
  }

  /** The stored state, secrets encrypted; an empty one before the first `up`. */
  state(): Promise<Deployment> {
    return stateFileOf(this.#options).read();
  }
}
