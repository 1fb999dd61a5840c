import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** The text of a stack's YAML file. */
export function stackFile(stack: string): string {
  return readFileSync(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url), "utf8");
}

/** The site of a stack as it is written. */
export function writtenSite(stack: string): unknown {
  const { config } = parse(stackFile(stack)) as { config: Record<string, unknown> };
  return config["homelab:site"];
}
