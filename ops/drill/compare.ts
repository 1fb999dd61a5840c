import type { Evidence } from "../../src/site/index.ts";
import type { Inspection } from "../../truenas/inspect.ts";
import { DrillError } from "./drill-error.ts";
import type { FileAt } from "./sample.ts";

/** A directory on an appliance. */
interface Place {
  readonly on: Inspection;
  readonly directory: string;
}

const MOST_NAMED = 3;

/** Compares files by their checksums, each computed where the file lies. @throws DrillError when there is none to compare */
export async function compareFiles(
  { restored, original }: { readonly restored: Place; readonly original: Place },
  sample: readonly FileAt[],
): Promise<Pick<Evidence, "result" | "bytes" | "files"> & { reason?: string }> {
  if (sample.length === 0) throw new DrillError("there is no file that could be compared");
  const bytes = sample.reduce((sum, file) => sum + file.bytes, 0);
  const [there, here] = await Promise.all([sums(restored, sample, bytes), sums(original, sample, bytes)]);
  const wrong = sample.filter(({ path }) => there.get(path) === undefined || there.get(path) !== here.get(path));
  const files = sample.flatMap(({ path, bytes: size }) => {
    const sha256 = there.get(path);
    return sha256 === undefined ? [] : [{ path, bytes: size, sha256 }];
  });
  if (wrong.length === 0) return { result: "passed", bytes, files };
  const named = wrong
    .slice(0, MOST_NAMED)
    .map(({ path }) => `${path} ${there.has(path) ? fault(here, path) : "was not restored"}`);
  const more = wrong.length - named.length;

  return {
    result: "failed",
    reason: `${wrong.length} of ${sample.length} files: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    bytes,
    files,
  };
}

function fault(originals: ReadonlyMap<string, string>, path: string): string {
  return originals.has(path) ? "differs" : "cannot be read at its source";
}

async function sums(
  { on, directory }: Place,
  sample: readonly FileAt[],
  bytes: number,
): Promise<ReadonlyMap<string, string>> {
  const found = await on.checksums(
    sample.map(({ path }) => `${directory}/${path}`),
    bytes,
  );

  return new Map([...found].map(([path, sum]) => [path.slice(directory.length + 1), sum]));
}
