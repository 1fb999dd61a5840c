import { configObject } from "./config-object.ts";
import { isRecord, type Properties, type Values } from "./property.ts";
import { defineType, type Problem, type Row } from "./resource-type.ts";

const address = (doc: string) => ({ kind: "string", doc: `${doc}; empty is none.`, rule: "addressOrNone" }) as const;
const announcement = (doc: string) => ({ kind: "boolean", doc: `Announces its services by ${doc}.` }) as const;

const properties = {
  hostname: { kind: "string", doc: "Name of the appliance.", rule: "hostName" },
  domain: { kind: "string", doc: "DNS domain.", rule: "domainName" },
  domains: {
    kind: "list",
    doc: "Further domains in which names are looked up, in this order; five at most.",
    items: { kind: "string", doc: "A domain.", rule: "domainName" },
    unique: true,
    maxItems: 5,
  },
  ipv4gateway: address("The one default gateway"),
  ipv6gateway: address("Default gateway of version 6"),
  nameserver1: address("First DNS server"),
  nameserver2: address("Second DNS server"),
  nameserver3: address("Third DNS server"),
  httpproxy: { kind: "string", doc: "Proxy for what the appliance itself fetches; empty is none.", compare: "url" },
  hosts: {
    kind: "list",
    doc: "Lines of the hosts file: an address and names.",
    items: { kind: "string", doc: "A line." },
  },
  announceNetbios: announcement("NetBIOS"),
  announceMdns: announcement("multicast DNS"),
  announceWsd: announcement("Web Service Discovery"),
  activity: {
    kind: "object",
    doc: "What the appliance may do on the network by itself.",
    typeName: "NetworkActivity",
    fields: {
      type: {
        kind: "enum",
        doc: "Whether what is listed is allowed, or all but that.",
        values: ["ALLOW", "DENY"],
        required: true,
      },
      activities: {
        kind: "list",
        doc: "Activities, for example usage or update.",
        items: { kind: "string", doc: "An activity." },
        compare: "set",
        unique: true,
        default: [],
      },
    },
  },
} as const satisfies Properties;

const ANNOUNCED = { announce_netbios: "netbios", announce_mdns: "mdns", announce_wsd: "wsd" } as const;

/** What concerns the network as a whole. */
export const networkConfig = defineType({
  name: "NetworkConfig",
  doc: "Name, default gateway, DNS and announcements of the appliance. What is not stated stays as it is.",
  properties,
  ...configObject("network.configuration", properties, { read, write }),
  check,
});

function read(row: Row): Row {
  const announced = isRecord(row["service_announcement"]) ? row["service_announcement"] : {};
  const flat = Object.entries(ANNOUNCED).map(([ours, theirs]) => [ours, announced[theirs]]);

  return { ...row, ...Object.fromEntries(flat) };
}

/** TrueNAS changes those announcements that it is sent and leaves the others. */
function write(payload: Values): Values {
  const stated = Object.entries(ANNOUNCED).filter(([ours]) => ours in payload);
  if (stated.length === 0) return payload;
  const others = Object.entries(payload).filter(([name]) => !(name in ANNOUNCED));

  return {
    ...Object.fromEntries(others),
    service_announcement: Object.fromEntries(stated.map(([ours, theirs]) => [theirs, payload[ours]])),
  };
}

const NAMESERVERS = ["nameserver1", "nameserver2", "nameserver3"] as const;

function check(inputs: Values): readonly Problem[] {
  const gap = NAMESERVERS.find(
    (name, at) => at > 0 && Boolean(inputs[name]) && inputs[NAMESERVERS[at - 1] ?? name] === "",
  );

  return gap
    ? [{ property: gap, reason: `${gap} is set and the one before it is empty; fill them from the first on` }]
    : [];
}
