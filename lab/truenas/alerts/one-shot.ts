import type { DiskCondition } from "../state/appliance-state.ts";
import { alertsOf, type Found, keyText } from "./alert-row.ts";
import type { Desk } from "./desk.ts";
import { tell } from "./policies.ts";
import { put } from "./watch.ts";

/** Raises an alert because of what just happened; one of the same key that is up already stays the same. */
export async function raise(desk: Desk, found: Found): Promise<void> {
  put(desk, "", found, alertsOf(desk.state).values());
  await tell(desk);
}

/** Ends the alerts of a class with that key: what they told of is over. */
export async function end(desk: Desk, klass: string, key: unknown): Promise<void> {
  const over = alertsOf(desk.state)
    .values()
    .filter((alert) => alert.klass === klass && alert.key === keyText(key));
  for (const { uuid } of over) alertsOf(desk.state).delete(uuid);
  if (over.length > 0) await tell(desk);
}

/** Runs a task, and tells somebody when it fails, until it succeeds. */
export async function tellingOfFailure<T>(
  desk: Desk,
  klass: string,
  task: { readonly id: number; readonly description: string },
  run: () => Promise<T>,
): Promise<T> {
  try {
    const result = await run();
    await end(desk, klass, task.id);
    return result;
  } catch (error) {
    await raise(desk, { klass, args: { id: task.id, name: task.description }, key: task.id });
    throw error;
  }
}

/** The service that watches disks, where there still is one, tells what a disk says of itself; it stays until dismissed. */
export async function tellOfDisk(desk: Desk, serial: string, condition: DiskCondition): Promise<void> {
  const { services, disks } = desk.state;
  const watches = services.values().some(({ service, running }) => service === "smartd" && running);
  if (desk.dialect !== "25.04" || !watches) return;
  const device = `/dev/${disks.get(serial)?.name ?? serial}`;
  const errors = `${condition.uncorrectedErrors ?? 0} Offline uncorrectable sectors`;
  const fault = condition.failedSelfTest ? "Self-Test Log error count increased from 0 to 1" : errors;
  await raise(desk, { klass: "SMART", args: { device, message: `Device: ${device}, ${fault}` } });
}
