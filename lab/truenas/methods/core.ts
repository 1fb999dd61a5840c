import { CallError, errorText, ValidationErrors } from "../middleware/errors.ts";
import type { Job } from "../middleware/jobs.ts";
import { any, defaulted, int, nullable, str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { isRecord, list } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";

interface BulkItem {
  readonly job_id: number | null;
  readonly error: string | null;
  readonly result: unknown;
}

// `"{0[name]}"` over the arguments of the item, as Python's format does it.
function described(template: string | null, params: readonly unknown[]): string {
  return (template ?? "").replaceAll(/\{(\d+)(?:\[([^\]]+)\])?\}/g, (_all, index: string, key?: string) => {
    const value = params[Number(index)];
    return String(key !== undefined && isRecord(value) ? value[key] : value);
  });
}

async function bulkItem(context: Context, name: string, params: readonly unknown[]): Promise<BulkItem> {
  const { jobId, result = null, failure } = await context.item(name, params);
  if (failure !== undefined) return { job_id: jobId, error: errorText(failure), result: null };
  return { job_id: jobId, error: null, result };
}

async function bulk(
  context: Context,
  name: string,
  items: readonly unknown[][],
  template: string | null,
  job: Job | undefined,
) {
  const statuses: BulkItem[] = [];
  for (const [index, params] of items.entries()) {
    const progress = `${statuses.length} / ${items.length}`;
    if (job !== undefined)
      context.jobs.progress(job, Math.floor((100 * index) / items.length), described(template, params) || progress);
    statuses.push(await bulkItem(context, name, params));
  }
  return statuses;
}

/** `core.*`: what every client uses to reach the rest. */
export const coreMethods: Methods = {
  "core.ping": method({}, () => "pong"),
  "core.bulk": method(
    { method: str(), params: list(list(any)), description: defaulted(nullable(str()), null) },
    (context, { method: name, params, description }, job) => bulk(context, name, params, description, job),
    { job: { lock: (params) => `bulk:${String(params[0])}` } },
  ),
  "core.get_jobs": method({ filters: queryFilters, options: queryOptions }, ({ jobs }, { filters, options }) =>
    filterList(jobs.entries(options.extra["raw_result"] === true), filters, options),
  ),
  "core.job_wait": method(
    { id: int() },
    async ({ jobs }, { id }) => {
      const target = jobs.get(id);
      if (target === undefined) throw new CallError(`Job ${id} does not exist`, "ENOENT");
      await target.done;
      if (target.failure !== undefined) throw new CallError(errorText(target.failure));
      return target.result;
    },
    { job: {} },
  ),
  "core.job_abort": method({ id: int() }, ({ jobs }, { id }) => {
    if (jobs.get(id) === undefined) throw new ValidationErrors().add("id", "Job does not exist", "ENOENT");
    throw new CallError(`Job ${id} is not abortable`);
  }),
};
