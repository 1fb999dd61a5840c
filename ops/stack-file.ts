import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { parseSite, type Site } from "../src/site/index.ts";
import { UsageError } from "./usage-error.ts";

/** The folder that holds `Pulumi.yaml`. */
export const PROJECT_DIR = fileURLToPath(new URL("..", import.meta.url));

/** What a stack's file says of the site. */
export interface StackSite {
  /** The file that it was read from. */
  readonly file: string;
  readonly site: Site;
  /** The same as it is written, which is what the program receives. */
  readonly written: unknown;
}

/**
 * The site of a stack, from `Pulumi.<stack>.yaml` or another file in its place; no engine is needed to read it.
 * @throws UsageError when there is no such stack or file
 * @throws SiteError with every problem of the site
 */
export function readStackSite(stack: string, configFile?: string): StackSite {
  const file = configFile ?? join(PROJECT_DIR, `Pulumi.${stack}.yaml`);
  if (configFile && !existsSync(file)) throw new UsageError(`there is no file ${configFile}`);
  if (!existsSync(file)) {
    throw new UsageError(`there is no stack "${stack}"; the project has ${stacks().join(", ")}`);
  }
  const content = parse(readFileSync(file, "utf8")) as { config?: Readonly<Record<string, unknown>> } | null;

  const written = content?.config?.["homelab:site"];

  return { file, site: parseSite(written), written };
}

function stacks(): readonly string[] {
  return readdirSync(PROJECT_DIR).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
}
