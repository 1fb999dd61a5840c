import { ALERT_CLASSES, type Alerts, type WatchedSubject } from "../../src/site/index.ts";
import { hasAlertClass } from "../../truenas/index.ts";

interface AlertClass {
  readonly policy: "IMMEDIATELY" | "HOURLY" | "DAILY" | "NEVER";
  readonly level?: "WARNING";
}

/** Classes that TrueNAS takes for a mere notice, so that whoever is told of warnings would hear of them too late. */
const RAISED: Readonly<Record<string, "WARNING">> = { ZpoolCapacityNotice: "WARNING" };

/** How every alert class that the site cares for and the release has is told: at once, unless the site says otherwise. */
export function alertClasses({ told }: Pick<Alerts, "told">, version: string): Record<string, AlertClass> {
  const watched = Object.entries(ALERT_CLASSES).flatMap(([subject, classes]) =>
    classes.map((name) => [name, told[name] ?? told[subject as WatchedSubject] ?? "immediately"] as const),
  );
  const named = Object.entries(told).filter(([name]) => !(name in ALERT_CLASSES));

  return Object.fromEntries(
    [...watched, ...named]
      .filter(([name]) => hasAlertClass(version, name))
      .map(([name, when]) => {
        const level = RAISED[name];
        return [name, { policy: when.toUpperCase() as AlertClass["policy"], ...(level ? { level } : {}) }];
      }),
  );
}
