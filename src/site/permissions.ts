import { z } from "zod";
import { account, matching } from "./names.ts";
import { choice, text } from "./value.ts";

/** What an ACL entry grants, as the middleware spells it. */
const GRANTS = ["TRAVERSE", "READ", "MODIFY", "FULL_CONTROL"] as const;
/** What an ACL entry grants. */
export type Grant = (typeof GRANTS)[number];

/** Whom an ACL entry is for. */
export interface Grantee {
  /** The kind of grantee as the middleware spells it. */
  readonly tag: "owner@" | "group@" | "everyone@" | "USER" | "GROUP";
  /** The account or group of a USER or GROUP entry. */
  readonly who?: string;
}

const grantee = () =>
  text<Grantee>({
    rule: "grantee",
    allowed: "owner@, group@, everyone@, user:NAME or group:NAME",
    remedy: "say whom the entry is for, such as group:builtin_users",
    pattern: "^(owner@|group@|everyone@|(user|group):[a-z0-9_][a-z0-9_-]{0,31})$",
    examples: ["owner@", "group:builtin_users"],
    read: (input) => {
      const [, special, kind, who] =
        /^(?:(owner@|group@|everyone@)|(user|group):([a-z0-9_][a-z0-9_-]{0,31}))$/.exec(input) ?? [];
      if (special !== undefined) return { value: { tag: special as Grantee["tag"] } };
      if (who !== undefined) return { value: { tag: kind === "user" ? "USER" : "GROUP", who } };
      return { refused: { says: `"${input}" names nobody` } };
    },
  });

const mode = () =>
  text({
    ...matching({
      rule: "mode",
      noun: "a mode",
      allowed: 'three octal digits in quotes, such as "770"',
      remedy: "write owner, group and others as one digit each",
      pattern: "^[0-7]{3}$",
      examples: ["770"],
    }),
    misread: (value) =>
      typeof value === "number" ? { says: `${value} is a number`, remedy: `put it in quotes: "${value}"` } : undefined,
  });

const entry = z.strictObject({
  who: grantee().meta({ description: "Whom the entry is for." }),
  allow: choice(GRANTS).meta({ description: "What it grants, here and on everything made below." }),
});

/** Who owns a dataset's mount point, and what others may do with it (ADR-0004). */
export const permissions = z.strictObject({
  user: account().meta({ description: "The owner." }),
  group: account().meta({ description: "The owning group." }),
  mode: mode().exactOptional().meta({ description: "Permissions of owner, group and others; instead of `acl`." }),
  acl: z.array(entry).min(1).exactOptional().meta({ description: "NFSv4 entries; instead of `mode`." }),
});
