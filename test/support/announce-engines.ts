import { officialEngineIsHere } from "./official-stack.ts";

/** Says before the first test which engines tell the stories. */
export function setup(): void {
  const official = officialEngineIsHere()
    ? "and under the official one, which is on PATH"
    : "only; the stories under the official one are skipped, since pulumi is not on PATH";
  console.log(`\nstories are told under the lab's engine ${official}`);
}
