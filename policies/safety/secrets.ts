import { isSecretProperty } from "../../truenas/index.ts";
import { APPLIANCE } from "../tokens.ts";

/** Shapes by which well-known secrets betray themselves. */
const SHAPES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ["an AWS access key", /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ["a GitHub token", /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,})\b/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}\b/],
  ["a Slack token", /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/],
  ["a Slack webhook", /https:\/\/hooks\.slack\.com\/services\/T[A-Za-z0-9/]{20,}/],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
  ["a TrueNAS API key", /\b\d{1,6}-[A-Za-z0-9]{64}\b/],
  ["an age key", /\bAGE-SECRET-KEY-1[0-9A-Z]{50,}\b/],
  ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@$]{3,}@/],
];

/** Names of properties that hold secrets; a provider refuses one there that is not marked. */
const SECRET_FIELD =
  /(password|passphrase|passwd|secret(?!name|ref|keyref)|token|api_?key|private_?key|access_?key(?!_?id)|credential|webhook)/i;

/** Places that are made for secrets although their name does not say so; a provider or the SDK marks them. */
const SECRET_PLACES: readonly (readonly [type: string, path: RegExp])[] = [
  ["kubernetes:core/v1:Secret", /^(data|stringData)\./],
];

/** What says in `secrets` how they reach an appliance, and holds none there. */
const SAY_HOW_SECRETS_TRAVEL: readonly string[] = [APPLIANCE, "pulumi:providers:truenas"];

/** What kind of secret a text looks like. */
export function shapeOf(text: string): string | undefined {
  return SHAPES.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Whether a property of a resource is made for a secret, by its name or by what it belongs to. */
export function isSecretPlace(type: string, path: string, field: string): boolean {
  if (path === "secrets" && SAY_HOW_SECRETS_TRAVEL.includes(type)) return false;
  // What this project's own provider has is known exactly: a credential may be the name of one.
  const known = isSecretProperty(type, path.split(/[.[]/)[0] ?? "");
  if (known !== undefined) return known;
  return isSecretField(field) || SECRET_PLACES.some(([of, places]) => of === type && places.test(path));
}

/** Whether a property holds a secret by its name. */
export function isSecretField(name: string): boolean {
  return SECRET_FIELD.test(name) && !/(name|ref|file|path|id|url)$/i.test(name);
}
