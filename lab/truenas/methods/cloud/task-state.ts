import { type Job, jobEntry } from "../../middleware/jobs.ts";
import type { Context } from "../../middleware/method.ts";

interface TaskRow {
  readonly id: number;
  readonly job?: unknown;
}

/** The job of a task: the one that is running or was last in this middleware's life, else the last that it remembers. */
export function jobOf({ jobs }: Context, methods: readonly string[], row: TaskRow): unknown {
  const own = jobs.all().filter((job) => methods.includes(job.method) && job.arguments[0] === row.id);
  const job = own.find(({ state }) => state === "RUNNING") ?? own.at(-1);
  return job === undefined ? (row.job ?? null) : jobEntry(job, false);
}

/** Remembers with the task how its job ended; one that the middleware's restart cut off leaves no trace. */
export function remembered(context: Context, namespace: string, id: number, job: Job | undefined): void {
  void job?.done.then(() => {
    if (context.jobs.get(job.id) !== job) return;
    const rows = context.state.table<TaskRow>(namespace);
    const row = rows.get(id);
    if (row === undefined) return;
    rows.put(id, { ...row, job: { ...jobEntry(job, false), id: null, logs_path: null } });
    context.state.commit();
  });
}
