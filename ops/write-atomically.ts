import { renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Writes a file so that whoever reads it meanwhile sees the old content or the new one, never a part. */
export function writeAtomically(file: string, content: string): void {
  const unfinished = join(dirname(file), `.${basename(file)}.${process.pid}`);
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
}
