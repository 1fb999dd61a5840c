import { readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { parse } from "yaml";

/** What the engine needs of a `Pulumi.yaml`. */
export interface Project {
  readonly name: string;
  /** Directory of `Pulumi.yaml`. */
  readonly root: string;
  /** Directory in which program and plugins run. */
  readonly pwd: string;
  /** The program, seen from `pwd`: a file, or `.`. */
  readonly entryPoint: string;
  readonly runtimeOptions: Readonly<Record<string, unknown>>;
  /** Directory of a provider's executable by package name. */
  readonly providerPaths: ReadonlyMap<string, string>;
}

interface ProjectFile {
  readonly name?: string;
  readonly main?: string;
  readonly runtime?: string | { readonly name?: string; readonly options?: Record<string, unknown> };
  readonly plugins?: { readonly providers?: readonly { readonly name: string; readonly path: string }[] };
}

/** Reads `Pulumi.yaml`; throws when it is missing, has no name or is not a Node.js project. */
export async function readProject(projectDir: string): Promise<Project> {
  const root = resolve(projectDir);
  const file = join(root, "Pulumi.yaml");
  const parsed = parse(await readFile(file, "utf8")) as ProjectFile | null;
  if (!parsed?.name) throw new Error(`${file} has no "name"`);
  const runtime = typeof parsed.runtime === "string" ? { name: parsed.runtime } : parsed.runtime;
  if (runtime?.name !== "nodejs") {
    throw new Error(`${file}: runtime is "${String(runtime?.name)}"; this engine runs nodejs programs only`);
  }
  const paths = (parsed.plugins?.providers ?? []).map(({ name, path }) => [name, resolve(root, path)] as const);
  return {
    name: parsed.name,
    root,
    ...(await programLocation(root, parsed.main)),
    runtimeOptions: runtime.options ?? {},
    providerPaths: new Map(paths),
  };
}

async function programLocation(root: string, main: string | undefined) {
  if (main === undefined || main === "") return { pwd: root, entryPoint: "." };
  const path = isAbsolute(main) ? main : join(root, main);
  return (await stat(path)).isDirectory()
    ? { pwd: path, entryPoint: "." }
    : { pwd: dirname(path), entryPoint: basename(path) };
}
