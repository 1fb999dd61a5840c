import { createHash } from "node:crypto";
import type { ApplianceState } from "../state/appliance-state.ts";
import { type AlertRow, alertsOf, type Found, keyText } from "./alert-row.ts";
import type { AlertSource } from "./alert-source.ts";
import type { Desk } from "./desk.ts";
import { nextRetry, retryMails } from "./mail-queue.ts";
import { nextTelling, tell } from "./policies.ts";
import { SOURCES } from "./sources.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** When a source looked last, and at what. */
interface Look {
  readonly at: number;
  readonly generation: number;
}

const looks = new WeakMap<ApplianceState, Map<string, Look>>();

function looksOf(state: ApplianceState): Map<string, Look> {
  const known = looks.get(state) ?? new Map<string, Look>();
  looks.set(state, known);
  return known;
}

const generationOf = ({ reads }: AlertSource, state: ApplianceState) =>
  reads(state).reduce((sum, { generation }) => sum + generation, 0);

const here = (desk: Desk) => SOURCES.filter(({ only }) => only === undefined || only === desk.dialect);

/** Grows with everything that sources look at. */
export function generation(desk: Desk): number {
  return here(desk).reduce((sum, source) => sum + generationOf(source, desk.state), 0);
}

/** The first full minute after a moment. */
const minuteAfter = (time: number) => (Math.floor(time / MINUTE_MS) + 1) * MINUTE_MS;
const minuteFrom = (time: number) => Math.ceil(time / MINUTE_MS) * MINUTE_MS;

function hourFrom(time: number, hour: number): number {
  const day = Math.floor(time / DAY_MS) * DAY_MS + hour * HOUR_MS;
  return day >= time ? day : day + DAY_MS;
}

/** When a source looks again, if there is reason to; it never looks at the same things twice. */
function nextLook(desk: Desk, source: AlertSource, after: number): number | undefined {
  const last = looksOf(desk.state).get(source.name);
  const turn = source.turns?.(desk);
  const changed = last?.generation !== generationOf(source, desk.state);
  if (!changed) return turn === undefined ? undefined : minuteAfter(Math.max(turn, after));
  const earliest = Math.max(minuteAfter(after), minuteFrom((last?.at ?? 0) + (source.every?.(desk.dialect) ?? 0)));
  return source.hour === undefined ? earliest : hourFrom(earliest, source.hour);
}

/** When there is something to find or tell next, in milliseconds; undefined while nothing changes. */
export function nextWatch(desk: Desk, after: number): number | undefined {
  const times = [
    ...here(desk).map((source) => nextLook(desk, source, after)),
    nextTelling(desk, after),
    nextRetry(desk.state),
  ];
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Looks where it is time to, and tells whom it concerns. */
export async function watch(desk: Desk): Promise<void> {
  const { state, clock } = desk;
  const mails = here(desk).flatMap((source) => {
    const last = looksOf(state).get(source.name);
    const due = (last?.at ?? 0) + (source.every?.(desk.dialect) ?? 0) <= clock.time;
    if (!due || !isInTime(source, clock.time, last?.at)) return [];
    looksOf(state).set(source.name, { at: clock.time, generation: generationOf(source, state) });
    return take(desk, source.name, source.look(desk) ?? []);
  });
  await tell(desk);
  for (const { to, subject, text } of mails) await desk.call("mail.send", { to, subject, text }).catch(() => undefined);
  await retryMails(desk);
  watched.set(state, clock.time);
  state.commit();
}

const watched = new WeakMap<ApplianceState, number>();

/** Looks now where a running clock has passed a full minute since somebody looked last. */
export async function watchIfLate(desk: Desk): Promise<void> {
  const last = watched.get(desk.state);
  if (last === undefined) watched.set(desk.state, desk.clock.time);
  else if (minuteAfter(last) <= desk.clock.time) await watch(desk);
}

/** A source that looks once a day does so in its hour, unless it has done so today. */
function isInTime({ hour }: AlertSource, now: number, last: number | undefined): boolean {
  if (hour === undefined) return true;
  const isToday = last !== undefined && Math.floor(last / DAY_MS) === Math.floor(now / DAY_MS);
  return new Date(now).getUTCHours() === hour && !isToday;
}

const same = (found: Found, key: string) => (alert: AlertRow) => alert.klass === found.klass && alert.key === key;

interface OwnMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Puts what a source found in place of what it had found before; returns the mails that new findings ask for. */
function take(desk: Desk, source: string, all: readonly Found[]): OwnMail[] {
  const { state } = desk;
  const before = alertsOf(state)
    .values()
    .filter((alert) => alert.source === source);
  const kept = all.map((found) => put(desk, source, found, before));
  for (const { uuid } of before) if (!kept.some((alert) => alert.uuid === uuid)) alertsOf(state).delete(uuid);
  return all.flatMap(({ mail, klass }, index) => {
    const fresh = !before.some(({ uuid }) => uuid === kept[index]?.uuid);
    return fresh && mail !== undefined ? [{ ...mail, text: `${klass}: ${mail.subject}` }] : [];
  });
}

/** One that is up already stays the same alert, whatever its figures are by now. */
export function put(desk: Desk, source: string, found: Found, before: readonly AlertRow[]): AlertRow {
  const { state, clock } = desk;
  const key = keyText(found.key === undefined ? found.args : found.key);
  const known = before.find(same(found, key));
  const uuid = known?.uuid ?? uuidOf(state);
  return alertsOf(state).put(uuid, {
    ...{ uuid, source, klass: found.klass, args: found.args, key },
    datetime: known?.datetime ?? found.at ?? clock.time,
    lastOccurrence: clock.time,
    dismissed: known?.dismissed ?? false,
  });
}

function uuidOf(state: ApplianceState): string {
  const hex = createHash("sha256")
    .update(`${state.facts.get("hostname")} ${state.next("alert")}`)
    .digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join("-");
}
