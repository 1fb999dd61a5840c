import { destroy } from "./operations/destroy.ts";
import { type ImportRequest, importResources } from "./operations/import.ts";
import { refresh } from "./operations/refresh.ts";
import { update } from "./operations/update.ts";
import type { Run, StackOptions } from "./run.ts";
import { type Session, stateFileOf, withSession } from "./session.ts";
import type { Deployment } from "./state/deployment.ts";

/** One stack of a Pulumi project, operated by the lab's engine: the same program, plugins and packs as ever. */
export class Stack {
  readonly #options: StackOptions;

  constructor(options: StackOptions) {
    this.#options = options;
  }

  /** What `up` would do; nothing is changed, not even the state. `refresh` reads every object first. */
  preview(options: { refresh?: boolean } = {}): Promise<Run> {
    return this.#preview(this.#options, options);
  }

  /**
   * Brings the resources to what the program says. It previews first and stops there, with `stoppedAtPreview` and
   * nothing done, when the preview fails; `skipPreview` leaves that to a caller who has previewed already.
   */
  async up(options: { refresh?: boolean; skipPreview?: boolean } = {}): Promise<Run> {
    return await this.#afterPreview(
      options.skipPreview,
      (quiet) => this.#preview(quiet, options),
      () => withSession(this.#options, false, (session) => updateFrom(session, options.refresh)),
    );
  }

  /** Reads every object and brings the state up to date; a drifted one has a `refresh` step with a diff. */
  refresh(): Promise<Run> {
    return withSession(this.#options, false, async (session) => {
      await refresh(session);
    });
  }

  /** Deletes everything; previews first, as `up` does. */
  async destroy(options: { skipPreview?: boolean } = {}): Promise<Run> {
    return await this.#afterPreview(
      options.skipPreview,
      (quiet) => withSession(quiet, true, destroy),
      () => withSession(this.#options, false, destroy),
    );
  }

  /** Takes objects that exist into the state, protected unless said otherwise; what stands in the first is known to the next. */
  import(...requests: readonly ImportRequest[]): Promise<Run> {
    return withSession(this.#options, false, (session) => importResources(session, requests));
  }

  /** The stored state, secrets encrypted; an empty one before the first `up`. */
  state(): Promise<Deployment> {
    return stateFileOf(this.#options).read();
  }

  #preview(options: StackOptions, { refresh: first }: { refresh?: boolean }): Promise<Run> {
    return withSession(options, true, (session) => updateFrom(session, first));
  }

  async #afterPreview(
    skip: boolean | undefined,
    preview: (quiet: StackOptions) => Promise<Run>,
    operate: () => Promise<Run>,
  ): Promise<Run> {
    if (skip) return await operate();
    // What a good preview says is said again by the operation itself.
    const { onEvent, ...quiet } = this.#options;
    const run = await preview(quiet);
    if (run.ok) return await operate();
    for (const diagnostic of run.diagnostics) onEvent?.({ type: "diagnostic", diagnostic });
    for (const finding of run.policies) onEvent?.({ type: "policy", finding });
    return { ...run, steps: [], stoppedAtPreview: true };
  }
}

async function updateFrom(session: Session, refreshFirst: boolean | undefined): Promise<void> {
  if (!refreshFirst) return await update(session, session.base);
  const base = await refresh(session);
  if (!session.recorder.failed) await update(session, base);
}
