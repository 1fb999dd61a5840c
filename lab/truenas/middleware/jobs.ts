import { setImmediate } from "node:timers/promises";
import { CallError, errorRepr, errorText, ValidationErrors } from "./errors.ts";

/** A method call that goes on after its reply; the reply is its number. */
export interface Job {
  readonly id: number;
  readonly method: string;
  readonly arguments: readonly unknown[];
  state: "WAITING" | "RUNNING" | "SUCCESS" | "FAILED" | "ABORTED";
  progress: { percent: number; description: string; extra: unknown };
  description: string | null;
  result: unknown;
  failure: unknown;
  started: number;
  finished: number | null;
  /** Somebody wants it to end; it does when it looks. */
  aborting: boolean;
  /** Settles when the job has ended, however it ended. */
  done: Promise<void>;
  /** Called whenever the progress changes. */
  readonly watchers: Set<(job: Job) => void>;
}

const KEPT_JOBS = 1000;

/** What ends a job that somebody aborted. */
export class Aborted extends Error {}

/** Called by long jobs now and then; throws when the job is to end. */
export function stopIfAborted(job: Job | undefined): void {
  if (job?.aborting) throw new Aborted("aborted");
}

/** The job table: in memory only, numbers rising from 1, the last thousand kept. */
export class Jobs {
  readonly #jobs = new Map<number, Job>();
  readonly #locks = new Map<string, Promise<void>>();
  #next = 1;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get(id: number): Job | undefined {
    return this.#jobs.get(id);
  }

  /** Starts a job; jobs that name the same lock run one after the other. */
  start(method: string, args: readonly unknown[], lock: string | undefined, body: (job: Job) => Promise<unknown>): Job {
    const job: Job = {
      id: this.#next++,
      method,
      arguments: args,
      state: "WAITING",
      progress: { percent: 0, description: "", extra: null },
      description: null,
      result: null,
      failure: undefined,
      started: this.#now(),
      finished: null,
      aborting: false,
      done: Promise.resolve(),
      watchers: new Set(),
    };
    this.#jobs.set(job.id, job);
    this.#jobs.delete(job.id - KEPT_JOBS);
    const turn = lock === undefined ? Promise.resolve() : (this.#locks.get(lock) ?? Promise.resolve());
    // The number is out before the job begins, so that whoever waits for it sees all of its progress.
    job.done = turn.then(() => setImmediate()).then(() => this.#run(job, body));
    if (lock !== undefined) this.#locks.set(lock, job.done);
    return job;
  }

  /** Tells whoever waits for the job how far it is. */
  progress(job: Job, percent: number, description: string): void {
    job.progress = { percent, description, extra: null };
    for (const watcher of job.watchers) watcher(job);
  }

  /** The jobs that the table has, oldest first. */
  all(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** What the table tells about its jobs, as `core.get_jobs` returns them. */
  entries(raw: boolean): Record<string, unknown>[] {
    return [...this.#jobs.values()].map((job) => jobEntry(job, raw));
  }

  /** Forgets every job, as a restart of the middleware does. */
  clear(): void {
    this.#jobs.clear();
    this.#locks.clear();
    this.#next = 1;
  }

  async #run(job: Job, body: (job: Job) => Promise<unknown>): Promise<void> {
    job.state = "RUNNING";
    try {
      job.result = await body(job);
      job.state = "SUCCESS";
      this.progress(job, 100, job.progress.description);
    } catch (error) {
      job.failure = error;
      job.state = error instanceof Aborted ? "ABORTED" : "FAILED";
    }
    job.finished = this.#now();
  }
}

function failureInfo(failure: unknown): Record<string, unknown> {
  if (failure instanceof ValidationErrors) {
    const extra = failure.refusals.map(({ attribute, message, errno }) => [attribute, message, errno]);
    return { repr: errorRepr(failure), type: "VALIDATION", errno: null, extra };
  }
  const known = failure instanceof CallError;
  return {
    repr: errorRepr(failure),
    type: known ? "CallError" : "Exception",
    errno: known ? failure.errno : null,
    extra: known ? failure.extra : null,
  };
}

/** What the table tells about a job; its result only when `raw`. */
export function jobEntry(job: Job, raw: boolean): Record<string, unknown> {
  const failed = job.failure !== undefined;
  return {
    id: job.id,
    message_ids: [],
    method: job.method,
    arguments: job.arguments,
    transient: false,
    description: job.description,
    abortable: false,
    logs_path: null,
    logs_excerpt: null,
    progress: job.progress,
    result: raw || job.result === null ? job.result : "********",
    result_encoding_error: null,
    error: failed ? errorText(job.failure) : null,
    exception: failed ? errorRepr(job.failure) : null,
    exc_info: failed ? failureInfo(job.failure) : null,
    state: job.state,
    time_started: { $date: Math.floor(job.started / 1000) * 1000 },
    time_finished: job.finished === null ? null : { $date: Math.floor(job.finished / 1000) * 1000 },
    credentials: { type: "UNIX_SOCKET", data: { username: "root" } },
  };
}
