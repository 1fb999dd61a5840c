import { localGroupsOf, usersOf } from "../accounts.ts";
import { type ConnectionAttributes, credentialsOf, type KeyPairAttributes, keyOf } from "../credentials.ts";
import { contains, isAddress, parseNetwork } from "../networks.ts";
import { publicHalf } from "../ssh-server.ts";
import type { UserRow } from "../state/account-rows.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Member, Surroundings } from "../surroundings.ts";
import { ReplicationError } from "./errors.ts";
import type { ReplicationSpec } from "./task-row.ts";

/** One side of a replication, and what may be done there. */
export interface Side {
  readonly state: ApplianceState;
  /** Throws what is printed when `zfs` is not allowed to change anything there; `text` is zfs's own refusal. */
  change(text: string): void;
  /** Throws what is printed when not even a look is allowed. */
  look(): void;
}

/** The appliance that replicates, with all rights. */
export function localSide({ state }: Member): Side {
  return { state, change: () => undefined, look: () => undefined };
}

const SSH_PORT = 22;
const ZFS = "/usr/sbin/zfs";
const PASSWORD_ASKED =
  "sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required";

const unreachable = ({ port }: ConnectionAttributes, address: string) =>
  new ReplicationError(`Unable to connect to port ${port} on ${address}`, true);

function peerAt(own: Member, surroundings: Surroundings, connection: ConnectionAttributes): Member {
  const address = own.hostnames.get(connection.host) ?? connection.host;
  if (!isAddress(address)) throw new ReplicationError("[Errno -2] Name or service not known", true);
  const peer = own.reachable ? surroundings.at(address) : undefined;
  const listens = peer?.state.services.values().some(({ service, running }) => service === "ssh" && running);
  if (peer === undefined || !listens || connection.port !== SSH_PORT) throw unreachable(connection, address);
  return peer;
}

function checkHostKey({ host, remote_host_key }: ConnectionAttributes, presented: string): void {
  const [type = "", base64 = ""] = (keyOf(presented) ?? presented).split(" ");
  const pinned = remote_host_key.split("\n").flatMap((line) => keyOf(line) ?? []);
  if (pinned.includes(`${type} ${base64}`)) return;
  const expected = pinned.find((key) => key.startsWith(`${type} `))?.split(" ")[1];
  if (expected === undefined) throw new ReplicationError(`Server '${host}' not found in known_hosts`, true);
  throw new ReplicationError(`Host key for server '${host}' does not match: got '${base64}', expected '${expected}'`);
}

/** The address that a machine has where it talks to another: the one that is most like the other's. */
function sourceAddress(own: readonly string[], peer: string): string | undefined {
  const likeness = (address: string) => [32, 24, 16, 8].find((bits) => contains(networkOf(peer, bits), address)) ?? 0;
  return [...own].sort((a, b) => likeness(b) - likeness(a))[0];
}

function networkOf(address: string, bits: number) {
  const network = parseNetwork(`${address}/${bits}`);
  if (network === undefined) throw new Error(`${address} is no address`);
  return network;
}

// OpenSSH's `from=` takes addresses, networks and patterns with * and ?.
function admits(line: string, address: string | undefined): boolean {
  const from = /(?:^|,)from="([^"]*)"/.exec(line)?.[1];
  if (from === undefined) return true;
  return from.split(",").some((pattern) => {
    const network = parseNetwork(pattern);
    if (address === undefined) return false;
    if (network !== undefined) return contains(network, address);
    return new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*").replaceAll("?", ".")}$`).test(address);
  });
}

function logIn(peer: Member, { username }: ConnectionAttributes, pair: KeyPairAttributes, from: string | undefined) {
  if (!pair.private_key) throw new ReplicationError("not a valid OPENSSH private key file", true);
  const key = publicHalf(pair.private_key);
  const user = usersOf(peer.state)
    .values()
    .find((row) => row.username === username);
  const lines = (user?.sshpubkey ?? "").split("\n").filter((line) => keyOf(line) === keyOf(key));
  const welcome = user !== undefined && !user.locked && lines.some((line) => admits(line, from));
  if (!welcome) throw new ReplicationError("Authentication failed.");
  return user;
}

function mayRunZfs(state: ApplianceState, user: UserRow): boolean {
  const groups = [user.group, ...user.groups].flatMap((id) => localGroupsOf(state).get(id) ?? []);
  const commands = [user, ...groups].flatMap((row) => row.sudo_commands_nopasswd);
  return commands.some((command) => command === "ALL" || command === ZFS);
}

/** Logs in to the other side of a replication; throws what the replication fails with when that is not possible. */
export function remoteSide(own: Member, surroundings: Surroundings, spec: ReplicationSpec): Side {
  if (spec.transport === "LOCAL") return localSide(own);
  const credential = credentialsOf(own.state).get(spec.ssh_credentials ?? 0);
  if (credential?.type !== "SSH_CREDENTIALS") throw new ReplicationError("Credential does not exist");
  const pair = credentialsOf(own.state).get(credential.attributes.private_key);
  if (pair?.type !== "SSH_KEY_PAIR") throw new ReplicationError("Credential does not exist");
  const peer = peerAt(own, surroundings, credential.attributes);
  checkHostKey(credential.attributes, peer.hostKey);
  const host = own.hostnames.get(credential.attributes.host) ?? credential.attributes.host;
  const user = logIn(peer, credential.attributes, pair.attributes, sourceAddress(own.addresses, host));
  return sideOf(peer, user, spec.sudo);
}

function sideOf({ state }: Member, user: UserRow, sudo: boolean): Side {
  const look = () => {
    if (user.shell.endsWith("/nologin")) throw new ReplicationError("This account is currently not available.");
    if (user.uid !== 0 && sudo && !mayRunZfs(state, user)) throw new ReplicationError(PASSWORD_ASKED);
  };
  const change = (text: string) => {
    look();
    if (user.uid !== 0 && !sudo) throw new ReplicationError(`${text}: permission denied`);
  };
  return { state, look, change };
}
