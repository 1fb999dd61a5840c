import { expect, test } from "vitest";
import { Stack } from "../../lab/engine/index.ts";
import { bearsSecret, updateBudget } from "../support/process-budget.ts";
import { expectFine } from "../support/world.ts";
import { type Managed, managed } from "../truenas/support/objects/index.ts";
import { Storage, type Written } from "./support/storage.ts";
import { PLAN } from "./support/storage-plan.ts";

/** More than there is to do: how many operations the engine hands out at a time bounds what can travel together. */
const EVERYTHING = 1000;

const kinds = managed.filter(({ brief, only }) => !brief && only === undefined);

/** The plan with one object of every further kind, and a second of the doubled ones that stand on nothing of their own. */
function resources(doubled: (kind: Managed) => boolean): readonly Written[] {
  return [
    ...PLAN.map((one) => (one.name === "a" && one.type === "Dataset" ? adopted(one) : one)),
    ...kinds.flatMap((kind) =>
      atsOf(kind, doubled).map((at): Written => {
        const props = kind.stated(at);
        return { type: kind.type, name: kind.id(props), props, after: ["Dataset a"] };
      }),
    ),
  ];
}

function adopted({ props, ...rest }: Written): Written {
  return { ...rest, props: { ...props, adopt: true } };
}

function atsOf(kind: Managed, doubled: (kind: Managed) => boolean): readonly string[] {
  if (kind.single) return ["it"];
  const tellable = kind.id(kind.stated("one")) !== kind.id(kind.stated("two"));
  return doubled(kind) && tellable && !kind.ground ? ["one", "two"] : ["one"];
}

/** What one update of an empty appliance takes, in processes besides those of objects that bear secrets. */
async function processesOf(doubled: (kind: Managed) => boolean): Promise<number> {
  const storage = await Storage.open("lab");
  const { unused } = (await storage.appliance.call("disk.details")) as { unused: { name: string }[] };
  const mirror = { type: "MIRROR", disks: unused.slice(0, 2).map(({ name }) => name) };
  await storage.appliance.call("pool.create", { name: "tank", topology: { data: [mirror] } });
  await storage.appliance.call("pool.dataset.create", { name: "tank/a" });
  for (const kind of kinds) {
    for (const at of atsOf(kind, doubled)) {
      for (const [method, ...params] of kind.ground?.(at) ?? []) await storage.appliance.call(method, ...params);
    }
  }
  storage.appliance.resetCounters();
  const all = resources(doubled);

  expectFine(await new Stack({ ...storage.options(all), parallel: EVERYTHING }).up({ skipPreview: true }));

  const { midcltProcesses, sshConnections } = storage.appliance.counters;
  const objects = all.map(({ type, props }) => ({ kind: type, inputs: props }));
  expect(midcltProcesses).toBeLessThanOrEqual(updateBudget(objects));
  // New addresses are confirmed over a connection of their own.
  expect(sshConnections).toBe(2);

  return midcltProcesses - objects.filter(bearsSecret).length;
}

/** Milliseconds decide what travels together, by so many processes; each of the doubled objects would be one more. */
const JITTER = 5;

test("what an update costs grows with the kinds of objects and not with their number", async () => {
  const single = await processesOf(() => false);
  const doubled = await processesOf((kind) => kinds.indexOf(kind) % 2 === 0);

  expect(doubled).toBeLessThanOrEqual(single + JITTER);
});
