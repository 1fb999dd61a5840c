import { describe, expect, test } from "vitest";
import { LONG_STORY } from "../support/engines.ts";
import { ENGINES, type EngineName, expectFine } from "../support/world.ts";
import { Plugin } from "../truenas/support/plugin.ts";
import type { DriftCase } from "./support/drift/drift-case.ts";
import { ground } from "./support/drift/managed-cases.ts";
import { driftCases, NOT_DRIFTING } from "./support/drift-cases.ts";
import { deeds, differences, disks, type Recorded, Storage, type Values, type Written } from "./support/storage.ts";

const GIB = 1024 ** 3;
const stripe = (...disks: string[]) => ({ type: "STRIPE", disks });
const HERE = "/mnt/plain";
const keyOf = ({ type, name }: Written) => `${type} ${name}`;
const resources = [...new Map(driftCases.map(({ resource }) => [keyOf(resource), resource])).values()];
const topOf = (path: string) => path.split(/[.[]/)[0] ?? path;
const propsOf = (type: string) => driftCases.filter((one) => one.type === type).map(({ resource }) => resource.props);

/** An appliance with everything that the cases stand on, none of it managed. */
async function furnished(engine: EngineName): Promise<Storage> {
  const scrubbed = propsOf("ScrubTask").map(({ pool }) => String(pool));
  const storage = await Storage.open(engine, { disks: disks(2 + scrubbed.length) });
  await storage.appliance.call("smb.update", { aapl_extensions: true });
  for (const pool of ["tank", "plain", ...scrubbed]) await storage.makePool(pool);
  const tasks = propsOf("SnapshotTask").flatMap((props) => [
    `/mnt/${props["dataset"]}`,
    `/mnt/${props["dataset"]}/below`,
  ]);
  const shared = [...propsOf("NfsShare"), ...propsOf("FilesystemAcl")].map(({ path }) => String(path));
  for (const path of [`${HERE}/shared`, `${HERE}/other`, ...tasks, ...shared]) {
    const list = propsOf("FilesystemAcl").some((props) => props["path"] === path && props["dacl"] !== undefined);
    const kind = list ? { acltype: "NFSV4", aclmode: "PASSTHROUGH" } : {};
    await storage.appliance.call("pool.dataset.create", { name: path.slice("/mnt/".length), ...kind });
  }
  for (const [method, ...params] of ground) await storage.appliance.call(method, ...params);

  return storage;
}

/** Which objects a refresh found changed, and in which properties of inputs and outputs. */
function changedIn(before: Record<string, Recorded>, after: Record<string, Recorded>, part: keyof Recorded) {
  const names = (key: string) => {
    const [old, now] = [before[key]?.[part] ?? {}, after[key]?.[part] ?? {}];
    return [...new Set([...Object.keys(old), ...Object.keys(now)])]
      .filter((name) => spelt(old[name]) !== spelt(now[name]))
      .sort();
  };
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];

  return Object.fromEntries(keys.map((key) => [key, names(key)] as const).filter(([, found]) => found.length > 0));
}

/** A value as it is compared; of a secret, which is encrypted anew whenever it is written, only the length shows. */
function spelt(value: unknown): string | undefined {
  const { ciphertext } = Object(value) as { readonly ciphertext?: string };
  return ciphertext === undefined ? JSON.stringify(value) : `a secret of ${ciphertext.length}`;
}

const expected = (of: (one: DriftCase) => readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(driftCases, ({ resource }) => keyOf(resource))].map(([key, ones]) => [
      key,
      [...new Set(ones.flatMap(of))].sort(),
    ]),
  );

describe.each(ENGINES)("drift under the %s engine", (engine) => {
  test("each managed property that somebody changes shows in refresh, alone, and is repaired by up", {
    timeout: LONG_STORY[engine],
  }, async () => {
    const storage = await furnished(engine);
    const stack = storage.stack(resources);
    expectFine(await stack.up({ skipPreview: true }));
    const before = await storage.recorded();
    expect(Object.keys(before).sort()).toEqual(resources.map(keyOf).sort());

    for (const { resource, deed } of driftCases) {
      const rowId = before[keyOf(resource)]?.outputs["rowId"];
      await deed(storage.appliance, rowId);
    }
    expectFine(await stack.refresh());
    const drifted = await storage.recorded();
    expect(changedIn(before, drifted, "inputs")).toEqual(expected(({ shows }) => [topOf(shows)]));
    expect(changedIn(before, drifted, "outputs")).toEqual(expected(({ shows, along }) => [topOf(shows), ...along]));

    expect(differences(await stack.preview())).toEqual(expected(({ shows }) => [shows]));

    const repair = await stack.up({ skipPreview: true });
    expectFine(repair);
    expect(deeds(repair)).toEqual(resources.map((resource) => `update ${keyOf(resource)}`).sort());
    expectFine(await stack.refresh());
    const repaired = await storage.recorded();
    expect(changedIn(before, repaired, "inputs")).toEqual({});
    expect(expected(({ along }) => along)).toMatchObject(changedIn(before, repaired, "outputs"));
    expect(deeds(await stack.preview())).toEqual([]);
  });
});

