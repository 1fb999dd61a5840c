import { createHash } from "node:crypto";
import { groupNamed, groupsOf, userNamed } from "../accounts.ts";
import { blockedAt, type Identity } from "../filesystem/access.ts";
import { ConsumerError } from "../filesystem/data.ts";
import { contains, parseNetwork } from "../networks.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Access } from "./nfs-client.ts";

/** A person who opens a share. */
export interface SmbConsumer {
  readonly protocol: "smb";
  /** The share's name; case does not matter. */
  readonly share: string;
  /** The consumer's IP address. */
  readonly address: string;
  /** A user of the appliance; a name that it does not come with stands for one that was added. */
  readonly user: string;
  /** Further groups of that user, by name. @default none besides builtin_users */
  readonly groups?: readonly string[];
}

const FIRST_LOCAL_UID = 3000;
const BUILTIN_USERS = 545;

function added(user: string): number {
  return FIRST_LOCAL_UID + createHash("sha256").update(user).digest().readUInt16BE();
}

function identityOf(state: ApplianceState, { user, groups = [] }: SmbConsumer): Identity {
  const account = userNamed(state, user);
  const extra = groups.map((name) => {
    const group = groupNamed(state, name);
    if (group === undefined) throw new ConsumerError("EACCES", `the appliance has no group ${name}`);
    return group.gid;
  });
  const own = account === undefined ? [added(user)] : groupsOf(account);
  return { uid: account?.uid ?? added(user), gids: [...own, BUILTIN_USERS, ...extra] };
}

// Samba's patterns as far as people write them: everything, an address, a network, or the beginning of an address.
function listed(patterns: readonly string[], address: string): boolean {
  return patterns.some((pattern) => {
    if (pattern.toUpperCase() === "ALL") return true;
    if (pattern.endsWith(".")) return address.startsWith(pattern);
    const network = parseNetwork(pattern);
    return network !== undefined && contains(network, address);
  });
}

function admits(options: Readonly<Record<string, unknown>>, address: string): boolean {
  const list = (name: string) => (Array.isArray(options[name]) ? options[name].map(String) : []);
  const [allow, deny] = [list("hostsallow"), list("hostsdeny")];
  if (listed(allow, address)) return true;
  if (deny.length > 0) return !listed(deny, address);
  return allow.length === 0;
}

/** Connects to a share as the consumer would, or fails with what the consumer sees. */
export function connectSmb(state: ApplianceState, consumer: SmbConsumer): Access {
  const running = state.services.values().some(({ service, running: up }) => service === "cifs" && up);
  if (!running) throw new ConsumerError("ECONNREFUSED", "the cifs service is not running");
  const share = state.smbShares
    .values()
    .find(({ name, enabled }) => enabled && name.toLowerCase() === consumer.share.toLowerCase());
  if (share === undefined) throw new ConsumerError("ENOENT", `there is no share ${consumer.share}`);
  if (!admits(share.options, consumer.address))
    throw new ConsumerError("EACCES", `${share.name} is closed to ${consumer.address}`);
  const identity = identityOf(state, consumer);
  const block = blockedAt(state, share.path, identity);
  if (block !== undefined) throw new ConsumerError("EACCES", `${consumer.user} may not pass through ${block}`);
  return { path: share.path, identity, readonly: share.readonly };
}
