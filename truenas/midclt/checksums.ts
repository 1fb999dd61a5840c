import { MidcltError } from "./errors.ts";
import type { CommandResult } from "./ssh.ts";

/** Bytes of paths in one command line, far below what Linux takes. */
const MAX_BYTES = 60 * 1024;
const NUL = "\0";

/** Paths in groups that fit into a command line each. */
export function checksumGroups(paths: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let bytes = MAX_BYTES;
  for (const path of paths) {
    const length = Buffer.byteLength(quoted(path)) + 1;
    bytes += length;
    if (bytes > MAX_BYTES) {
      groups.push([]);
      bytes = length;
    }
    groups.at(-1)?.push(path);
  }

  return groups;
}

/** The command that tells the SHA-256 of files: one program, every path in single quotes, names not escaped in its answer. */
export function checksumCommand(paths: readonly string[], sudo: boolean): string {
  return `${sudo ? "sudo -n " : ""}sha256sum -z -- ${paths.map(quoted).join(" ")}`;
}

/** The checksums in an answer, by path; a file that could not be read has none. Throws when the program did not run. */
export function readChecksums({ stdout, stderr, code }: CommandResult, host: string): ReadonlyMap<string, string> {
  const answers = stdout.split(NUL).flatMap((line) => {
    const [, sum, path] = /^([0-9a-f]{64}) [ *](.+)$/s.exec(line) ?? [];
    return sum === undefined || path === undefined ? [] : [[path, sum] as const];
  });
  const ran = code === 0 || stderr.split("\n").some((line) => line.startsWith("sha256sum: /"));
  if (ran || stderr.startsWith("sha256sum: '/")) return new Map(answers);
  const said = stderr.trim().split("\n").at(-1) ?? "it gave no reason";
  const detail = `${said}; let the account run it: add /usr/bin/sha256sum to its commands without password`;
  throw new MidcltError({ kind: "auth", host, method: "sha256sum", detail });
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
