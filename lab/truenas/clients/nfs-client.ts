import { groupNamed, NOBODY, userNamed } from "../accounts.ts";
import type { Identity } from "../filesystem/access.ts";
import { ConsumerError } from "../filesystem/data.ts";
import { contains, isAddress, parseNetwork } from "../networks.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { NfsShareRow } from "../state/rows.ts";
import { datasetOfPath, isWithin } from "../zfs/dataset-tree.ts";

/** A machine that mounts an export and works on it as some user. */
export interface NfsConsumer {
  readonly protocol: "nfs";
  /** The export, or a directory below it in the same dataset. */
  readonly path: string;
  /** The consumer's IP address. */
  readonly address: string;
  readonly uid: number;
  readonly gid: number;
  /** Further group ids that the consumer sends along. */
  readonly groups?: readonly number[];
}

/** What a consumer reaches through a share, and as whom. */
export interface Access {
  readonly path: string;
  readonly identity: Identity;
  readonly readonly: boolean;
}

// Hosts outrank networks, networks outrank an export that is open to all.
function rank(share: NfsShareRow, address: string, hostnames: ReadonlyMap<string, string>): number {
  const isHost = (host: string) => host === "*" || (isAddress(host) ? host : hostnames.get(host)) === address;
  if (share.hosts.some(isHost)) return 3;
  if (share.networks.some((text) => isInside(text, address))) return 2;
  return share.hosts.length === 0 && share.networks.length === 0 ? 1 : 0;
}

function isInside(text: string, address: string): boolean {
  const network = parseNetwork(text);
  return network !== undefined && contains(network, address);
}

function mapped(state: ApplianceState, user: string, group: string | null): Identity {
  const account = userNamed(state, user);
  const gid = (group === null || group === "" ? account?.gid : groupNamed(state, group)?.gid) ?? NOBODY.gid;
  return { uid: account?.uid ?? NOBODY.uid, gids: [gid] };
}

/** The identity that the server gives a client's user: `mapall` for everybody, `maproot` for root, nobody for other roots. */
function squashed(state: ApplianceState, share: NfsShareRow, { uid, gid, groups = [] }: NfsConsumer): Identity {
  if (share.mapall_user) return mapped(state, share.mapall_user, share.mapall_group);
  if (uid !== 0) return { uid, gids: [gid, ...groups] };
  if (share.maproot_user) return mapped(state, share.maproot_user, share.maproot_group);
  return { uid: NOBODY.uid, gids: [NOBODY.gid] };
}

/** Mounts an export as the consumer would, or fails with what the consumer's mount fails with. */
export function mountNfs(state: ApplianceState, hostnames: ReadonlyMap<string, string>, consumer: NfsConsumer): Access {
  const { path, address } = consumer;
  const running = state.services.values().some(({ service, running: up }) => service === "nfs" && up);
  if (!running) throw new ConsumerError("ECONNREFUSED", "the nfs service is not running");
  const home = datasetOfPath(state, path)?.id;
  const exported = state.nfsShares
    .values()
    .filter((share) => share.enabled && isWithin(path, share.path) && datasetOfPath(state, share.path)?.id === home);
  if (exported.length === 0) throw new ConsumerError("ENOENT", `${path} is not exported`);
  const [best] = [...exported].sort((a, b) => rank(b, address, hostnames) - rank(a, address, hostnames));
  if (best === undefined || rank(best, address, hostnames) === 0)
    throw new ConsumerError("EACCES", `access to ${path} denied by server for ${address}`);
  return { path, identity: squashed(state, best, consumer), readonly: best.ro };
}
