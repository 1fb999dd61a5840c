import { createHash } from "node:crypto";
import type { GroupRow, UserRow } from "./state/account-rows.ts";
import type { ApplianceState } from "./state/appliance-state.ts";

const FIRST_USER = 20_000;
const FIRST_GROUP = 200_000;
const WELL_KNOWN: Readonly<Record<string, number>> = { builtin_administrators: 512, builtin_guests: 514 };

/** The security identifier of an appliance's SMB server. */
export function serverSid(state: ApplianceState): string {
  const digest = createHash("sha256")
    .update(`sid ${state.facts.get("hostname")}`)
    .digest();
  return `S-1-5-21-${digest.readUInt32BE(0)}-${digest.readUInt32BE(4)}-${digest.readUInt32BE(8)}`;
}

/** The security identifier of a user; SMB knows those only that may log in by it. */
export function userSid(state: ApplianceState, user: UserRow): string | null {
  return user.smb ? `${serverSid(state)}-${FIRST_USER + user.id}` : null;
}

/** The security identifier of a group that SMB knows. */
export function groupSid(state: ApplianceState, group: GroupRow): string | null {
  const known = WELL_KNOWN[group.name];
  if (known !== undefined) return `${serverSid(state)}-${known}`;
  return group.smb ? `${serverSid(state)}-${FIRST_GROUP + group.id}` : null;
}
