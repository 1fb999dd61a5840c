import { setImmediate } from "node:timers/promises";
import type { FaultPlan } from "../fault-plan.ts";
import { liveAddresses } from "../network/interface-rows.ts";
import { settle } from "../network/staged-interfaces.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Surroundings } from "../surroundings.ts";
import { dialectOf } from "../versions.ts";
import { ConnectionLost, errorText, MethodNotFound } from "./errors.ts";
import { type Job, Jobs } from "./jobs.ts";
import { acceptArguments, type Context, type ItemOutcome, type Method, type Methods } from "./method.ts";
import { plain } from "./python-json.ts";
import { Trace } from "./trace.ts";

/** Who calls: a client over SSH is counted, traced and open to faults; the GUI stands for anybody else. */
export type Caller = "ssh" | "gui";

/** What a call gives back: a value, or the job that will have one. */
export type Reply = { readonly value: unknown } | { readonly job: Job };

/** What an appliance is made of, as far as its middleware is concerned. */
export interface MiddlewareParts {
  /** The appliance's host name. */
  readonly name: string;
  readonly state: ApplianceState;
  readonly surroundings: Surroundings;
  readonly version: string;
  readonly hostnames: ReadonlyMap<string, string>;
  readonly methods: Methods;
  readonly faults: FaultPlan;
}

interface Call {
  readonly name: string;
  readonly method: Method;
  readonly params: readonly unknown[];
  readonly caller: Caller;
  readonly inBulk: boolean;
}

/** After so many items a bulk lets other clients have a turn. */
const ITEMS_PER_TURN = 25;

/** Dispatches calls to methods, runs jobs, and makes every effect durable before its reply goes out. */
export class Middleware {
  readonly jobs: Jobs;
  readonly trace = new Trace();
  readonly #parts: MiddlewareParts;
  #lost = Promise.withResolvers<never>();

  constructor(parts: MiddlewareParts) {
    this.#parts = parts;
    this.jobs = new Jobs(() => parts.surroundings.clock.time);
    this.#lost.promise.catch(() => undefined);
  }

  /** Rejects when the middleware goes away under a connected client. */
  get lost(): Promise<never> {
    return this.#lost.promise;
  }

  /** True when the method runs as a job in this release. */
  isJob(name: string): boolean {
    return this.#method(name)?.job !== undefined;
  }

  /** Starts a call; throws what the method throws unless it runs as a job. */
  async request(name: string, params: readonly unknown[], caller: Caller): Promise<Reply> {
    const method = this.#method(name);
    if (method === undefined) throw new MethodNotFound(name);
    const call: Call = { name, method, params, caller, inBulk: false };
    if (method.job !== undefined) return { job: this.#startJob(call) };
    try {
      return { value: await this.#run(call, undefined) };
    } finally {
      this.#parts.state.commit();
    }
  }

  /** Calls a method and waits for its result, also when it is a job's. */
  async call(name: string, params: readonly unknown[], caller: Caller): Promise<unknown> {
    const reply = await this.request(name, params, caller);
    if ("value" in reply) return reply.value;
    await Promise.race([reply.job.done, this.lost]);
    if (reply.job.failure !== undefined) throw reply.job.failure;
    return reply.job.result;
  }

  /** Goes away and comes back: clients lose their connection, jobs are forgotten and stop where they are. */
  restart(): void {
    this.jobs.clear();
    settle(this.#parts.state);
    this.#lost.reject(new ConnectionLost("the middleware restarted"));
    this.#lost = Promise.withResolvers<never>();
    this.#lost.promise.catch(() => undefined);
  }

  #method(name: string): Method | undefined {
    return Object.hasOwn(this.#parts.methods, name) ? this.#parts.methods[name] : undefined;
  }

  #startJob(call: Call): Job {
    const lock = call.method.job?.lock;
    const ownLock = typeof lock === "function" ? lock(call.params) : lock;
    return this.jobs.start(call.name, plain(call.params) as unknown[], ownLock, async (job) => {
      try {
        return await this.#run(call, job);
      } finally {
        if (!call.inBulk) this.#parts.state.commit();
      }
    });
  }

  // A bulk leaves no trace of its own: its items are the calls.
  async #run(call: Call, job: Job | undefined): Promise<unknown> {
    const { name, method, params, caller, inBulk } = call;
    const { faults } = this.#parts;
    if (caller === "gui") return this.#effect(call, job);
    if (name === "core.bulk") {
      await faults.beforeEffect(name, params);
      return this.#effect(call, job);
    }
    const started = performance.now();
    const shown = plain(params) as unknown[];
    this.trace.arrived(method.writes === true);
    try {
      if (inBulk) faults.beforeItem(name, shown);
      await faults.beforeEffect(name, shown);
      const result = await this.#effect(call, job);
      await faults.afterEffect(name, shown);
      this.trace.ended(name, shown, started, { result });
      return result;
    } catch (error) {
      this.trace.ended(name, shown, started, { error: errorText(error) });
      throw error;
    }
  }

  async #effect({ method, params, caller }: Call, job: Job | undefined): Promise<unknown> {
    return await method.run(this.#context(caller), acceptArguments(method, params), job);
  }

  #context(caller: Caller): Context {
    const { name: host, state, surroundings, version, hostnames } = this.#parts;
    let items = 0;
    const epoch = this.#lost;
    // A restarted middleware does not finish what it had begun.
    const breath = async () => {
      await setImmediate();
      if (epoch !== this.#lost) await new Promise<never>(() => {});
    };
    return {
      host,
      state,
      clock: surroundings.clock,
      surroundings,
      version,
      dialect: dialectOf(version),
      addresses: liveAddresses(state),
      hostnames,
      jobs: this.jobs,
      call: (name, ...params) => this.call(name, params, "gui"),
      breath,
      item: async (name, params) => {
        items += 1;
        if (items % ITEMS_PER_TURN === 0 || epoch !== this.#lost) await breath();
        return this.#item(name, params, caller);
      },
    };
  }

  async #item(name: string, params: readonly unknown[], caller: Caller): Promise<ItemOutcome> {
    const method = this.#method(name);
    if (method === undefined) return { jobId: null, failure: new MethodNotFound("Method does not exist") };
    const call: Call = { name, method, params, caller, inBulk: true };
    if (method.job === undefined) {
      return this.#run(call, undefined).then(
        (result) => ({ jobId: null, result }),
        (failure: unknown) => ({ jobId: null, failure }),
      );
    }
    const job = this.#startJob(call);
    await job.done;
    return job.failure === undefined ? { jobId: job.id, result: job.result } : { jobId: job.id, failure: job.failure };
  }
}
