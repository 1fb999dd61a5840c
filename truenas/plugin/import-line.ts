import { quote } from "shell-quote";
import type { Settings } from "./settings.ts";

/** The ready-to-run line that brings an existing object under this resource's name. */
export function importLine(token: string, name: string, id: string, settings: Settings): string {
  const provider = settings.providerUrn
    ? ["--provider", `${settings.providerName ?? lastPart(settings.providerUrn)}=${settings.providerUrn}`]
    : [];
  const parent = settings.importParent
    ? ["--parent", `${lastPart(settings.importParent)}=${settings.importParent}`]
    : [];

  return ["pulumi", "import", token, inQuotes(name), inQuotes(id), ...flags(provider), ...flags(parent)].join(" ");
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
