import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, refusal, temporaryDirectory } from "./support/appliance.ts";

const NOW = new Date("2026-03-01T00:30:00Z");
const SPEC = { addresses: ["10.10.10.20", "192.168.0.20"] };
const VLAN = { type: "VLAN", name: "vlan10", vlan_parent_interface: "eno3", vlan_tag: 10 };
const alias = (address: string, netmask = 24) => ({ type: address.includes(":") ? "INET6" : "INET", address, netmask });

const bare = (spec = {}) => anAppliance({ ...SPEC, ...spec }, { bare: true, now: NOW });
const one = async (nas: SimulatedTrueNas, name: string) =>
  ((await nas.call("interface.query", [["id", "=", name]])) as Record<string, unknown>[])[0];
const addresses = async (nas: SimulatedTrueNas) =>
  ((await nas.call("interface.ip_in_use")) as { address: string }[]).map(({ address }) => address);

describe("interfaces", () => {
  test("come as cards: one for each network that the appliance has addresses in, and two that are free", async () => {
    const nas = await bare();

    expect(await nas.call("interface.query", [], { select: ["id", "type", "aliases", "ipv4_dhcp", "mtu"] })).toEqual([
      { id: "eno1", type: "PHYSICAL", aliases: [alias("10.10.10.20")], ipv4_dhcp: false, mtu: null },
      { id: "eno2", type: "PHYSICAL", aliases: [alias("192.168.0.20")], ipv4_dhcp: false, mtu: null },
      { id: "eno3", type: "PHYSICAL", aliases: [], ipv4_dhcp: false, mtu: null },
      { id: "eno4", type: "PHYSICAL", aliases: [], ipv4_dhcp: false, mtu: null },
    ]);
  });

  test("ask for a lease while none of them is configured, and lose it with the first that is", async () => {
    const nas = await bare({
      addresses: [],
      nics: [{ name: "ens18", lease: "192.168.0.77/24", gateway: "192.168.0.1" }],
    });
    expect(await addresses(nas)).toEqual(["192.168.0.77"]);
    expect(await one(nas, "ens18")).toMatchObject({ ipv4_dhcp: true, ipv6_auto: true, aliases: [] });

    await nas.call("interface.update", "ens18", {
      ...{ ipv4_dhcp: false, ipv6_auto: false, aliases: [{ address: "192.168.0.20", netmask: 24 }] },
    });
    expect(await nas.call("interface.network_config_to_be_removed")).toEqual(["ipv4gateway"]);
    await nas.call("interface.save_network_config", { ipv4gateway: "192.168.0.1" });
    await nas.call("interface.commit");
    await nas.call("interface.checkin");

    expect(await addresses(nas)).toEqual(["192.168.0.20"]);
    expect(await nas.call("network.configuration.config")).toMatchObject({ ipv4gateway: "192.168.0.1" });
  });

  test("of each kind are made, and show what belongs to their kind", async () => {
    const nas = await bare();
    const made = async (data: object) => (await nas.call("interface.create", data)) as Record<string, unknown>;

    expect(await made({ type: "LINK_AGGREGATION", lag_protocol: "LACP", lag_ports: ["eno3", "eno4"] })).toMatchObject({
      id: "bond0",
      fake: true,
      ...{ lag_protocol: "LACP", lag_ports: ["eno3", "eno4"], xmit_hash_policy: "LAYER2+3", lacpdu_rate: "SLOW" },
    });
    expect(await made({ ...VLAN, vlan_parent_interface: "bond0", vlan_pcp: 3 })).toMatchObject({
      ...{ id: "vlan10", vlan_parent_interface: "bond0", vlan_tag: 10, vlan_pcp: 3 },
    });
    expect(await made({ type: "BRIDGE", bridge_members: ["vlan10"], stp: false })).toMatchObject({
      ...{ id: "br0", bridge_members: ["vlan10"], stp: false, enable_learning: true },
    });
  });
});

describe("changes of interfaces", () => {
  test("are applied when they are committed, and final when somebody checks in", async () => {
    const nas = await bare();
    await nas.call("interface.create", { ...VLAN, aliases: [alias("10.99.0.20")] });
    expect(await nas.call("interface.has_pending_changes")).toBe(true);
    expect(await addresses(nas)).not.toContain("10.99.0.20");

    await nas.call("interface.commit", { checkin_timeout: 90 });
    expect(await addresses(nas)).toContain("10.99.0.20");
    expect(await nas.call("nfs.update", { bindip: ["10.99.0.20"] })).toMatchObject({ bindip: ["10.99.0.20"] });
    await nas.clock.advance(30_000);
    expect(await nas.call("interface.checkin_waiting")).toBe(60);
    await nas.call("interface.checkin");
    await nas.clock.advance(3_600_000);

    expect(await addresses(nas)).toContain("10.99.0.20");
    expect(await nas.call("interface.has_pending_changes")).toBe(false);
    expect(await nas.call("interface.checkin_waiting")).toBe(null);
  });

  test("are taken back when nobody checks in, and then an appliance that they cut off answers again", async () => {
    const nas = await bare();
    nas.faults.cutOffByCommit();
    await nas.call("interface.update", "eno1", { aliases: [alias("10.99.0.20")], description: "moved" });
    await nas.call("interface.commit");

    await nas.clock.advance(59_000);
    expect(await addresses(nas)).toEqual(["10.99.0.20", "192.168.0.20"]);
    await nas.clock.advance(2_000);

    expect(await addresses(nas)).toEqual(["10.10.10.20", "192.168.0.20"]);
    expect(await one(nas, "eno1")).toMatchObject({ description: "", aliases: [alias("10.10.10.20")] });
    expect(await nas.call("interface.has_pending_changes")).toBe(false);
  });

  test("are dropped on request, and stay unapplied in the database when the middleware forgets them", async () => {
    const nas = await bare();
    await nas.call("interface.create", VLAN);
    await nas.call("interface.rollback");
    expect(await one(nas, "vlan10")).toBe(undefined);

    await nas.call("interface.create", VLAN);
    nas.faults.restartMiddleware();
    expect(await nas.call("interface.has_pending_changes")).toBe(false);
    expect(await one(nas, "vlan10")).toMatchObject({ fake: true });
  });

  test("outlive a restart of the appliance once they are final", async () => {
    const dir = await temporaryDirectory();
    const first = await anAppliance(SPEC, { bare: true, dir });
    await first.call("interface.update", "eno1", { aliases: [alias("10.99.0.20")] });
    await first.call("interface.commit", { rollback: false });
    await first.stop();

    const second = await anAppliance(SPEC, { bare: true, dir });

    expect(await addresses(second)).toEqual(["10.99.0.20", "192.168.0.20"]);
  });
});

