import { describe, expect, test } from "vitest";
import { resourceType } from "../../../truenas/model/registry.ts";
import { checkInputs } from "../../../truenas/plugin/check.ts";
import { managed, SURROUNDINGS } from "../support/objects/index.ts";
import type { Values } from "../support/plugin.ts";
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

    expect(found.map(({ inputs }) => inputs)).toEqual(objects.map(({ inputs }) => inputs));
    expect(site.appliance.counters).toMatchObject({ writes: 0, midcltProcesses: 2 });
    expect(JSON.stringify(site.journal())).not.toContain("$6$");
    await site.stop();
  });
});
