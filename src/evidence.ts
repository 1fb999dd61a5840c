import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { type Evidence, evidencePath, parseEvidence } from "./site/index.ts";

/** Where drills leave their evidence, beside the stack files. */
const FOLDER = fileURLToPath(new URL("../evidence", import.meta.url));

/** The newest evidence of a restore test; undefined when it was never performed. Stops the program when it is unfit. */
export function evidenceOf(stack: string, test: string, folder: string = FOLDER): Evidence | undefined {
  const file = join(folder, evidencePath(stack, test));
  if (!existsSync(file)) return undefined;
  try {
    return parseEvidence(readFileSync(file, "utf8"), file);
  } catch (error) {
    throw new pulumi.RunError((error as Error).message);
  }
}
