import { textAt } from "../reading.ts";
import type { Rule } from "../rule.ts";
import { USER } from "../tokens.ts";
import { receivesCopies } from "./receiving.ts";

const KEY_TYPE = /^(ssh|ecdsa|sk)-/;
/** What comes before the key itself: words joined by commas, in which blanks stand in quotes only. */
const OPTIONS = /^((?:[^\s"]|"[^"]*")+)\s/;
const EVERYWHERE = ["*", "*.*.*.*", "0.0.0.0/0", "::/0"];

/** A key that is stolen from one machine would open the other from anywhere. */
export const copiesComeFromKnownAddresses: Rule = {
  name: "copies-come-from-known-addresses",
  description: "A key by which copies come in must be limited to the address that it comes from.",
  source: "D4 Tier 2, ADR-0039",
  remedy: 'begin the line of the key with from="the sender\'s address",restrict',
  severity: "high",
  weight: "always",
  judges: [USER],
  judge(account, stack) {
    if (!receivesCopies(account, stack)) return [];
    const keys = (textAt(account.props, "sshpubkey") ?? "").split("\n").filter((line) => /^\s*[^#\s]/.test(line));
    return keys.flatMap((line, at) =>
      isLimited(line.trim())
        ? []
        : [`lets its key ${at + 1} of ${keys.length} in from everywhere and must name addresses`],
    );
  },
};

function isLimited(line: string): boolean {
  const options = KEY_TYPE.test(line) ? "" : (OPTIONS.exec(line)?.[1] ?? "");
  const patterns = /(?:^|,)from="([^"]*)"/i.exec(options)?.[1]?.split(",") ?? [];
  return patterns.length > 0 && !patterns.some((pattern) => EVERYWHERE.includes(pattern.trim()));
}
