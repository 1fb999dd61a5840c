import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resourceType } from "../../../truenas/model/registry.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { SURROUNDINGS } from "./objects/index.ts";
import { opened, type Values } from "./plugin.ts";
import { Site } from "./site.ts";

/** Tells the story of each object, from creation through drift, import and change to its end. */
export function tell(lifecycles: readonly Lifecycle[]): void {
  describe.each(lifecycles.map((one) => ({ title: one.type, ...one })))(
    "$title",
    ({ type, id, ground = [], inputs, imported, drift, changes, kept = [] }) => {
      let site: Site;
      let outputs: Values;

      beforeAll(async () => {
        site = await Site.start(SURROUNDINGS);
        await site.makePool("tank");
        for (const name of ["tank/a", "tank/a/sub", "tank/b"])
          await site.appliance.call("pool.dataset.create", { name });
        await site.appliance.call("pool.dataset.create", {
          name: "tank/nfs4",
          acltype: "NFSV4",
          aclmode: "PASSTHROUGH",
        });
        for (const [method, ...params] of ground) await site.appliance.call(method, ...params);
        outputs = (await site.plugin.create(type, "it", inputs)).outputs;
      });
      afterAll(async () => {
        await site.stop();
      });

      const compare = async (oldInputs: Values, oldOutputs: Values, news: Values) =>
        (await site.plugin.diff(type, { id, oldInputs, oldOutputs, news })).detailed;

      test("is read back as it was stated", async () => {
        await site.nextPhase();
        const read = await site.plugin.read(type, id, { inputs, outputs });

        expect(read.id).toBe(id);
        expect(opened(read.inputs)).toEqual(inputs);
        expect(read.outputs).toMatchObject(outputs);
        expect(await compare(read.inputs, read.outputs, inputs)).toEqual({});
      });

      test("is imported so that stating it is no change", async () => {
        await site.nextPhase();
        const read = await site.plugin.read(type, id);

        expect(read.id).toBe(id);
        expect(Object.keys(read.inputs)).toEqual(expect.arrayContaining(Object.keys(imported ?? {})));
        expect(await compare(read.inputs, read.outputs, inputs)).toEqual({});
        expect(await site.plugin.check(type, "it", read.inputs)).toEqual([]);
      });

      test("shows every foreign change and nothing else, and repairs them with one write", async () => {
        for (const deed of Object.values(drift)) await deed(site, outputs["rowId"]);
        await site.nextPhase();
        const drifted = await site.plugin.read(type, id, { inputs, outputs });
        const found = await compare(drifted.inputs, drifted.outputs, inputs);
        expect(Object.keys(found).sort()).toEqual(Object.keys(drift).sort());

        const states = { id, oldInputs: drifted.inputs, oldOutputs: drifted.outputs, news: inputs };
        const repaired = await site.plugin.update(type, states);
        expect(site.appliance.counters.writes).toBe(type === "Service" ? 2 : 1);

        await site.nextPhase();
        const read = await site.plugin.read(type, id, { inputs, outputs: repaired });
        expect(opened(read.inputs)).toEqual(inputs);
        expect(await compare(read.inputs, read.outputs, inputs)).toEqual({});
      });

      test("follows each change with one write, and takes it back", async () => {
        let before = inputs;
        let state = outputs;
        for (const [name, value] of Object.entries(changes)) {
          const news = { ...before, [name]: value };
          expect(Object.keys(await compare(before, state, news)).length, name).toBeGreaterThan(0);
          site.appliance.resetCounters();
          state = await site.plugin.update(type, { id, oldInputs: before, oldOutputs: state, news });
          expect(site.appliance.counters.writes, name).toBe(1);
          before = news;
        }
        await site.nextPhase();
        expect(opened((await site.plugin.read(type, id, { inputs: before, outputs: state })).inputs)).toEqual(before);

        state = await site.plugin.update(type, { id, oldInputs: before, oldOutputs: state, news: inputs });
        await site.nextPhase();
        expect(opened((await site.plugin.read(type, id, { inputs, outputs: state })).inputs)).toEqual(inputs);
      });

      test("returns to what absence means when it is taken out of the program property by property", async () => {
        const properties = resourceType(`truenas:index:${type}`)?.properties ?? {};
        const bare = Object.fromEntries(
          Object.entries(inputs).filter(([name]) => properties[name]?.required || kept.includes(name)),
        );
        const found = await compare(inputs, outputs, bare);
        expect(Object.values(found).filter((kind) => kind !== "delete")).toEqual([]);
        if (Object.keys(found).length === 0) return;

        await site.nextPhase();
        await site.plugin.update(type, { id, oldInputs: inputs, oldOutputs: outputs, news: bare });
        await site.nextPhase();
        const read = await site.plugin.read(type, id);
        const left = Object.keys(await compare(read.inputs, read.outputs, bare));
        expect(left).toEqual([]);
      });
    },
  );
}
