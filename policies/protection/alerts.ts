import { ALERT_CLASSES, type WatchedSubject } from "../../src/site/vocabulary.ts";
import type { Judged } from "../judged.ts";
import { entriesAt, textAt, textsAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import type { Stack } from "../stack.ts";
import { ALERT_POLICY, ALERT_SERVICE, EXTERNAL_MONITOR } from "../tokens.ts";

const TOO_HIGH = ["ERROR", "CRITICAL", "ALERT", "EMERGENCY"];

/** A rule that wants alerts on one subject to reach somebody. */
export function alertRule(
  subject: WatchedSubject,
  {
    name,
    judges,
    words,
    source = "D4 §5",
  }: { name: string; judges: readonly string[]; words: string; source?: string },
): Rule {
  return {
    name,
    description: `Somebody must be told of ${words}.`,
    source,
    remedy: "send the appliance's alerts by mail or chat, or have an outside monitor watch it",
    severity: "high",
    weight: "always",
    judges,
    judge(resource, stack) {
      if (watchedFromOutside(subject, resource, stack)) return [];
      const services = inHome(ALERT_SERVICE, resource, stack).filter(tellsWarnings);
      if (services.length === 0) return [`must have its alerts on ${words} sent to somebody`];
      const silent = silenced(subject, resource, stack);
      return silent.map((alert) => `silences ${alert} and must let alerts on ${words} be sent`);
    },
  };
}

function watchedFromOutside(subject: WatchedSubject, resource: Judged, stack: Stack): boolean {
  return inHome(EXTERNAL_MONITOR, resource, stack).some(({ props }) => textsAt(props, "watches").includes(subject));
}

function tellsWarnings({ props }: Judged): boolean {
  return props["enabled"] !== false && !TOO_HIGH.includes(textAt(props, "level") ?? "WARNING");
}

function silenced(subject: WatchedSubject, resource: Judged, stack: Stack): string[] {
  const classes: readonly string[] = ALERT_CLASSES[subject];
  return inHome(ALERT_POLICY, resource, stack)
    .flatMap(({ props }) => entriesAt(props, "classes"))
    .filter(([name, setting]) => classes.includes(name) && textAt(setting, "policy") === "NEVER")
    .map(([name]) => name);
}

function inHome(type: string, { home }: Judged, stack: Stack): Judged[] {
  return stack.of(type).filter((resource) => resource.home === home);
}
