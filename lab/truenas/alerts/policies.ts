import type { ApplianceState } from "../state/appliance-state.ts";
import { alertClass, LEVELS, type Level } from "./alert-classes.ts";
import { type AlertRow, alertsOf } from "./alert-row.ts";
import type { Desk } from "./desk.ts";
import { alertServicesOf } from "./service-row.ts";
import { send } from "./services.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long each policy saves up what is new and what is over; NEVER tells nothing. */
const SPANS = { IMMEDIATELY: 0, HOURLY: HOUR_MS, DAILY: DAY_MS } as const;
type Policy = keyof typeof SPANS;
const POLICIES = Object.keys(SPANS) as Policy[];

/** What was up when a policy told last. */
interface Told {
  readonly span: number;
  readonly alerts: ReadonlyMap<string, AlertRow>;
}

const lastTold = new WeakMap<ApplianceState, Map<Policy, Told>>();

const spanOf = (policy: Policy, time: number) => (SPANS[policy] === 0 ? time : Math.floor(time / SPANS[policy]));

const up = (state: ApplianceState) => new Map(alertsOf(state).entries());

/** What was up when the middleware started counts as told. */
function toldOf({ state, clock }: Desk): Map<Policy, Told> {
  const known =
    lastTold.get(state) ??
    new Map(POLICIES.map((policy) => [policy, { span: spanOf(policy, clock.time), alerts: up(state) }] as const));
  lastTold.set(state, known);
  return known;
}

/** Begins to keep account of what is told. */
export function startTelling(desk: Desk): void {
  toldOf(desk);
}

interface Settings {
  readonly classes: Readonly<Record<string, { readonly level?: Level; readonly policy?: string }>>;
}

function settingsOf({ state }: Desk): Settings["classes"] {
  return state.table<Settings>("configuration").get("alertclasses")?.classes ?? {};
}

/** How bad an alert is here. */
export function levelOf(desk: Desk, klass: string): Level {
  return settingsOf(desk)[klass]?.level ?? alertClass(klass, desk.dialect)?.level ?? "INFO";
}

/** When alerts of a class are told. */
export function policyOf(desk: Desk, klass: string): string {
  return settingsOf(desk)[klass]?.policy ?? "IMMEDIATELY";
}

const differs = (told: Told, now: ReadonlyMap<string, AlertRow>) =>
  told.alerts.size !== now.size || [...now.keys()].some((uuid) => !told.alerts.has(uuid));

/** When something that was saved up is told next; undefined when nothing was. */
export function nextTelling(desk: Desk, after: number): number | undefined {
  const now = up(desk.state);
  const times = [...toldOf(desk)]
    .filter(([policy, told]) => SPANS[policy] > 0 && differs(told, now))
    .map(([policy]) => (Math.floor(after / SPANS[policy]) + 1) * SPANS[policy]);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Tells each service that is on what is new and what is over, as far as it is bad enough and its time has come. */
export async function tell(desk: Desk): Promise<void> {
  const now = up(desk.state);
  for (const [policy, told] of toldOf(desk)) {
    const span = spanOf(policy, desk.clock.time);
    if (SPANS[policy] > 0 && span === told.span) continue;
    const gone = [...told.alerts.values()].filter(({ uuid }) => !now.has(uuid));
    const fresh = [...now.values()].filter(({ uuid }) => !told.alerts.has(uuid));
    toldOf(desk).set(policy, { span, alerts: now });
    await tellServices(desk, policy, gone, fresh);
  }
}

/** An alert that was cleared and found again in between is no news. */
function withoutReturned(gone: readonly AlertRow[], fresh: readonly AlertRow[]): [AlertRow[], AlertRow[]] {
  const twin = (one: AlertRow) => (other: AlertRow) => one.klass === other.klass && one.key === other.key;
  return [gone.filter((one) => !fresh.some(twin(one))), fresh.filter((one) => !gone.some(twin(one)))];
}

async function tellServices(
  desk: Desk,
  policy: Policy,
  gone: readonly AlertRow[],
  fresh: readonly AlertRow[],
): Promise<void> {
  for (const service of alertServicesOf(desk.state)
    .values()
    .filter(({ enabled }) => enabled)) {
    const reaches = ({ klass }: AlertRow) =>
      LEVELS.indexOf(levelOf(desk, klass)) >= LEVELS.indexOf(service.level as Level);
    const now = (alert: AlertRow) => reaches(alert) && policyOf(desk, alert.klass) === policy;
    const [over, news] = withoutReturned(gone.filter(now), fresh.filter(now));
    if (over.length === 0 && news.length === 0) continue;
    const shown = (alert: AlertRow) => !alert.dismissed;
    const alerts = alertsOf(desk.state)
      .values()
      .filter((alert) => reaches(alert) && policyOf(desk, alert.klass) !== "NEVER" && shown(alert));
    const report = { alerts, gone: over.filter(shown), fresh: news.filter(shown) };
    if (Object.values(report).every((list) => list.length === 0)) continue;
    // A service that cannot be reached is noted in the middleware's log only.
    await send(desk, service, report).catch(() => undefined);
  }
}
