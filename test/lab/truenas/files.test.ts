import { expect, test } from "vitest";
import { checksum, SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, startWithPool, temporaryDirectory } from "./support/appliance.ts";

test("a file has a name, a size and a checksum, and lies in the dataset that is mounted there", async () => {
  const nas = await anAppliance();
  for (const name of ["tank/photos", "tank/photos/raw"]) await nas.call("pool.dataset.create", { name });

  nas.console.write("/mnt/tank/photos/2024/a.jpg", "sunset", 4_000_000);
  nas.console.write("/mnt/tank/photos/raw/a.dng", "raw sunset");

  expect(nas.console.list("/mnt/tank/photos").map(({ path, bytes }) => [path, bytes])).toEqual([
    ["2024/a.jpg", 4_000_000],
    ["raw/a.dng", 10],
  ]);
  expect(nas.console.checksums("/mnt/tank/photos/2024")).toEqual({ "a.jpg": checksum("sunset") });
  const [photos] = (await nas.call("pool.dataset.query", [["id", "=", "tank/photos"]])) as {
    used: { parsed: number };
  }[];
  expect(photos?.used.parsed).toBeGreaterThanOrEqual(4_000_000);
});

test("a snapshot keeps a file as it was when it was taken", async () => {
  const nas = await anAppliance();
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  nas.console.write("/mnt/tank/photos/a.jpg", "before");
  await nas.call("pool.snapshot.create", { dataset: "tank/photos", name: "then" });
  nas.console.write("/mnt/tank/photos/a.jpg", "after");
  nas.console.write("/mnt/tank/photos/b.jpg", "new");

  expect(nas.console.remove("/mnt/tank/photos/b.jpg")).toBe(true);
  expect(nas.console.remove("/mnt/tank/photos/b.jpg")).toBe(false);
  expect(nas.console.read("/mnt/tank/photos/a.jpg")).toBe("after");
  expect(nas.console.list("/mnt/tank/photos/.zfs/snapshot/then").map(({ content }) => content)).toEqual(["before"]);

  await nas.call("pool.snapshot.rollback", "tank/photos@then");
  expect(nas.console.checksums("/mnt/tank/photos")).toEqual({ "a.jpg": checksum("before") });
});

test("files are there again after a restart, and removing nameless data leaves them alone", async () => {
  const dir = await temporaryDirectory();
  const nas = await startWithPool({}, dir);
  await nas.call("pool.dataset.create", { name: "tank/photos" });
  nas.console.write("/mnt/tank/photos/a.jpg", "kept", 1000);
  await nas.stop();

  const again = await SimulatedTrueNas.start({ name: "nas" }, { dir });
  expect(again.console.checksums("/mnt/tank/photos")).toEqual({ "a.jpg": checksum("kept") });
  await again.stop();
});