const CREATE: readonly (readonly [change: object, error: string])[] = [
  [{ type: "TUNNEL" }, "[EINVAL] data.type: Input should be 'BRIDGE', 'LINK_AGGREGATION' or 'VLAN'\n"],
  [{ vlan_tag: 4095 }, "[EINVAL] data.vlan_tag: Input should be less than or equal to 4094\n"],
  [{ mtu: 9217 }, "[EINVAL] data.mtu: Input should be less than or equal to 9216\n"],
  [{ aliases: [alias("10.99.0.20"), alias("10.99.0.20")] }, "[EINVAL] data.aliases: List must be unique\n"],
  [{ aliases: [alias("home")] }, "[EINVAL] data.aliases.0.address: value is not a valid IPv4 or IPv6 address\n"],
  [
    { name: "eno1" },
    "[EINVAL] interface_create.name: Interface name is already in use.\n" +
      '[EINVAL] interface_create.name: VLAN interface must start with "vlan" followed by an unique number.\n',
  ],
  [
    { name: "v10" },
    '[EINVAL] interface_create.name: VLAN interface must start with "vlan" followed by an unique number.\n',
  ],
  [{ vlan_parent_interface: "eno9" }, "[EINVAL] interface_create.vlan_parent_interface: Not a valid interface.\n"],
  [{ mtu: 9000 }, "[EINVAL] interface_create.mtu: VLAN MTU cannot be bigger than parent interface.\n"],
  [
    { aliases: [alias("10.10.10.99", 16)] },
    "[EINVAL] interface_create.aliases.0: The network 10.10.0.0/16 is already in use by another interface.\n",
  ],
  [
    { mtu: 1000, aliases: [alias("fd00::20", 64)] },
    "[EINVAL] interface_create.mtu: When specifying an IPv6 address, the MTU cannot be smaller than 1280\n",
  ],
  [
    { type: "LINK_AGGREGATION", name: "bond0", lag_protocol: "ROUNDROBIN", lag_ports: ["eno1", "eno9"] },
    "[EINVAL] interface_create.lag_protocol: TrueNAS SCALE does not support LAG protocol ROUNDROBIN\n" +
      "[EINVAL] interface_create.lag_ports.0: Interface eno1 is currently in use\n" +
      '[EINVAL] interface_create.lag_ports.1: "eno9" is not a valid interface.\n',
  ],
];

describe("interfaces are refused", () => {
  test("when they are made of what is not there, not free or not possible", async () => {
    const nas = await bare();

    for (const [change, error] of CREATE)
      expect(await refusal(nas, "interface.create", { ...VLAN, ...change })).toBe(error);
    expect(await nas.call("interface.has_pending_changes")).toBe(false);
    expect(await refusal(nas, "interface.create", { type: "VLAN" })).toBe(
      "[EINVAL] interface_create.vlan_parent_interface: This field is required\n" +
        "[EINVAL] interface_create.vlan_tag: This field is required\n",
    );
    expect(await refusal(nas, "interface.update", "eno9", {})).toBe("[ENOENT] None: Interface eno9 does not exist");
  });

  test("when a second one is to use DHCP, one in use is to be deleted, or none is left with an address", async () => {
    const nas = await bare({ addresses: ["10.10.10.20"] });
    await nas.call("interface.update", "eno1", { ipv4_dhcp: true, aliases: [] });
    await nas.call("interface.create", { ...VLAN, vlan_parent_interface: "eno1" });

    expect(await refusal(nas, "interface.update", "eno2", { ipv4_dhcp: true })).toBe(
      "[EINVAL] interface_update.ipv4_dhcp: Only one interface can be used for DHCP.\n",
    );
    expect(await refusal(nas, "interface.delete", "eno1")).toBe(
      "[EINVAL] interface.delete: The following VLANs depend on this interface: vlan10\n",
    );
    await nas.call("interface.update", "eno1", { ipv4_dhcp: false });
    expect(await refusal(nas, "interface.commit")).toBe(
      "[EINVAL] interface.commit: At least one interface must be configured with IPv4 DHCP, IPv6 Autoconfig or a static IP.\n",
    );
  });
});
