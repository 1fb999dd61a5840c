import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Evidence, evidencePath, parseEvidence } from "../src/site/index.ts";
import { PROJECT_DIR } from "./stack-file.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Where evidence lies unless somebody says otherwise: beside the stack files, to be committed. */
export const EVIDENCE_DIR = join(PROJECT_DIR, "evidence");

/** The newest evidence of a restore test; undefined when it was never performed. Throws when the file is unfit. */
export function readEvidence(folder: string, stack: string, test: string): Evidence | undefined {
  const file = join(folder, evidencePath(stack, test));

  return existsSync(file) ? parseEvidence(readFileSync(file, "utf8"), file) : undefined;
}

/** Writes evidence in place of the older one; resolves with the file's name. */
export function writeEvidence(folder: string, evidence: Evidence): string {
  const file = join(folder, evidencePath(evidence.stack, evidence.test));
  mkdirSync(dirname(file), { recursive: true });
  writeAtomically(file, `${JSON.stringify(evidence, null, 2)}\n`);

  return file;
}
