import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { refusal, type Values } from "../support/plugin.ts";
import { HOST, Site } from "../support/site.ts";

let site: Site;
beforeAll(async () => {
  // The second card is the one by whose address the program manages the appliance.
  site = await Site.start({ addresses: ["10.10.10.20", HOST] }, { TRUENAS_CALL_TIMEOUT: "2" });
});
afterEach(async () => {
  await site.appliance.faults.clear();
  for (const name of [...(await names()), "br0"])
    await site.appliance.call("interface.delete", name).catch(() => undefined);
  await site.appliance.call("interface.update", "eno2", { aliases: [{ address: HOST, netmask: 24 }], mtu: null });
  await site.appliance.call("interface.commit", { rollback: false });
  await site.nextPhase();
});
afterAll(async () => {
  await site.stop();
});

const vlan = (tag: number): Values => ({
  name: `vlan${tag}`,
  type: "VLAN",
  vlanParentInterface: "eno3",
  vlanTag: tag,
  aliases: [{ address: `10.99.${tag}.20`, netmask: 24 }],
});
const make = (tag: number) => site.plugin.create("NetworkInterface", `vlan${tag}`, vlan(tag));
const names = async () =>
  ((await site.appliance.call("interface.query", [["type", "=", "VLAN"]])) as Values[])
    .map((row) => String(row["id"]))
    .sort();
const waiting = () => site.appliance.call("interface.has_pending_changes");
const calls = (method: string) => site.appliance.calls.filter((call) => call.method === `interface.${method}`).length;

describe("interfaces that change together", () => {
  test("are applied by one commit, and confirmed over a new connection", async () => {
    await Promise.all([make(10), make(20), make(30)]);

    expect(await names()).toEqual(["vlan10", "vlan20", "vlan30"]);
    expect(await waiting()).toBe(false);
    expect(["create", "commit", "checkin"].map(calls)).toEqual([3, 1, 1]);
    const { sshConnections, midcltProcesses } = site.appliance.counters;
    // The version; pending changes and what there is; the interfaces; the commit; its confirmation.
    expect([sshConnections, midcltProcesses]).toEqual([2, 5]);
  });

  test("follow what was applied before them", async () => {
    await make(10);
    const first = { description: "storage" };

    const [outputs] = await Promise.all([
      site.plugin.update("NetworkInterface", {
        id: "vlan10",
        oldInputs: vlan(10),
        oldOutputs: vlan(10),
        news: { ...vlan(10), ...first },
      }),
      make(20),
      site.plugin.delete("NetworkInterface", "vlan99", vlan(99)),
    ]);

    expect(outputs).toMatchObject(first);
    expect(await names()).toEqual(["vlan10", "vlan20"]);
    expect(calls("commit")).toBe(2);
  });

  test("leave those out that are refused, and apply the others", async () => {
    const refused = refusal(
      site.plugin.create("NetworkInterface", "b", { ...vlan(20), aliases: [{ address: "10.10.10.30", netmask: 24 }] }),
    );
    await make(10);

    expect(await refused).toBe(
      "din: interface.create was refused: interface_create.aliases.0: The network 10.10.10.0/24 is already in use by another interface.",
    );
    expect(await names()).toEqual(["vlan10"]);
    expect(await waiting()).toBe(false);
  });
});

describe("changes that somebody else has begun", () => {
  test("are not applied in passing", async () => {
    await site.appliance.call("interface.create", {
      ...{ type: "VLAN", name: "vlan5", vlan_parent_interface: "eno3", vlan_tag: 5 },
    });

    expect(await refusal(make(10))).toBe(
      "din: somebody has begun network changes there that are not final yet, and they are not made so in passing; " +
        "test and save them in the web interface, or drop them with  midclt call interface.rollback  and run again",
    );
    expect(site.appliance.counters.writes).toBe(0);
    expect(await waiting()).toBe(true);

    await site.appliance.call("interface.rollback");
    await make(10);
    expect(await names()).toEqual(["vlan10"]);
  });
});

