import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, refusal } from "./support/appliance.ts";

async function withDataset(version = "25.10.6"): Promise<SimulatedTrueNas> {
  const nas = await anAppliance({ version });
  await nas.call("pool.dataset.create", { name: "tank/a", share_type: "SMB" });
  return nas;
}

const path = "/mnt/tank/a";
const hosts = { hostsallow: [], hostsdeny: [] };

describe("shares of 25.10", () => {
  test("come back with every field and the options of their purpose", async () => {
    const nas = await withDataset();

    expect(await nas.call("sharing.smb.create", { name: "photos", path })).toEqual({
      id: 1,
      purpose: "DEFAULT_SHARE",
      name: "photos",
      path,
      enabled: true,
      comment: "",
      readonly: false,
      browsable: true,
      access_based_share_enumeration: false,
      audit: { enable: false, watch_list: [], ignore_list: [] },
      options: { aapl_name_mangling: false, ...hosts },
      locked: false,
    });
  });

  test.each([
    ["MULTIPROTOCOL_SHARE", { aapl_name_mangling: false, ...hosts }],
    ["TIME_LOCKED_SHARE", { grace_period: 900, aapl_name_mangling: false, ...hosts }],
    ["PRIVATE_DATASETS_SHARE", { dataset_naming_schema: null, auto_quota: 0, aapl_name_mangling: false, ...hosts }],
  ])("%s has options of its own", async (purpose, options) => {
    const nas = await withDataset();

    expect(await nas.call("sharing.smb.create", { name: "x", path, purpose, options: {} })).toMatchObject({
      purpose,
      options,
    });
  });

  test("a legacy share is given a volume id and keeps it", async () => {
    const nas = await withDataset();

    const made = (await nas.call("sharing.smb.create", {
      name: "x",
      path,
      purpose: "LEGACY_SHARE",
      options: { recyclebin: true },
    })) as { options: { vuid: string } };
    const kept = (await nas.call("sharing.smb.update", 1, { purpose: "LEGACY_SHARE", options: {} })) as {
      options: object;
    };

    expect(made.options.vuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(kept.options).toMatchObject({ vuid: made.options.vuid, recyclebin: false });
  });

  test("update replaces options as a whole, merges audit, and leaves the rest", async () => {
    const nas = await withDataset();
    await nas.call("sharing.smb.create", {
      name: "x",
      path,
      comment: "c",
      purpose: "DEFAULT_SHARE",
      options: { hostsallow: ["10.0.0.0/8"] },
    });

    const share = await nas.call("sharing.smb.update", 1, {
      purpose: "DEFAULT_SHARE",
      options: { hostsdeny: ["ALL"] },
      audit: { enable: true, watch_list: ["builtin_users"] },
    });

    expect(share).toMatchObject({
      comment: "c",
      options: { aapl_name_mangling: false, hostsallow: [], hostsdeny: ["ALL"] },
      audit: { enable: true, watch_list: ["builtin_users"], ignore_list: [] },
    });
  });

  test.each([
    [{ name: "global" }, "[EINVAL] data.name: Value error, global: share name is reserved.\n"],
    [
      { name: "a/b" },
      "[EINVAL] data.name: Value error, a/b: share name contains the following invalid characters: /\n",
    ],
    [
      { name: "x".repeat(81) },
      `[EINVAL] data.name: Value error, ${"x".repeat(81)}: share name must not exceed 80 characters in length\n`,
    ],
    [{ path: "/srv/x" }, "[ENOENT] Path /srv/x not found"],
    [{ path: "/mnt/tank/none" }, "[ENOENT] Path /mnt/tank/none not found"],
    [{ ro: true }, "[EINVAL] data.ro: Extra inputs are not permitted\n"],
    [{ options: {} }, "[EINVAL] data: Value error, You must set `purpose` if you set `options`.\n"],
    [{ purpose: "NO_PRESET" }, /^\[EINVAL\] data\.purpose: Input should be 'DEFAULT_SHARE', 'LEGACY_SHARE', /],
    [
      { purpose: "DEFAULT_SHARE", options: { recyclebin: true } },
      "[EINVAL] data.options.DEFAULT_SHARE.recyclebin: Extra inputs are not permitted\n",
    ],
    [
      { purpose: "TIME_LOCKED_SHARE", options: { grace_period: 1 } },
      "[EINVAL] data.options.TIME_LOCKED_SHARE.grace_period: Input should be greater than or equal to 60\n",
    ],
    [
      { purpose: "TIMEMACHINE_SHARE", options: {} },
      "[EINVAL] sharingsmb_create.purpose: Apple SMB2/3 protocol extension support is required by this parameter. This feature may be enabled in the general SMB server configuration.\n",
    ],
    [
      { audit: { enable: true } },
      "[EINVAL] sharingsmb_create.audit.enable: Watch list or ignore list is required to enable auditing for an SMB share.\n",
    ],
    [
      { audit: { enable: true, watch_list: ["nosuch", "apps"] } },
      "[EINVAL] sharingsmb_create.audit.watch_list.0: nosuch: group does not exist.\n[EINVAL] sharingsmb_create.audit.watch_list.1: apps: not an SMB group.\n",
    ],
  ])("refuses %j", async (fields, message) => {
    const nas = await withDataset();

    const refused = await refusal(nas, "sharing.smb.create", { name: "x", path, ...fields });

    if (typeof message === "string") expect(refused).toBe(message);
    else expect(refused).toMatch(message);
  });

  test("names are one, whatever their case", async () => {
    const nas = await withDataset();
    await nas.call("sharing.smb.create", { name: "Photos", path });

    expect(await refusal(nas, "sharing.smb.create", { name: "photos", path })).toBe(
      "[EINVAL] sharingsmb_create.name: Share names are case-insensitive and must be unique\n",
    );
    expect(await refusal(nas, "sharing.smb.delete", 9)).toBe("[ENOENT] None: SharingSMB 9 does not exist");
  });
});

describe("shares of 25.04", () => {
  test("are flat, and a preset overrides what was sent", async () => {
    const nas = await withDataset("25.04.2");

    const preset = await nas.call("sharing.smb.create", { name: "a", path, ro: true, hostsallow: ["10.0.0.1"] });
    const own = await nas.call("sharing.smb.create", {
      name: "b",
      path,
      purpose: "NO_PRESET",
      ro: true,
      hostsallow: ["10.0.0.1"],
    });

    expect(preset).toMatchObject({ purpose: "DEFAULT_SHARE", ro: false, hostsallow: [], abe: false, path_local: path });
    expect(own).toMatchObject({ purpose: "NO_PRESET", ro: true, hostsallow: ["10.0.0.1"], guestok: false });
    expect(await refusal(nas, "sharing.smb.create", { name: "c", path, readonly: true })).toBe(
      "[EINVAL] sharingsmb_create.readonly: Extra inputs are not permitted\n",
    );
  });
});
