import { describe, expect, test } from "vitest";
import { anAppliance, EIGHT_DISKS, refusal } from "./support/appliance.ts";

const GIB = 1024 ** 3;

function disks(count: number, size: number, prefix = "D") {
  return Array.from({ length: count }, (_unused, index) => ({ serial: `${prefix}${index}`, size }));
}

function names(from: number, count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => {
    const letter = (n: number) => String.fromCharCode(97 + n);
    const position = from + index;
    return position < 26
      ? `sd${letter(position)}`
      : `sd${letter(Math.floor(position / 26) - 1)}${letter(position % 26)}`;
  });
}

async function usable(
  count: number,
  size: number,
  data: readonly { type: string; disks: readonly string[] }[],
): Promise<number> {
  const nas = await anAppliance({ disks: disks(count, size) }, { bare: true });
  await nas.call("pool.create", { name: "p", topology: { data } });
  const root = (await nas.call("pool.dataset.get_instance", "p")) as {
    available: { parsed: number };
    used: { parsed: number };
  };
  return root.available.parsed + root.used.parsed;
}

describe("the space of a pool", () => {
  test.each([
    [
      "3 × 7-wide RAIDZ2 of 900 GB",
      21,
      900e9,
      [0, 7, 14].map((from) => ({ type: "RAIDZ2", disks: names(from, 7) })),
      12.46,
    ],
    ["6-wide RAIDZ2 of 8 TB", 6, 8e12, [{ type: "RAIDZ2", disks: names(0, 6) }], 31.86],
    ["6-wide RAIDZ1 of 3 TB", 6, 3e12, [{ type: "RAIDZ1", disks: names(0, 6) }], 14.26],
    ["11-wide RAIDZ2 of 3 TB", 11, 3e12, [{ type: "RAIDZ2", disks: names(0, 11) }], 25.01],
    ["a mirror of 4 TB", 2, 4e12, [{ type: "MIRROR", disks: names(0, 2) }], 3.88],
    ["two striped disks of 1 TB", 2, 1e12, [{ type: "STRIPE", disks: names(0, 2) }], 1.94],
  ])("%s", async (_layout, count, size, data, terabytes) => {
    const bytes = await usable(count, size, data);

    expect(Math.round(bytes / 1e10) / 100).toBe(terabytes);
  });

  test("ZFS keeps back 1/32 of a small pool", async () => {
    const bytes = await usable(1, 32 * GIB, [{ type: "STRIPE", disks: ["sda"] }]);

    expect(bytes).toBe(31 * GIB);
  });

  test("zpool's own figures include parity", async () => {
    const nas = await anAppliance();

    const [pool] = (await nas.call("pool.query")) as [{ size: number; allocated: number; free: number }];

    expect(pool.size).toBe(3_000_000_000_000);
    expect(pool.allocated + pool.free).toBe(pool.size);
  });
});

