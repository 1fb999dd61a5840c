import { setTimeout } from "node:timers/promises";
import { CallError } from "./middleware/errors.ts";

/** A call as faults recognise it. */
export interface CallInSight {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Whether a fault concerns a call; a bulk is also recognised by the method of its items. */
export function concerns(method: string | undefined, call: CallInSight): boolean {
  if (method === undefined || method === call.method) return true;
  if (call.method !== "core.bulk") return false;
  const [name, items] = call.params;
  if (name === method) return true;
  if (name !== "core.bulk" || !Array.isArray(items)) return false;
  return items.some((params) => concerns(method, { method: "core.bulk", params }));
}

/** Predicate over the arguments of one logical call. */
export type Match = (params: readonly unknown[]) => boolean;

/** The faults that strike clients and connections, with what they carry. */
export interface Strikes {
  refuseLogin: object;
  wrongHostKey: object;
  refuseChannel: object;
  dropBefore: { readonly method?: string | undefined };
  dropAfter: { readonly method?: string | undefined };
  callTimeout: { readonly method?: string | undefined };
  stderrNoise: { readonly method?: string | undefined; readonly text: string };
  replyNotJson: { readonly method?: string | undefined; readonly text: string };
  daemonDown: object;
  error: { readonly method: string; readonly match?: Match | undefined; readonly text: string };
  badItem: { readonly method: string; readonly match: Match; readonly text: string };
  slow: { readonly method: string; readonly ms: number; readonly effect: "first" | "last" };
  cut: { readonly method: string };
  /** Towards other appliances. */
  foreignHostKey: object;
  breakTransfer: { readonly fraction: number; readonly dataset?: string | undefined };
  restart: { readonly method: string; readonly match?: Match | undefined };
}

interface Planned<K extends keyof Strikes> {
  readonly kind: K;
  readonly rule: Strikes[K];
  left: number;
}

/** An error in the middleware's spelling, `[EBUSY] text`, as the exception that produces it. */
export function callErrorFrom(text: string): CallError {
  const [, errno, message] = /^\[([A-Z_]+)\] (.*)$/s.exec(text) ?? [];
  return errno === undefined ? new CallError(text) : new CallError(message ?? "", errno);
}

/** What is planned to go wrong; asked at every point where something can. */
export class FaultPlan {
  #planned: Planned<keyof Strikes>[] = [];
  /** Set by the appliance: what a restart of the middleware does. */
  onRestart: () => void = () => {};
  /** Set by the appliance: what losing the network does. */
  onCut: () => Promise<void> = async () => {};

  /** Plans a fault for the next `times` occasions. */
  add<K extends keyof Strikes>(kind: K, rule: Strikes[K], times: number): void {
    this.#planned.push({ kind, rule, left: times });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The next planned fault of that kind that fits, used up by one; undefined when all is well. */
  take<K extends keyof Strikes>(kind: K, fits: (rule: Strikes[K]) => boolean = () => true): Strikes[K] | undefined {
    const found = this.#planned.find(
      (planned) => planned.kind === kind && planned.left > 0 && fits(planned.rule as Strikes[K]),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.rule as Strikes[K];
  }

  async beforeEffect(method: string, params: readonly unknown[]): Promise<void> {
    const failing = this.take("error", (rule) => rule.method === method && (rule.match?.(params) ?? true));
    if (failing !== undefined) throw callErrorFrom(failing.text);
    const slow = this.take("slow", (rule) => rule.method === method && rule.effect === "last");
    if (slow !== undefined) await setTimeout(slow.ms);
  }

  async afterEffect(method: string, params: readonly unknown[]): Promise<void> {
    const slow = this.take("slow", (rule) => rule.method === method && rule.effect === "first");
    if (slow !== undefined) await setTimeout(slow.ms);
    if (this.take("cut", (rule) => rule.method === method) !== undefined) await this.onCut();
    if (this.take("restart", (rule) => rule.method === method && (rule.match?.(params) ?? true)) !== undefined)
      this.onRestart();
  }

  beforeItem(method: string, params: readonly unknown[]): void {
    const bad = this.take("badItem", (rule) => rule.method === method && rule.match(params));
    if (bad !== undefined) throw callErrorFrom(bad.text);
  }
}
