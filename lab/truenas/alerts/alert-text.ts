import { pythonString } from "../middleware/errors.ts";
import { type AlertClass, alertClass } from "./alert-classes.ts";
import type { AlertRow } from "./alert-row.ts";
import type { Desk } from "./desk.ts";

/** Python's `%` on a text with the conversions that alert texts use. */
function formatted(text: string, args: unknown): string {
  return text.replace(/%(?:\((\w+)\))?(\.\d+)?([sdfr%])/g, (_all, name: string | undefined, precision, kind) => {
    if (kind === "%") return "%";
    const value = name === undefined ? args : Object(args)[name];
    if (kind === "f") return Number(value).toFixed(Number(String(precision ?? ".6").slice(1)));
    if (kind === "d") return String(Math.trunc(Number(value)));
    return kind === "r" ? pythonString(String(value)) : String(value);
  });
}

/** The sentence of an alert; what its class says of itself where it has no other. */
export function sentence({ klass, args }: Pick<AlertRow, "klass" | "args">, desk: Desk): string {
  const known: AlertClass | undefined = alertClass(klass, desk.dialect);
  return known?.text === undefined ? (known?.title ?? klass) : formatted(known.text, args);
}

const plain = (html: string) =>
  html
    .replace(/<\/?ul>/g, "")
    .replace(/<li>/g, "\n    * ")
    .replace(/<\/li>/g, "")
    .replace(/<br>/g, "\n    ");

const bullets = (heading: string, alerts: readonly AlertRow[], desk: Desk) =>
  alerts.length === 0 ? [] : [`${heading}:`, "", ...alerts.map((alert) => `  * ${plain(sentence(alert, desk))}`), ""];

/** What services send: what is new, what is over, and all that there is now. */
export function report(
  desk: Desk,
  { alerts, gone, fresh }: Readonly<Record<"alerts" | "gone" | "fresh", readonly AlertRow[]>>,
): string {
  const cleared = gone.length === 1 ? "The following alert has been cleared" : "These alerts have been cleared";
  return [
    `TrueNAS @ ${desk.host}`,
    "",
    ...bullets(gone.length === 1 ? "New alert" : "New alerts", fresh, desk),
    ...bullets(cleared, gone, desk),
    ...bullets("Current alerts", alerts, desk),
  ]
    .join("\n")
    .trimEnd();
}
