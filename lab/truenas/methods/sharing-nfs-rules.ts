import { groupNamed, userNamed } from "../accounts.ts";
import { ValidationErrors } from "../middleware/errors.ts";
import type { Context } from "../middleware/method.ts";
import { isAddress, type Network, overlap, parseNetwork, startsAtZero } from "../networks.ts";
import type { NfsShareRow } from "../state/rows.ts";
import { nfsProtocols } from "./nfs.ts";
import { checkInsidePool, requireExisting } from "./share-path.ts";

type Share = Omit<NfsShareRow, "id">;

function checkUnique(errors: ValidationErrors, attribute: string, items: readonly string[]): void {
  const repeated = items.filter((item, index) => items.indexOf(item) !== index);
  if (repeated.length > 0)
    errors.add(attribute, `Entries must be unique, the following are not: ${repeated.join(", ")}`);
}

function normalisedNetworks(errors: ValidationErrors, prefix: string, networks: readonly string[]): readonly string[] {
  const parsed = networks.map((text) => ({ text, network: parseNetwork(text) }));
  const invalid = parsed.filter(({ network }) => network === undefined).map(({ text }) => text);
  const everything = parsed.find(({ network }) => network !== undefined && startsAtZero(network));
  if (invalid.length > 0)
    errors.add(
      `${prefix}.networks`,
      `The following do not appear to be valid IPv4 or IPv6 networks: ${invalid.join(", ")}`,
    );
  else if (everything !== undefined) {
    // The message names the last entry of the list, whichever one was at fault.
    const named = networks.at(-1);
    errors.add(
      `${prefix}.networks`,
      `Do not use ${named} to represent all-networks.  No entry is required to configure 'allow everybody'.  Please remove ${named}.`,
    );
  }
  return parsed.map(({ text, network }) => network?.text ?? text);
}