describe.each(ENGINES)("what nobody can change back, and what nobody manages, under the %s engine", (engine) => {
  const pool = { type: "Pool", name: "tank", props: { name: "tank", topology: { data: [stripe("S1")] } } };
  const bare = { type: "Dataset", name: "bare", props: { name: "tank/bare" } };
  const below = { type: "Dataset", name: "below", props: { name: "tank/bare/below" }, after: ["Dataset bare"] };
  const share = { type: "NfsShare", name: "bare", props: { path: "/mnt/tank/bare" }, after: ["Dataset bare"] };
  const task = {
    type: "SnapshotTask",
    name: "bare",
    props: { dataset: "tank/bare", namingSchema: "x-%s" },
    after: ["Dataset bare"],
  };
  const disk = { type: "Zvol", name: "disk", props: { name: "tank/disk", volsize: GIB } };
  const all = [pool, bare, below, share, task, disk].map((one) => ({ after: ["Pool tank"], ...one }));

  test("unmanaged changes show nothing; deleted objects are made anew; what cannot be changed back says so", {
    timeout: LONG_STORY[engine],
  }, async () => {
    const storage = await Storage.open(engine);
    const refusal = async (resources: readonly Written[]) => {
      const run = await storage.stack(resources).preview();
      return run.ok ? "" : run.diagnostics.map(({ message }) => message).join("\n");
    };
    await storage.makePool("tank");
    expectFine(await storage.stack(all).up({ skipPreview: true }));
    const before = await storage.recorded();

    await storage.appliance.call("pool.dataset.update", "tank/bare", {
      compression: "ZSTD",
      quota: 2 * GIB,
      user_properties_update: [{ key: "other:tool", value: "here" }],
    });
    await storage.appliance.call("sharing.nfs.update", before["NfsShare bare"]?.outputs["rowId"], { comment: "mine" });
    await storage.appliance.call("pool.dataset.create", { name: "tank/somebody-elses" });
    const unmanaged = await storage.stack(all).refresh();
    expectFine(unmanaged);
    expect(changedIn(before, await storage.recorded(), "inputs")).toEqual({});
    expect(deeds(await storage.stack(all).preview())).toEqual([]);

    await storage.appliance.call("sharing.nfs.delete", before["NfsShare bare"]?.outputs["rowId"]);
    await storage.appliance.call("pool.snapshottask.delete", before["SnapshotTask bare"]?.outputs["rowId"]);
    await storage.appliance.call("pool.dataset.delete", "tank/bare/below");
    expectFine(await storage.stack(all).refresh());
    const again = await storage.stack(all).up({ skipPreview: true });
    expectFine(again);
    expect(deeds(again)).toEqual(["create Dataset below", "create NfsShare bare", "create SnapshotTask bare"]);
    expect(await storage.rows("sharing.nfs")).toHaveLength(1);
    expect(await storage.rows("pool.snapshottask")).toHaveLength(1);

    const [free] = ((await storage.appliance.call("disk.details")) as { unused: { name: string }[] }).unused;
    const grown = { topology: { data: [{ type: "STRIPE", disks: [free?.name] }] } };
    await storage.appliance.call("pool.update", before["Pool tank"]?.outputs["rowId"], grown);
    await storage.appliance.call("pool.dataset.update", "tank/disk", { volsize: 2 * GIB });
    expectFine(await storage.stack(all).refresh());
    const drifted = await storage.recorded();
    expect(changedIn(before, drifted, "inputs")).toEqual({ "Pool tank": ["topology"], "Zvol disk": ["volsize"] });
    expect(drifted["Pool tank"]?.inputs["topology"]).toEqual({ data: [stripe("S1", "S2")] });
    storage.appliance.resetCounters();
    expect(await refusal(all)).toContain(
      'topology differs from pool "tank" as it is; changing the disks of a pool is not supported: ' +
        "change them by hand in TrueNAS, run refresh, and state the new topology",
    );
    const wider = { ...pool, props: { name: "tank", topology: { data: [stripe("S1", "S2")] } } };
    expect(await refusal([wider, ...all.slice(1)])).toContain(
      `volsize ${GIB} is smaller than the present ${2 * GIB} bytes; a volume cannot shrink: make a new one and copy the data`,
    );
    expect(storage.appliance.counters.writes).toBe(0);
  });
});

describe("the cases of drift", () => {
  test("are as many as the provider has properties", async () => {
    const plugin = await Plugin.start();
    const schema = (await plugin.schema()) as unknown as Schema;
    await plugin.stop();

    for (const [token, { inputProperties }] of Object.entries(schema.resources)) {
      const type = token.split(":").at(-1) ?? "";
      const covered = driftCases.filter((one) => one.type === type).map(({ path }) => path.replace(/\[.*\]$/, ""));
      const known = [...new Set([...covered, ...Object.keys(NOT_DRIFTING[type] ?? {})])];
      expect(known.sort(), type).toEqual(leaves(schema, inputProperties, NOT_DRIFTING[type] ?? {}).sort());
    }
  });
});

interface Shape {
  readonly $ref?: string;
}

interface Schema {
  readonly resources: Readonly<Record<string, { readonly inputProperties: Readonly<Record<string, Shape>> }>>;
  readonly types: Readonly<Record<string, { readonly properties: Readonly<Record<string, Shape>> }>>;
}

/** Paths of the properties, those of nested objects one by one. */
function leaves(schema: Schema, properties: Readonly<Record<string, Shape>>, whole: Values): string[] {
  return Object.entries(properties).flatMap(([name, { $ref }]) => {
    const nested = $ref?.startsWith("#/types/") ? schema.types[$ref.slice("#/types/".length)] : undefined;
    if (!nested || name in whole) return [name];
    return leaves(schema, nested.properties, {}).map((path) => `${name}.${path}`);
  });
}
