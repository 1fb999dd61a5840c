import { describe, expect, test } from "vitest";
import { resourceType } from "../../../truenas/model/registry.ts";
import { checkInputs } from "../../../truenas/plugin/check.ts";
import { managed, SURROUNDINGS } from "../support/objects/index.ts";
import { opened, refusal, type Values } from "../support/plugin.ts";
import { Site } from "../support/site.ts";

const refusals = managed.flatMap(({ type, stated, refused = [] }) =>
  refused.map(([change, property, reason]) => ({
    type,
    inputs: without({ ...stated("it"), ...change }),
    property,
    reason,
  })),
);

function without(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

describe("what is refused before anything is sent", () => {
  test.each(refusals)("$type: $reason", ({ type, inputs, property, reason }) => {
    const known = resourceType(`truenas:index:${type}`);

    expect(known && checkInputs(known, inputs, undefined)).toEqual([{ property, reason }]);
  });

  test.each(managed.map(({ type, title = type, stated }) => ({ title, type, inputs: stated("it") })))(
    "is nothing of a $title as stories state it",
    ({ type, inputs }) => {
      const known = resourceType(`truenas:index:${type}`);

      expect(known && checkInputs(known, inputs, undefined)).toEqual([]);
    },
  );
});

describe("many objects", () => {
  test.each(["25.04.2", "25.10.6"])("of all kinds are made and read under %s, with few processes", async (version) => {
    const site = await Site.start({ version, ...SURROUNDINGS });
    await site.makePool("tank");
    await site.appliance.call("pool.dataset.create", { name: "tank/a" });
    const there = managed.filter(({ only }) => only === undefined || version.startsWith(only));
    const objects = there.map((one) => ({ ...one, inputs: one.stated("it") }));
    for (const { ground } of objects)
      for (const [method, ...params] of ground?.("it") ?? []) await site.appliance.call(method, ...params);

    const made = await Promise.all(
      objects.map(async ({ type, inputs }) => (await site.plugin.create(type, "it", inputs)).outputs),
    );
    await site.nextPhase();
    const found = await Promise.all(
      objects.map(async ({ type, id, inputs }, at) =>
        site.plugin.read(type, id(inputs), { inputs, outputs: made[at] ?? {} }),
      ),
    );

    expect(found.map(({ inputs }) => opened(inputs))).toEqual(objects.map(({ inputs }) => inputs));
    const { writes, midcltProcesses } = site.appliance.counters;
    for (const { type, id, inputs } of objects) {
      const { inputs: imported, outputs } = await site.plugin.read(type, id(inputs));
      const states = { id: id(inputs), oldInputs: imported, oldOutputs: outputs, news: inputs };
      expect((await site.plugin.diff(type, states)).detailed, `import of ${type} ${id(inputs)}`).toEqual({});
    }
    expect(writes).toBe(0);
    // The version, and everything else together, but for what can only be asked once the rest is known.
    expect(midcltProcesses).toBeLessThanOrEqual(3);
    expect(JSON.stringify(site.journal())).not.toContain("$6$");
    await site.stop();
  });
});

test("an extent waits for the device of a volume that was just made", async () => {
  const site = await Site.start(SURROUNDINGS);
  await site.makePool("tank");
  await site.appliance.call("pool.dataset.create", { name: "tank/new", type: "VOLUME", volsize: 1024 ** 3 });
  const text = "[EINVAL] iscsi_extent_create.disk: Device '/dev/zvol/tank/new' for volume 'tank/new' does not exist";
  site.appliance.faults.errorOn({ method: "iscsi.extent.create", text, times: 2 });

  await site.plugin.create("IscsiExtent", "new", { name: "new", disk: "zvol/tank/new" });

  expect(await site.appliance.call("iscsi.extent.query")).toHaveLength(1);
  expect(await refusal(site.plugin.create("IscsiExtent", "none", { name: "none", disk: "zvol/tank/none" }))).toBe(
    "din: iscsi.extent.create was refused because what it needs has not appeared: iscsi_extent_create.disk: " +
      "Device '/dev/zvol/tank/none' for volume 'tank/none' does not exist (5 attempts); see that it is there and run again",
  );
  await site.stop();
});

test("what names another object says which are there", async () => {
  const site = await Site.start(SURROUNDINGS);
  await site.makePool("tank");
  await site.appliance.call("iscsi.portal.create", { comment: "storage", listen: [{ ip: "10.10.10.20" }] });

  expect(
    await refusal(site.plugin.create("IscsiTarget", "vm", { name: "vm", groups: [{ portal: "people" }] })),
  ).toContain('iSCSI portal "people" is not on this appliance (it has: storage); create it first, or use one of these');
  expect(
    await refusal(site.plugin.create("SmbShareAcl", "s", { share: "s", entries: [{ permission: "READ", user: "x" }] })),
  ).toContain('user "x" is not on this appliance');
  await site.stop();
});

test("groups, whose making is answered by a number, are read once more for all of them", async () => {
  const site = await Site.start(SURROUNDINGS);
  const names = Array.from({ length: 12 }, (_, at) => `team-${at}`);

  const made = await Promise.all(names.map((name) => site.plugin.create("Group", name, { name })));

  const calls = site.appliance.calls.map(({ method }) => method);
  expect(calls.filter((method) => method === "group.create")).toHaveLength(12);
  expect(calls.filter((method) => method === "group.query")).toHaveLength(2);
  expect(new Set(made.map(({ outputs }) => outputs["rowId"]))).toEqual(new Set(names.map((_, at) => 19 + at)));
  await site.stop();
});
