import { expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";

const CONTENT = { "a.jpg": "before", "2024/b c.jpg": "bee" };

async function photos() {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  for (const [path, content] of Object.entries(CONTENT)) nas.console.write(`/mnt/tank/photos/${path}`, content, 1e9);
  await nas.call("pool.snapshot.create", { dataset: "tank/photos", name: "then" });
  nas.console.write("/mnt/tank/photos/a.jpg", "after", 1e9);
  return nas;
}

const used = async (nas: Awaited<ReturnType<typeof photos>>, id: string) => {
  const [row] = (await nas.call("pool.dataset.query", [["id", "=", id]])) as {
    used: { parsed: number };
    origin: { value: string };
    user_properties: Record<string, { value: string }>;
  }[];
  return row;
};

test("a clone begins with what the snapshot holds, takes no room, and goes its own way", async () => {
  const nas = await photos();
  const snapshot = { snapshot: "tank/photos@then", dataset_dst: "tank/again" };

  expect(
    await nas.call("pool.snapshot.clone", { ...snapshot, dataset_properties: { "x:mark": "1", readonly: "off" } }),
  ).toBe(true);
  expect(nas.console.list("/mnt/tank/again").map(({ path, content }) => [path, content])).toEqual([
    ["2024/b c.jpg", "bee"],
    ["a.jpg", "before"],
  ]);
  const row = await used(nas, "tank/again");
  expect(row?.used.parsed).toBeLessThan(1e6);
  expect(row?.origin.value).toBe("tank/photos@then");
  expect(row?.user_properties["x:mark"]?.value).toBe("1");

  nas.console.write("/mnt/tank/again/a.jpg", "changed", 2e9);
  expect(nas.console.read("/mnt/tank/photos/.zfs/snapshot/then/a.jpg")).toBe("before");
  expect((await used(nas, "tank/again"))?.used.parsed).toBeGreaterThan(2e9);
});

test("what a clone stands on cannot be destroyed before it", async () => {
  const nas = await photos();
  await nas.call("pool.snapshot.clone", { snapshot: "tank/photos@then", dataset_dst: "tank/again" });

  expect(await refusal(nas, "pool.snapshot.delete", "tank/photos@then")).toContain("snapshot has dependent clones");
  expect(await refusal(nas, "pool.dataset.delete", "tank/photos", { recursive: true })).toContain(
    "filesystem has dependent clones\nuse '-R' to destroy the following datasets:\ntank/again",
  );
  await nas.call("pool.dataset.delete", "tank/again", { recursive: true });
  expect(await nas.call("pool.snapshot.delete", "tank/photos@then")).toBe(true);
});

test.each([
  [{ snapshot: "tank/photos@never", dataset_dst: "tank/x" }, "cannot open 'tank/photos@never': dataset does not exist"],
  [{ snapshot: "tank/photos@then", dataset_dst: "tank/photos" }, "cannot create 'tank/photos': dataset already exists"],
  [{ snapshot: "tank/photos@then", dataset_dst: "tank/a/b" }, "cannot create 'tank/a/b': parent does not exist"],
  [{ snapshot: "tank/photos@then", dataset_dst: "other/x" }, "cannot create 'other/x': source and target pools differ"],
  [
    { snapshot: "tank/photos@then", dataset_dst: "tank/x", dataset_properties: { colour: "red" } },
    "cannot create 'tank/x': invalid property 'colour'",
  ],
])("a clone is refused in the words of ZFS: %j", async (data, reason) => {
  const nas = await photos();

  expect(await refusal(nas, "pool.snapshot.clone", data)).toContain(`Failed to clone snapshot: ${reason}`);
});

test("files are listed and described like directories", async () => {
  const nas = await photos();
  const names = async (path: string) =>
    ((await nas.call("filesystem.listdir", path)) as Record<string, unknown>[]).map(({ name, type, size }) => [
      name,
      type,
      size,
    ]);

  expect(await names("/mnt/tank/photos")).toEqual([
    ["2024", "DIRECTORY", 2],
    ["a.jpg", "FILE", 1e9],
  ]);
  expect(await names("/mnt/tank/photos/.zfs/snapshot/then/2024")).toEqual([["b c.jpg", "FILE", 1e9]]);
  expect(await nas.call("filesystem.stat", "/mnt/tank/photos/a.jpg")).toMatchObject({ type: "FILE", size: 1e9 });
  expect(await refusal(nas, "filesystem.listdir", "/mnt/tank/photos/2023")).toContain("2023 not found");
});