describe("making a pool", () => {
  test("gives it a root dataset, a mount point and a scrub", async () => {
    const nas = await anAppliance();

    const root = await nas.call("pool.dataset.query", [["id", "=", "tank"]], {
      get: true,
      select: [
        "atime.rawvalue",
        "aclmode.rawvalue",
        "acltype.rawvalue",
        "compression.rawvalue",
        "compression.source",
        "mountpoint",
      ],
    });
    const scrubs = await nas.call("pool.scrub.query");

    expect(root).toEqual({
      atime: { rawvalue: "off" },
      aclmode: { rawvalue: "discard" },
      acltype: { rawvalue: "posix" },
      compression: { rawvalue: "lz4", source: "LOCAL" },
      mountpoint: "/mnt/tank",
    });
    expect(scrubs).toEqual([
      {
        id: 1,
        pool: 1,
        pool_name: "tank",
        threshold: 35,
        description: "",
        schedule: { minute: "00", hour: "00", dom: "*", month: "*", dow: "7" },
        enabled: true,
      },
    ]);
    expect(await nas.call("filesystem.stat", "/mnt/tank")).toMatchObject({
      uid: 0,
      gid: 0,
      mode: 0o040755,
      is_mountpoint: true,
    });
  });

  test("shows the vdevs with their disks, and the spare under its result name", async () => {
    const nas = await anAppliance({}, { bare: true });
    const topology = {
      data: [
        { type: "MIRROR", disks: ["sda", "sdb"] },
        { type: "MIRROR", disks: ["sdc", "sdd"] },
      ],
      log: [{ type: "STRIPE", disks: ["sde"] }],
      cache: [{ type: "STRIPE", disks: ["sdf"] }],
      spares: ["sdg"],
    };

    const pool = (await nas.call("pool.create", { name: "tank", topology })) as {
      topology: Record<string, { type: string; disk: string | null; children: { disk: string }[] }[]>;
    };

    const shown = Object.entries(pool.topology).map(([name, vdevs]) => [
      name,
      vdevs.map(({ type, disk, children }) => [type, disk, children.map((child) => child.disk)]),
    ]);
    expect(Object.fromEntries(shown)).toEqual({
      data: [
        ["MIRROR", null, ["sda", "sdb"]],
        ["MIRROR", null, ["sdc", "sdd"]],
      ],
      log: [["DISK", "sde", []]],
      cache: [["DISK", "sdf", []]],
      spare: [["DISK", "sdg", []]],
      special: [],
      dedup: [],
    });
  });

  test("marks its disks as used", async () => {
    const nas = await anAppliance();

    const { used, unused } = (await nas.call("disk.details")) as Record<
      "used" | "unused",
      { serial: string; imported_zpool: string | null }[]
    >;
    const [disk] = (await nas.call("disk.query", [["serial", "=", "S0"]], { extra: { pools: true } })) as [unknown];

    expect(used.map(({ serial, imported_zpool }) => [serial, imported_zpool])).toEqual([
      ["S0", "tank"],
      ["S1", "tank"],
      ["S2", "tank"],
    ]);
    expect(unused.map(({ serial }) => serial)).toEqual(["S3", "S4", "S5", "S6", "S7"]);
    expect(disk).toMatchObject({
      identifier: "{serial}S0",
      name: "sda",
      serial: "S0",
      size: 1e12,
      type: "HDD",
      pool: "tank",
    });
  });

  test.each([
    [
      "a name in use",
      { name: "tank", topology: { data: [{ type: "STRIPE", disks: ["sdd"] }] } },
      "[EEXIST] pool_create.name: A pool with this name already exists.\n",
    ],
    [
      "a reserved name",
      { name: "mirror1", topology: { data: [{ type: "STRIPE", disks: ["sdd"] }] } },
      "[EINVAL] pool_create.name: Invalid pool name\n",
    ],
    [
      "a name with a blank",
      { name: "my pool", topology: { data: [{ type: "STRIPE", disks: ["sdd"] }] } },
      "[EINVAL] data.name: Value error, Pool name must not contain whitespace\n",
    ],
    [
      "no data vdev",
      { name: "p", topology: { data: [] } },
      "[EINVAL] data.topology.data: List should have at least 1 item after validation, not 0\n",
    ],
    [
      "an unknown vdev type",
      { name: "p", topology: { data: [{ type: "RAID5", disks: ["sdd"] }] } },
      "[EINVAL] data.topology.data.0: Input tag 'RAID5' found using 'type' does not match any of the expected tags: 'DRAID1', 'DRAID2', 'DRAID3', 'RAIDZ1', 'RAIDZ2', 'RAIDZ3', 'MIRROR', 'STRIPE'\n",
    ],
    [
      "too few disks for RAIDZ2",
      { name: "p", topology: { data: [{ type: "RAIDZ2", disks: ["sdd", "sde", "sdf"] }] } },
      "[EINVAL] pool_create.topology.data.0.disks: You need at least 4 disk(s) for this vdev type.\n",
    ],
    [
      "mixed data vdevs",
      {
        name: "p",
        topology: {
          data: [
            { type: "MIRROR", disks: ["sdd", "sde"] },
            { type: "STRIPE", disks: ["sdf"] },
          ],
        },
      },
      "[EINVAL] pool_create.topology.data.1.type: You are not allowed to create a pool with different data vdev types (MIRROR and STRIPE).\n",
    ],
    [
      "disks that are missing or taken",
      { name: "p", topology: { data: [{ type: "MIRROR", disks: ["sda", "sdz"] }] } },
      "[EINVAL] pool_create.topology: The following disks were not found in system: sdz.\n[EINVAL] pool_create.topology: The following disks are already in use: sda.\n",
    ],
    [
      "two log rows",
      {
        name: "p",
        topology: {
          data: [{ type: "STRIPE", disks: ["sdd"] }],
          log: [
            { type: "STRIPE", disks: ["sde"] },
            { type: "STRIPE", disks: ["sdf"] },
          ],
        },
      },
      "[EINVAL] pool_create.topology.log: Only one row for the virtual device of type log is allowed.\n",
    ],
  ])("refuses %s", async (_what, body, message) => {
    const nas = await anAppliance();

    expect(await refusal(nas, "pool.create", body)).toBe(message);
    expect(await nas.call("pool.query", [], { count: true })).toBe(1);
  });

  test("refuses a spare that is too small", async () => {
    const nas = await anAppliance({ disks: [...disks(2, 2e12), { serial: "small", size: 1e12 }] }, { bare: true });

    const message = await refusal(nas, "pool.create", {
      name: "p",
      topology: { data: [{ type: "MIRROR", disks: ["sda", "sdb"] }], spares: ["sdc"] },
    });

    expect(message).toBe(
      "[EINVAL] pool_create.topology: Spare sdc (931.32 GiB) is smaller than the smallest data disk (1.82 TiB)\n",
    );
  });
});