function checkHosts(errors: ValidationErrors, prefix: string, hosts: readonly string[]): void {
  const invalid = hosts.filter((host) => /[\s"]/.test(host));
  if (invalid.length > 0) errors.add(`${prefix}.hosts`, `Cannot contain spaces or quotes: ${invalid.join(", ")}`);
  const everyone = hosts.find((host) => host === "0.0.0.0" || host === "::");
  if (everyone !== undefined)
    errors.add(
      `${prefix}.hosts`,
      `Do not use ${everyone} to represent all-hosts.  No entry is required to configure 'allow everybody'.  Please remove ${everyone} or replace with '*'.`,
    );
}

function checkOverlaps(errors: ValidationErrors, prefix: string, networks: readonly string[]): void {
  const parsed = networks.flatMap((text) => parseNetwork(text) ?? []);
  const pairs = parsed.flatMap((a, index) =>
    parsed
      .slice(index + 1)
      .filter((b) => overlap(a, b))
      .map((b) => `('${a.text}', '${b.text}')`),
  );
  if (pairs.length > 0) errors.add(`${prefix}.networks`, `ERROR - Overlapped subnets: [${pairs.join(", ")}]`);
}

interface Used {
  readonly networks: Network[];
  readonly hosts: Set<string>;
}

// A share without networks and hosts is open to everybody.
function usedByOthers(others: readonly NfsShareRow[]): Used {
  const networks = others.flatMap((share) => {
    const open = share.networks.length === 0 && share.hosts.length === 0;
    return (open ? ["0.0.0.0/0", "::/0"] : share.networks).flatMap((text) => parseNetwork(text) ?? []);
  });
  return { networks, hosts: new Set(others.flatMap((share) => share.hosts)) };
}

const resolvable = (host: string) =>
  isAddress(host) || host.startsWith("@") || /[*?[\]]/.test(host) || host === "localhost";

function checkCollisions(
  context: Context,
  errors: ValidationErrors,
  prefix: string,
  share: Share,
  others: readonly NfsShareRow[],
): void {
  const used = usedByOthers(others);
  for (const network of share.networks.flatMap((text) => parseNetwork(text) ?? [])) {
    if (used.networks.some(({ text }) => text === network.text))
      errors.add(
        `${prefix}.networks`,
        `ERROR - Another NFS share already exports ${share.path} for network ${network.text}`,
      );
    const other = used.networks.find((candidate) => overlap(candidate, network));
    if (other !== undefined)
      errors.add(
        `${prefix}.networks`,
        `ERROR - This or another NFS share exports ${share.path} to ${other.text} and overlaps network ${network.text}`,
      );
    used.networks.push(network);
  }
  for (const host of share.hosts) {
    if (used.hosts.has(host))
      errors.add(`${prefix}.hosts`, `ERROR - Another NFS share already exports ${share.path} for host ${host}`);
    else if (!resolvable(host) && !context.hostnames.has(host))
      errors.add(`${prefix}.hosts`, `Unable to resolve host '${host}'`);
  }
}

const pythonSet = (items: readonly string[]) => `{${items.map((item) => `'${item}'`).join(", ")}}`;

function checkExports(errors: ValidationErrors, prefix: string, share: Share, others: readonly NfsShareRow[]): void {
  for (const other of others) {
    const hosts = share.hosts.filter((host) => host !== "*" && other.hosts.includes(host));
    const networks = share.networks.filter((network) => other.networks.includes(network));
    const common = hosts.length > 0 ? hosts : networks;
    if (common.length === 0) continue;
    errors.add(
      `${prefix}.path`,
      `ERROR - Export conflict. Another share with the same path exports ${other.path} for ${pythonSet(common)}`,
    );
    return;
  }
}

function checkMapping({ state }: Context, errors: ValidationErrors, prefix: string, share: Share): void {
  for (const kind of ["maproot", "mapall"] as const) {
    const user = share[`${kind}_user`];
    const group = share[`${kind}_group`];
    if (!user && group) errors.add(`${prefix}.${kind}_user`, "This field is required when map group is specified");
    if (!user) continue;
    if (userNamed(state, user) === undefined) errors.add(`${prefix}.${kind}_user`, `User not found: ${user}`);
    if (group && groupNamed(state, group) === undefined)
      errors.add(`${prefix}.${kind}_group`, `Group not found: ${group}`);
  }
  if (share.maproot_user && share.mapall_user)
    errors.add(`${prefix}.mapall_user`, "maproot_user disqualifies mapall_user");
  if (share.expose_snapshots)
    errors.add(
      `${prefix}.expose_snapshots`,
      "This is an enterprise feature and may not be enabled without a valid license.",
    );
}

function checkSecurity(context: Context, errors: ValidationErrors, prefix: string, share: Share): void {
  const newer = share.security.filter((flavor) => flavor !== "SYS");
  if (newer.length > 0 && !nfsProtocols(context).includes("NFSV4"))
    errors.add(
      `${prefix}.security`,
      `The following security flavor(s) require NFSv4 to be enabled: ${newer.join(",")}.`,
    );
}

/** The share as it would be stored, or the reasons against it; one group of rules is judged after the other. */
export function checkedNfsShare(context: Context, prefix: string, input: Share, own?: number): Share {
  const { state } = context;
  const errors = new ValidationErrors();
  checkUnique(errors, `${prefix}.networks`, input.networks);
  checkUnique(errors, `${prefix}.hosts`, input.hosts);
  const networks = normalisedNetworks(errors, prefix, input.networks);
  checkHosts(errors, prefix, input.hosts);
  errors.check();
  const share = { ...input, aliases: [], networks };
  checkInsidePool(state, errors, `${prefix}.path`, share.path);
  checkOverlaps(errors, prefix, networks);
  errors.check();
  requireExisting(state, share.path);
  const others = state.nfsShares.values().filter((other) => other.id !== own && other.path === share.path);
  checkCollisions(context, errors, prefix, share, others);
  errors.check();
  checkExports(errors, prefix, share, others);
  errors.check();
  checkMapping(context, errors, prefix, share);
  checkSecurity(context, errors, prefix, share);
  errors.check();
  return share;
}
