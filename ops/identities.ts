import { readFileSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/**
 * SSH private keys by name of the appliance, from `APPLIANCE=FILE` as it stands on the command line.
 * @throws UsageError when one has another form, names no appliance of the site, or cannot be read
 */
export function readIdentities(given: readonly string[], appliances: readonly string[]): ReadonlyMap<string, string> {
  return new Map(given.map((text) => readIdentity(text, appliances)));
}

/** @throws UsageError naming the options that are missing, when appliances can only be entered with a key. */
export function requireIdentities(appliances: readonly string[], identities: ReadonlyMap<string, string>): void {
  const missing = appliances.filter((name) => !identities.has(name));
  if (missing.length === 0) return;
  const options = missing.map((name) => `--identity ${name}=FILE`).join(" ");
  throw new UsageError(`no SSH private key is given for ${missing.join(", ")}; add ${options}`);
}

function readIdentity(text: string, appliances: readonly string[]): [string, string] {
  const [, name = "", file = ""] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (!name) throw new UsageError(`--identity ${text} is not of the form APPLIANCE=FILE`);
  if (!appliances.includes(name)) {
    throw new UsageError(`--identity ${text}: the site has no appliance "${name}"; it has ${appliances.join(", ")}`);
  }
  try {
    return [name, readFileSync(file, "utf8")];
  } catch (cause) {
    throw new UsageError(`--identity ${name}: ${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      cause,
    });
  }
}
