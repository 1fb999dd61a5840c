import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding, Status } from "../finding.ts";
import { dateOf, type Row } from "../rows.ts";

const SEVERE: ReadonlySet<string> = new Set(["ERROR", "CRITICAL", "ALERT", "EMERGENCY"]);
const LEVELS = ["INFO", "NOTICE", "WARNING", ...SEVERE];

/** The appliances raise no alert that nobody has looked at. */
export const nothingIsAlerted: Check = {
  name: "no-alert-stands",
  doc: "No appliance shows an alert of level ERROR or above that nobody has dismissed; lower ones are listed.",
  find: (subject) => seenIn(subject).flatMap(alertsOf),
};

function alertsOf({ name, sight }: Seen): readonly Finding[] {
  const open = sight.alerts.filter((row) => row["dismissed"] !== true);
  const measures = LEVELS.map((level) => ({
    metric: "alerts",
    value: open.filter((row) => row["level"] === level).length,
    labels: { level },
  }));
  const told = open.map((row) => alertFinding(name, row, sight.now));
  if (told.length > 0) return told.map((finding, at) => (at === 0 ? { ...finding, measures } : finding));

  return [{ status: "passed", appliance: name, subject: "alerts", found: "none", measures }];
}

function alertFinding(appliance: string, row: Row, now: number): Finding {
  const severe = SEVERE.has(String(row["level"]));
  const status: Status = severe ? "failed" : "noted";
  const since = dateOf(row["datetime"]) ?? now;
  const text = String(row["formatted"] ?? row["text"] ?? row["klass"])
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  const remedy = severe ? "deal with the cause; dismiss the alert in TrueNAS once it is known" : undefined;

  return {
    status,
    appliance,
    subject: String(row["klass"]),
    found: `${String(row["level"])} since ${new Date(since).toISOString().slice(0, 16).replace("T", " ")}: ${text}`,
    ...(remedy ? { expected: "no alert", remedy } : {}),
  };
}
