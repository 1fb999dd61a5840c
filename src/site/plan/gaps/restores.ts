import { hoursOf } from "../../lifetimes.ts";
import type { RestoreTestSpec } from "../../site.ts";
import type { Tried } from "../dataset-plan.ts";
import { isBlocks } from "../volumes.ts";
import type { Finder, Finding, Subject } from "./finding.ts";

const DAY_MS = 86_400_000;

/** A copy that nobody has ever restored is a hope; of blocks, only what uses them can tell whether they are whole. */
export const restoreTestMissing: Finder = (subject) => {
  const { volume, copies } = subject;
  const restorable = copies.filter(
    ({ tier, waits }) => tier !== "snapshot" && tier !== "external" && waits === undefined,
  );
  if (volume.spec.class !== "authoritative" || isBlocks(volume) || restorable.length === 0) return [];
  if (testsOf(subject).length > 0) return [];
  const names = new Set(restorable.map(({ tier, by }) => `${tier} ${by}`));
  return [
    {
      code: "restore-test-missing",
      obligation: false,
      rules: ["authoritative-data-has-restore-test"],
      message: `has copies (${[...names].join(", ")}) that no restore test restores from`,
      remedy: "declare a restore test of it",
    },
  ];
};

/** What was restored in spring may be lost in autumn: evidence has an age, and a failed test proves nothing good. */
export const restoreTestStale: Finder = (subject) => {
  const { tried } = subject;
  if (tried === undefined) return [];
  return testsOf(subject).flatMap(([name, spec]) => staleness(name, spec, tried));
};

function staleness(name: string, { every, firstBy }: RestoreTestSpec, { evidence, today }: Tried): Finding[] {
  const last = evidence[name];
  const days = hoursOf(every) / 24;
  if (last === undefined) {
    const due = firstBy === undefined || firstBy < today;
    return due ? [stale(name, `has a restore test (${name}) that was never performed`)] : [];
  }
  const performed = last.performedAt.slice(0, 10);
  if (last.result === "failed") return [stale(name, `could not be restored by ${name} on ${performed}`)];
  const until = new Date(Date.parse(performed) + days * DAY_MS).toISOString().slice(0, 10);
  if (until >= today) return [];
  return [stale(name, `was last restored by ${name} on ${performed}, and should be every ${days} days`)];
}

function stale(name: string, message: string): Finding {
  const remedy = `perform it: npm run drill -- --stack STACK --test ${name}`;
  return { code: "restore-test-stale", obligation: false, rules: ["restore-test-is-recent"], message, remedy };
}

function testsOf({ volume: { appliance, path }, site }: Subject): [string, RestoreTestSpec][] {
  return Object.entries(site.restoreTests).filter(
    ([, { source }]) => source.appliance === appliance && source.dataset === path,
  );
}
