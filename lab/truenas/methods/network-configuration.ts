import type { ValidationErrors } from "../middleware/errors.ts";
import { absent, bool, defaulted, literal, nullable, refined, str } from "../middleware/kinds.ts";
import type { Context, Methods } from "../middleware/method.ts";
import { list, model, type ObjectOf } from "../middleware/models.ts";
import { contains, isAddress, parseNetwork } from "../networks.ts";
import { configurationMethods } from "./configuration.ts";

const address = refined(str(), (text) =>
  text === "" || isAddress(text) ? undefined : "value is not a valid IPv4 or IPv6 address",
);
const hostname = refined(str(), (text) =>
  /^[a-z.\-0-9]*[a-z0-9]$/i.test(text)
    ? undefined
    : "Assertion failed, Hostname can only contain letters, numbers, periods, and dashes and must end with a letter or number",
);
const domain = refined(str(), (text) =>
  /^[a-z.\-0-9]*$/i.test(text)
    ? undefined
    : "Assertion failed, Domain can only contain letters, numbers, periods, and dashes",
);

const shape = {
  hostname,
  domain,
  ipv4gateway: address,
  ipv6gateway: address,
  nameserver1: address,
  nameserver2: address,
  nameserver3: address,
  httpproxy: str(),
  hosts: list(str()),
  domains: list(str()),
  service_announcement: model("ServiceAnnouncement", { netbios: absent(bool), mdns: absent(bool), wsd: absent(bool) }),
  activity: model("NetworkConfigurationActivity", {
    type: literal("ALLOW", "DENY"),
    activities: defaulted(list(str()), []),
  }),
};

type Settings = ObjectOf<typeof shape>;

const NAMESERVERS = ["nameserver1", "nameserver2", "nameserver3"] as const;
/** How wide the networks of the appliance's addresses are taken to be. */
const PREFIX = 24;

function nameserverProblem(ip: string): string | undefined {
  if (ip.startsWith("127.") || ip === "::1") return "Loopback is not a valid nameserver";
  if (ip === "0.0.0.0" || ip === "::") return "Unspecified addresses are not valid as nameservers";
  if (ip === "255.255.255.255") return "This is not a valid nameserver address";
  return ip.startsWith("169.254") ? "169.254/16 subnet is not valid for nameserver" : undefined;
}

// Only what is sent is judged.
function checkNameservers(errors: ValidationErrors, sent: Partial<Settings>): void {
  const set = NAMESERVERS.filter((name) => sent[name]);
  for (const name of set) {
    const problem = nameserverProblem(sent[name] ?? "");
    if (problem !== undefined) errors.add(`global_configuration_update.${name}`, problem);
  }
  const places = set.map((name) => NAMESERVERS.indexOf(name));
  if (places.some((place, index) => index > 0 && place !== (places[index - 1] ?? 0) + 1))
    errors.add(
      "global_configuration_update.nameserver",
      "When providing nameservers, they must be provided in consecutive order (i.e. nameserver1, nameserver2, nameserver3)",
    );
}

function isReachable({ addresses }: Context, gateway: string): boolean {
  const networks = addresses.map((ip) => parseNetwork(`${ip}/${PREFIX}`));
  return networks.some((network) => network !== undefined && contains(network, gateway));
}

function needsMdns({ state }: Context): boolean {
  return state.smbShares
    .values()
    .some(
      ({ enabled, purpose, options }) =>
        enabled && (purpose === "TIMEMACHINE_SHARE" || options["timemachine"] === true),
    );
}

/** `network.configuration.*`: what concerns the network as a whole. */
export const networkConfigurationMethods: Methods = configurationMethods({
  namespace: "network.configuration",
  argument: "data",
  shape: { ...shape, hostname_b: absent(nullable(hostname)), hostname_virtual: absent(nullable(hostname)) },
  initial: ({ state }) => ({
    hostname: String(state.facts.get("hostname")),
    domain: "local",
    ipv4gateway: "",
    ipv6gateway: "",
    nameserver1: "",
    nameserver2: "",
    nameserver3: "",
    httpproxy: "",
    hosts: [],
    domains: [],
    service_announcement: { netbios: false, mdns: true, wsd: true },
    activity: { type: "DENY" as const, activities: [] },
    hostname_b: undefined,
    hostname_virtual: undefined,
  }),
  checked: (context, errors, wanted, old, sent) => {
    const announced = { ...old.service_announcement, ...sent.service_announcement };
    checkNameservers(errors, sent);
    if (sent.ipv4gateway && !isReachable(context, sent.ipv4gateway))
      errors.add("global_configuration_update.ipv4gateway", `Gateway ${sent.ipv4gateway} is unreachable`);
    if ((sent.domains?.length ?? 0) > 5)
      errors.add("global_configuration_update.domains", "No more than 5 additional domains are allowed");
    if (!announced.mdns && needsMdns(context))
      errors.add(
        "global_configuration_update.service_announcement.mdns",
        "NAS is configured as a time machine target. mDNS is required.",
      );
    return { ...wanted, service_announcement: announced };
  },
  entry: (_context, { hostname_b: _b, hostname_virtual: _virtual, ...settings }) => ({
    ...settings,
    hostname_local: settings.hostname,
    state: {
      ipv4gateway: settings.ipv4gateway,
      ipv6gateway: settings.ipv6gateway,
      nameserver1: settings.nameserver1,
      nameserver2: settings.nameserver2,
      nameserver3: settings.nameserver3,
      hosts: settings.hosts,
    },
  }),
});
