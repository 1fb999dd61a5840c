import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Evidence, evidencePath, parseEvidence, type Site } from "../../src/site/index.ts";
import { PROJECT_DIR } from "../stack-file.ts";

/** The newest evidence of a stack's restore tests, by test; what was never performed has none. */
export function readEvidence(stack: string, { restoreTests }: Site): Record<string, Evidence> {
  const found = Object.keys(restoreTests).flatMap((test): [string, Evidence][] => {
    const file = join(PROJECT_DIR, "evidence", evidencePath(stack, test));
    return existsSync(file) ? [[test, parseEvidence(readFileSync(file, "utf8"), file)]] : [];
  });
  return Object.fromEntries(found);
}
