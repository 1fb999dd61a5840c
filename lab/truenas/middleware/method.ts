import type { Clock } from "../clock.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Dialect } from "../versions.ts";
import { ValidationErrors } from "./errors.ts";
import type { Job, Jobs } from "./jobs.ts";
import type { Kind, Of, Problem } from "./kinds.ts";

/** What became of one item of a bulk. */
export interface ItemOutcome {
  readonly jobId: number | null;
  readonly result?: unknown;
  readonly failure?: unknown;
}

/** What a method may reach while it runs. */
export interface Context {
  /** The appliance's host name, by which its world knows it. */
  readonly host: string;
  readonly state: ApplianceState;
  readonly clock: Clock;
  /** What the appliance finds outside itself. */
  readonly surroundings: Surroundings;
  readonly version: string;
  readonly dialect: Dialect;
  readonly jobs: Jobs;
  /** Addresses that the appliance answers on. */
  readonly addresses: readonly string[];
  /** Names that the appliance's resolver knows, with their addresses. */
  readonly hostnames: ReadonlyMap<string, string>;
  /** Calls another method in the same breath, without leaving a trace. */
  call(method: string, ...params: unknown[]): Promise<unknown>;
  /** Lets others have a turn in the middle of something long; never returns when the middleware was restarted meanwhile. */
  breath(): Promise<void>;
  /** Runs one item of a bulk: traced, counted and open to faults like a call of its own. */
  item(method: string, params: readonly unknown[]): Promise<ItemOutcome>;
}

/** One positional argument: its name, as errors spell it, and what it accepts. */
export interface Argument {
  readonly name: string;
  readonly kind: Kind<unknown>;
}

/** How a method behaves besides what it computes. */
export interface Traits {
  /** Runs as a job: the call returns a number at once. Jobs with the same lock run one after the other. */
  readonly job?: { readonly lock?: string | ((params: readonly unknown[]) => string) };
  /** Changes something on the appliance. */
  readonly writes?: boolean;
}

/** A method of the middleware. */
export interface Method extends Traits {
  readonly parameters: readonly Argument[];
  run(context: Context, values: readonly unknown[], job: Job | undefined): unknown;
}

/** Methods by their full name. */
export type Methods = Readonly<Record<string, Method>>;

type Values<A extends Readonly<Record<string, Kind<unknown>>>> = { [K in keyof A]: Of<A[K]> };

/** Defines a method: its arguments by name and order, what it does with them, and its traits. */
export function method<const A extends Readonly<Record<string, Kind<unknown>>>>(
  parameters: A,
  run: (context: Context, values: Values<A>, job: Job | undefined) => unknown,
  traits: Traits = {},
): Method {
  const names = Object.keys(parameters);
  return {
    ...traits,
    parameters: names.map((name) => ({ name, kind: parameters[name] as Kind<unknown> })),
    run: (context, values, job) => {
      const named = Object.fromEntries(names.map((name, index) => [name, values[index]]));
      return run(context, named as Values<A>, job);
    },
  };
}

/** The accepted arguments with defaults filled in, or all problems at once. */
export function acceptArguments({ parameters }: Method, params: readonly unknown[]): unknown[] {
  const errors = new ValidationErrors();
  if (params.length > parameters.length)
    throw errors.add("", `Too many arguments (expected ${parameters.length}, found ${params.length})`);
  const problems: Problem[] = [];
  const values = parameters.map(({ name, kind }, index) => {
    if (index < params.length) return kind.check(params[index], [name], problems);
    if (kind.missing === "required") problems.push({ path: [name], message: "Field required" });
    return typeof kind.missing === "object" ? structuredClone(kind.missing.value) : undefined;
  });
  for (const { path, message } of problems) errors.add(path.join("."), message);
  errors.check();
  return values;
}
