import type { Permissions } from "../site.ts";
import { BUILTIN_IDS } from "../vocabulary.ts";

/** What somebody wants to do with a directory. */
export type Want = "pass" | "read" | "write";

/** Who comes: an account with its group, or any member of a group. */
export interface Identity {
  /** The account; absent for any member of the group. */
  readonly user?: string;
  readonly group: string;
}

/** Bits of a mode's digit that each want needs on a directory. */
const BITS: Readonly<Record<Want, number>> = { pass: 1, read: 5, write: 3 };
const GRANTS: Readonly<Record<Want, readonly string[]>> = {
  pass: ["TRAVERSE", "READ", "MODIFY", "FULL_CONTROL"],
  read: ["READ", "MODIFY", "FULL_CONTROL"],
  write: ["MODIFY", "FULL_CONTROL"],
};

/** A new dataset's mount point before anything is declared. */
const UNDECLARED: Permissions = { user: "root", group: "root", mode: "755" };

/** Whether permissions let somebody do something; a mount point without any belongs to root with mode 755. */
export function reaches(permissions: Permissions | undefined, who: Identity, want: Want): boolean {
  const { user, group, mode, acl } = permissions ?? UNDECLARED;
  if (who.user !== undefined && sameAccount(who.user, "root")) return true;

  const owns = who.user !== undefined && sameAccount(who.user, user);
  const belongs = sameAccount(who.group, group);
  if (acl === undefined) {
    const digit = (mode ?? "000")[owns ? 0 : belongs ? 1 : 2];
    return (Number(digit) & BITS[want]) === BITS[want];
  }
  return acl.some(({ who: { tag, who: name }, allow }) => {
    const matches = {
      "owner@": owns,
      "group@": belongs,
      "everyone@": true,
      USER: who.user !== undefined && name !== undefined && sameAccount(who.user, name),
      GROUP: name !== undefined && sameAccount(who.group, name),
    }[tag];
    return matches && GRANTS[want].includes(allow);
  });
}

/** Whether permissions let accounts write that they do not name. */
export function othersWrite({ mode, acl }: Permissions): boolean {
  if (acl === undefined) return (Number(mode?.[2] ?? 0) & 2) === 2;
  return acl.some(({ who, allow }) => who.tag === "everyone@" && GRANTS.write.includes(allow));
}

/** Names and numeric ids of built-in accounts stand for each other. */
function sameAccount(one: string, other: string): boolean {
  return idOf(one) === idOf(other);
}

function idOf(account: string): string {
  return String(BUILTIN_IDS[account] ?? account);
}
