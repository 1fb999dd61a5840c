import { describe } from "vitest";
import { officialEngineIsHere } from "./official-stack.ts";

/** An engine under which a story is told. */
export type EngineName = "lab" | "official";

const here = officialEngineIsHere();

/** The engines that this machine has. */
export const ENGINES: readonly EngineName[] = here ? ["lab", "official"] : ["lab"];

/** What is said where the official engine is missing. */
export const WITHOUT_OFFICIAL_ENGINE = "skipped, since pulumi is not on PATH";

/** How long a story with a command for every object may take, in milliseconds: the official engine starts anew for each. */
export const LONG_STORY: Readonly<Record<EngineName, number>> = { lab: 240_000, official: 1_800_000 };

/** Tells a story under the lab's engine, and under the official one where it is; else the report says that it was skipped. */
export function underEveryEngine(title: string, tell: (engine: EngineName) => void): void {
  describe(`${title} (lab's engine)`, () => tell("lab"));
  if (here) describe(`${title} (official engine)`, () => tell("official"));
  else describe.skip(`${title} (official engine: ${WITHOUT_OFFICIAL_ENGINE})`, () => tell("official"));
}
