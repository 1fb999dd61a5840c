import type { TextRule } from "./value.ts";

const RESERVED = ["global", "printers", "homes"];
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what the middleware refuses
const FORBIDDEN = /[%<>*?|/\\+=;:",[\]\u0000-\u001f]/;

/** The name under which people find an SMB share; the middleware's own rules. */
export const shareName: TextRule<string> = {
  rule: "share-name",
  allowed: '1 to 80 characters, none of % < > * ? | / \\ + = ; : " , [ ], and not global, printers or homes',
  remedy: "choose a name that Samba accepts",
  read: (input) => {
    if (RESERVED.includes(input.toLowerCase())) return { refused: { says: `"${input}" is reserved by Samba` } };
    if (input.length === 0 || input.length > 80) return { refused: { says: `${input.length} characters do not fit` } };

    const wrong = FORBIDDEN.exec(input)?.[0];
    if (wrong !== undefined) return { refused: { says: `"${input}" contains ${JSON.stringify(wrong)}` } };
    if (input !== input.trim()) return { refused: { says: `"${input}" starts or ends with a space` } };
    return { value: input };
  },
};
