import ipaddr from "ipaddr.js";
import { type DeclaredObject, ofKind } from "../../declared/stack.ts";
import { type Check, type Seen, seenIn } from "../check.ts";
import type { Finding } from "../finding.ts";
import type { Row } from "../rows.ts";

/** How a kind of share is served. */
interface Serving {
  readonly kind: string;
  readonly service: string;
  /** What is seen of the shares, and of the settings of the service. */
  readonly rows: (seen: Seen) => { readonly shares: readonly Row[]; readonly settings: Row };
  /** Name of the share in its arguments and in its row. */
  readonly key: string;
  /** Networks that its clients are in. */
  readonly networks: (inputs: Row) => readonly string[];
}

const SERVINGS: readonly Serving[] = [
  {
    kind: "NfsShare",
    service: "nfs",
    rows: ({ sight }) => ({ shares: sight.nfs.shares, settings: sight.nfs.settings }),
    key: "path",
    networks: (inputs) => (inputs["networks"] ?? []) as readonly string[],
  },
  {
    kind: "SmbShare",
    service: "cifs",
    rows: ({ sight }) => ({ shares: sight.smb.shares, settings: sight.smb.settings }),
    key: "name",
    networks: (inputs) => ((inputs["options"] as Row | undefined)?.["hostsallow"] ?? []) as readonly string[],
  },
];

/** Shares are served where their clients are. */
export const sharesAreServed: Check = {
  name: "share-is-served",
  doc: "Every declared share is enabled and unlocked, its service runs, and it listens on an address in each network of its clients.",
  find: (subject) =>
    seenIn(subject).flatMap((seen) => {
      const addresses = Object.values(subject.site.appliances[seen.name]?.addresses ?? {});
      return SERVINGS.flatMap((serving) =>
        ofKind<Row>(seen.declared, serving.kind).map((share) => judged(seen, serving, share, addresses)),
      );
    }),
};

function judged(
  seen: Seen,
  serving: Serving,
  { kind, name, inputs }: DeclaredObject,
  addresses: readonly string[],
): Finding {
  const { shares, settings } = serving.rows(seen);
  const row = shares.find((candidate) => candidate[serving.key] === inputs[serving.key]);
  const networks = serving.networks(inputs);
  const faults = [
    ...(row ? [] : ["not there"]),
    ...(row?.["enabled"] === false ? ["disabled"] : []),
    ...(row?.["locked"] === true ? ["locked with its dataset"] : []),
    ...(runs(seen, serving.service) ? [] : [`${serving.service} does not run`]),
    ...networks.flatMap((network) => deafTo(network, addresses, settings)),
  ];
  const about = { appliance: seen.name, subject: `${kind} ${name}` };
  const expected = networks.length > 0 ? `served to ${networks.join(", ")}` : "served";
  if (faults.length === 0) return { ...about, status: "passed", found: expected };

  return {
    ...about,
    status: "failed",
    found: faults.join("; "),
    expected,
    remedy: "npm run pulumi -- up puts it right",
  };
}

function runs({ sight }: Seen, service: string): boolean {
  return sight.services.some((row) => row["service"] === service && row["state"] === "RUNNING");
}

/** Why clients of a network do not reach the service; it listens on all of its addresses when none is bound. */
function deafTo(network: string, addresses: readonly string[], settings: Row): readonly string[] {
  const near = addresses.filter((address) => lies(address, network));
  const bound = (settings["bindip"] ?? []) as readonly string[];
  if (near.length === 0) return [`no address of the appliance in ${network}`];
  if (bound.length === 0 || near.some((address) => bound.includes(address))) return [];

  return [`listens on ${bound.join(", ")} only, not in ${network}`];
}

function lies(address: string, network: string): boolean {
  try {
    const [range, bits] = ipaddr.parseCIDR(network);
    const parsed = ipaddr.parse(address);
    return parsed.kind() === range.kind() && parsed.match(range, bits);
  } catch {
    return false;
  }
}
