import { alertClass, categories, LEVELS } from "../alerts/alert-classes.ts";
import { type AlertRow, alertsOf } from "../alerts/alert-row.ts";
import { sentence } from "../alerts/alert-text.ts";
import { levelOf, policyOf } from "../alerts/policies.ts";
import { watchIfLate } from "../alerts/watch.ts";
import { str } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";

const date = (at: number) => ({ $date: Math.floor(at / 1000) * 1000 });

function entry(context: Context, alert: AlertRow): Record<string, unknown> {
  const { uuid, source, klass, args, key, dismissed } = alert;
  const known = alertClass(klass, context.dialect);
  return {
    ...{ uuid, source, klass, args, node: "Controller A", key },
    ...{ datetime: date(alert.datetime), last_occurrence: date(alert.lastOccurrence), dismissed, mail: null },
    text: known?.text ?? known?.title ?? klass,
    id: uuid,
    level: levelOf(context, klass),
    formatted: sentence(alert, context),
    one_shot: known?.oneShot === "kept",
  };
}

/** The worst first, then by title and time. */
function order(context: Context): (a: AlertRow, b: AlertRow) => number {
  const rank = ({ klass }: AlertRow) => -LEVELS.indexOf(levelOf(context, klass));
  const title = ({ klass }: AlertRow) => alertClass(klass, context.dialect)?.title ?? klass;
  return (a, b) => rank(a) - rank(b) || title(a).localeCompare(title(b)) || a.datetime - b.datetime;
}

function dismiss({ state, dialect }: Context, uuid: string): null {
  const alert = alertsOf(state).get(uuid);
  if (alert === undefined) return null;
  if (alertClass(alert.klass, dialect)?.oneShot === "kept") alertsOf(state).delete(uuid);
  else alertsOf(state).put(uuid, { ...alert, dismissed: true });
  return null;
}

/** `alert.*`: what there is to tell. */
export const alertMethods: Methods = {
  "alert.list": method({}, async (context) => {
    await watchIfLate(context);
    return alertsOf(context.state)
      .values()
      .filter(({ klass }) => policyOf(context, klass) !== "NEVER")
      .sort(order(context))
      .map((alert) => entry(context, alert));
  }),
  "alert.dismiss": method({ uuid: str() }, (context, { uuid }) => dismiss(context, uuid), { writes: true }),
  "alert.restore": method(
    { uuid: str() },
    ({ state }, { uuid }) => {
      const alert = alertsOf(state).get(uuid);
      if (alert !== undefined) alertsOf(state).put(uuid, { ...alert, dismissed: false });
      return null;
    },
    { writes: true },
  ),
  "alert.list_categories": method({}, ({ dialect }) => categories(dialect)),
  "alert.list_policies": method({}, () => ["IMMEDIATELY", "HOURLY", "DAILY", "NEVER"]),
};