describe("changing a pool", () => {
  test("adds vdevs and switches autotrim", async () => {
    const nas = await anAppliance();

    await nas.call("pool.update", 1, { autotrim: "ON", topology: { spares: ["sdd"] } });

    const [pool] = (await nas.call("pool.query", [], { select: ["autotrim", "topology.spare.0.disk"] })) as [
      Record<string, unknown>,
    ];
    expect(pool).toEqual({
      autotrim: { parsed: "on", rawvalue: "on", source: "LOCAL", value: "on" },
      topology: { spare: { "0": { disk: "sdd" } } },
    });
  });

  test("refuses fields that it does not have", async () => {
    const nas = await anAppliance();

    expect(await refusal(nas, "pool.update", 1, { name: "other" })).toBe(
      "[EINVAL] data.name: Extra inputs are not permitted\n",
    );
    expect(await refusal(nas, "pool.update", 9, {})).toBe("[ENOENT] None: Pool 9 does not exist");
  });

  test("export takes the datasets away and leaves the disks free", async () => {
    const nas = await anAppliance();
    await nas.call("pool.dataset.create", { name: "tank/a" });

    await nas.call("pool.export", 1, {});

    expect(await nas.call("pool.dataset.query", [], { count: true })).toBe(0);
    expect(await nas.call("disk.details", { type: "USED" })).toEqual([]);
  });
});

test("a kept directory gains the new disks of its spec under new names", async () => {
  const nas = await anAppliance({ disks: EIGHT_DISKS });
  const more = [...EIGHT_DISKS, { serial: "NEW", size: 2e12, type: "SSD" as const }];
  const { SimulatedTrueNas } = await import("../../../lab/truenas/index.ts");
  const dir = nas.endpoint.privateKeyFile.replace(/\/client_key$/, "");
  await nas.stop();

  const again = await SimulatedTrueNas.start({ name: "nas", disks: more }, { dir });

  expect(await again.call("disk.query", [], { select: ["name", "serial", "type"], offset: 7 })).toEqual([
    { name: "sdh", serial: "S7", type: "HDD" },
    { name: "sdi", serial: "NEW", type: "SSD" },
  ]);
});
