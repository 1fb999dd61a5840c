import { quote } from "shell-quote";
import type { Settings } from "./settings.ts";

/** The ready-to-run line that brings an existing object under this resource's name. */
export function importLine(token: string, name: string, id: string, settings: Settings): string {
  const { providerUrn, importParent, providerName = lastPart(providerUrn ?? "") } = settings;
  const provider = providerUrn ? ["--provider", `${providerName}=${providerUrn}`] : [];
  const parent = importParent ? ["--parent", `${parentName(importParent, providerName)}=${importParent}`] : [];

  return ["pulumi", "import", token, inQuotes(name), inQuotes(id), ...flags(provider), ...flags(parent)].join(" ");
}

/** The names are the line's own, and Pulumi refuses two that are one. */
function parentName(urn: string, providerName: string): string {
  const name = lastPart(urn);

  return name === providerName ? `${name}-parent` : name;
}

function flags(words: readonly string[]): readonly string[] {
  return words.map((word) => (word.startsWith("--") ? word : argument(word)));
}

/** A URN contains `$` and `:`; only what a shell would touch is quoted. */
function argument(word: string): string {
  return /^[\w=:./@-]+$/.test(word) ? word : inQuotes(word);
}

function inQuotes(text: string): string {
  return text.includes("'") ? quote([text]) : `'${text}'`;
}

function lastPart(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