describe("the interface by which the appliance is managed", () => {
  const card = { name: "eno2", type: "PHYSICAL", aliases: [{ address: HOST, netmask: 24 }] };
  const change = (news: Values, preview = false) =>
    refusal(
      site.plugin.update(
        "NetworkInterface",
        { id: "eno2", oldInputs: card, oldOutputs: card, news: { ...card, ...news } },
        preview,
      ),
    );
  const sentence =
    `NetworkInterface "eno2" carries ${HOST}, by which this program manages the appliance, and taking that address off it would cut it off; ` +
    "manage the appliance by another of its addresses first, or do it at its console";

  test("keeps that address, which a preview says already", async () => {
    const moved = { aliases: [{ address: "192.0.2.99", netmask: 24 }] };

    expect(await change(moved, true)).toBe(sentence);
    expect(await change(moved)).toBe(sentence);
    expect(await refusal(site.plugin.create("NetworkInterface", "card", { ...card, aliases: [] }))).toBe(sentence);
    expect(site.appliance.counters.writes).toBe(0);
  });

  test("may have anything else changed, and a card stays as it is when it leaves the program", async () => {
    const news = { ...card, description: "management", mtu: 9000 };
    await site.plugin.create("NetworkInterface", "card", news);
    await site.plugin.delete("NetworkInterface", "eno2", news);

    const [row] = (await site.appliance.call("interface.query", [["id", "=", "eno2"]])) as Values[];
    expect(row).toMatchObject({ description: "management", mtu: 9000, aliases: [{ address: HOST }] });
  });

  test("is not deleted", async () => {
    const bridge = { name: "br0", type: "BRIDGE", aliases: [{ address: "192.0.3.20", netmask: 24 }] };
    await site.plugin.create("NetworkInterface", "br0", bridge);
    await site.appliance.call("interface.update", "eno2", { aliases: [] });
    await site.appliance.call("interface.update", "br0", {
      aliases: [{ address: HOST, netmask: 24 }],
    });
    await site.appliance.call("interface.commit", { rollback: false });
    await site.nextPhase();

    expect(await refusal(site.plugin.delete("NetworkInterface", "br0", bridge))).toContain(
      "and deleting it would cut it off",
    );
  });
});

describe("when something happens at the commit", () => {
  test("an appliance that is cut off takes the changes back by itself, and the next run repairs", async () => {
    site.appliance.faults.cutOffByCommit();

    expect(await refusal(make(10))).toMatch(
      /^din: network changes were applied, and after that no new connection could be made \(127\.0\.0\.1:\d+ cannot be reached \(.*\); check that .*\)\. Unless it is confirmed the appliance takes them back by itself 60 s after they were applied, so nothing of them stays; correct what is stated, or the switch, and run again$/,
    );
    await site.appliance.clock.advance(61_000);
    expect(await names()).toEqual([]);

    await make(10);
    expect(await names()).toEqual(["vlan10"]);
  });

  test("changes that nobody waits for any more are reported, and the next run finds out", async () => {
    site.appliance.faults.restartMiddleware({ method: "interface.commit" });

    expect(await refusal(make(10))).toContain("before they could be confirmed nothing waited for it any more");
    await site.nextPhase();
    await make(10);
    expect([await names(), site.appliance.counters.writes]).toEqual([["vlan10"], 0]);
  });

  test.each(["before", "after"] as const)("an answer that is lost %s it leaves them applied once", async (when) => {
    site.appliance.faults.dropConnection({ when, method: "interface.commit" });

    await make(10);

    expect(await names()).toEqual(["vlan10"]);
    expect(await waiting()).toBe(false);
    expect([calls("commit"), calls("checkin")]).toEqual([1, 1]);
  });

  test("an answer to the confirmation that is lost is asked for again", async () => {
    site.appliance.faults.dropConnection({ when: "after", method: "interface.checkin" });

    await make(10);

    expect(await names()).toEqual(["vlan10"]);
    expect(await waiting()).toBe(false);
  });

  test("a commit that is refused leaves nothing in the way", async () => {
    site.appliance.faults.errorOn({ method: "interface.commit", text: "[EFAULT] not now" });

    expect(await refusal(make(10))).toBe("din: interface.commit failed: not now");
    expect([await names(), await waiting()]).toEqual([[], false]);
    await make(10);
    expect(await names()).toEqual(["vlan10"]);
  });
});
