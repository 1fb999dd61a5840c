import type { MissingSecret } from "../made-up-secrets.ts";

/** The secrets that nobody has set, each as the line that sets it. */
export function renderMissingSecrets(missing: readonly MissingSecret[]): string {
  const lines = missing.map(({ key }) => `pulumi config set --secret ${key}`);
  const width = Math.max(0, ...lines.map(({ length }) => length));
  return missing.map(({ purpose }, at) => `${(lines[at] ?? "").padEnd(width)}  # ${purpose}`).join("\n");
}
