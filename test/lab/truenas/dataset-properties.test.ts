import { describe, expect, test } from "vitest";
import { anAppliance, refusal } from "./support/appliance.ts";
import { create, type Property, property, update } from "./support/datasets.ts";

const GIB = 1024 ** 3;

describe("properties", () => {
  test.each([
    ["atime", { parsed: false, rawvalue: "off", value: "OFF", source: "INHERITED", source_info: "tank" }],
    ["compression", { parsed: "lz4", rawvalue: "lz4", value: "LZ4", source: "INHERITED", source_info: "tank" }],
    ["checksum", { parsed: true, rawvalue: "on", value: "ON", source: "DEFAULT", source_info: null }],
    ["quota", { parsed: null, rawvalue: "0", value: null, source: "DEFAULT", source_info: null }],
    ["reservation", { parsed: null, rawvalue: "0", value: null, source: "DEFAULT", source_info: null }],
    ["recordsize", { parsed: 131072, rawvalue: "131072", value: "128K", source: "DEFAULT", source_info: null }],
    ["copies", { parsed: 1, rawvalue: "1", value: "1", source: "DEFAULT", source_info: null }],
    ["sync", { parsed: "standard", rawvalue: "standard", value: "STANDARD", source: "DEFAULT", source_info: null }],
    ["special_small_block_size", { parsed: "0", rawvalue: "0", value: "0", source: "DEFAULT", source_info: null }],
    [
      "casesensitivity",
      { parsed: "sensitive", rawvalue: "sensitive", value: "SENSITIVE", source: "NONE", source_info: null },
    ],
    ["xattr", { parsed: null, rawvalue: "sa", value: "SA", source: "LOCAL", source_info: null }],
    ["compressratio", { parsed: "1.00", rawvalue: "1.00", value: "1.00x", source: "NONE", source_info: null }],
    ["used", { parsed: 98304, rawvalue: "98304", value: "96 KiB", source: "NONE", source_info: null }],
    ["key_format", { parsed: "none", rawvalue: "none", value: null, source: "DEFAULT", source_info: null }],
  ])("a fresh dataset shows %s", async (name, shown) => {
    const nas = await anAppliance();
    await create(nas, "tank/a");

    expect(await property(nas, "tank/a", name)).toEqual(shown);
  });

  test.each([
    [
      "quota",
      1.5 * GIB,
      { parsed: 1610612736, rawvalue: "1610612736", value: "1.5 GiB", source: "LOCAL", source_info: null },
    ],
    ["recordsize", "1M", { parsed: 1048576, rawvalue: "1048576", value: "1M", source: "LOCAL", source_info: null }],
    [
      "compression",
      "ZSTD-3",
      { parsed: "zstd-3", rawvalue: "zstd-3", value: "ZSTD-3", source: "LOCAL", source_info: null },
    ],
    ["checksum", "SHA256", { parsed: null, rawvalue: "sha256", value: "SHA256", source: "LOCAL", source_info: null }],
    ["readonly", "ON", { parsed: true, rawvalue: "on", value: "ON", source: "LOCAL", source_info: null }],
    ["copies", 2, { parsed: 2, rawvalue: "2", value: "2", source: "LOCAL", source_info: null }],
  ])("%s set on a dataset is local", async (name, value, shown) => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { [name]: value });

    expect(await property(nas, "tank/a", name)).toEqual(shown);
  });

  test("a child follows its parent until it has a value of its own, and again after INHERIT", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { compression: "ZSTD" });
    await create(nas, "tank/a/b");

    const inherited = await property(nas, "tank/a/b", "compression");
    await update(nas, "tank/a/b", { compression: "OFF" });
    const local = await property(nas, "tank/a/b", "compression");
    await update(nas, "tank/a/b", { compression: "INHERIT" });
    await update(nas, "tank/a", { compression: "GZIP" });
    const again = await property(nas, "tank/a/b", "compression");

    expect([inherited.value, inherited.source, inherited.source_info]).toEqual(["ZSTD", "INHERITED", "tank/a"]);
    expect([local.value, local.source, local.source_info]).toEqual(["OFF", "LOCAL", null]);
    expect([again.value, again.source, again.source_info]).toEqual(["GZIP", "INHERITED", "tank/a"]);
  });

  test("a quota is cleared by 0 and by null, and INHERIT is none of its words", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { quota: GIB, refquota: GIB });

    await update(nas, "tank/a", { quota: 0, refquota: null });

    expect((await property(nas, "tank/a", "quota")).source).toBe("DEFAULT");
    expect((await property(nas, "tank/a", "refquota")).source).toBe("DEFAULT");
    expect(await refusal(nas, "pool.dataset.update", "tank/a", { quota: "INHERIT" })).toBe(
      "[EINVAL] data.quota.constrained-int: Input should be a valid integer\n[EINVAL] data.quota.literal[0,None]: Input should be 0\n",
    );
  });
});

describe("user properties", () => {
  test("25.10 shows them all as local, the middleware's own under short names", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", {
      comments: "photos",
      quota_warning: 70,
      user_properties: [{ key: "homelab:class", value: "authoritative" }],
    });
    await create(nas, "tank/a/b");

    const { user_properties } = (await nas.call("pool.dataset.get_instance", "tank/a/b")) as {
      user_properties: unknown;
    };

    const local = (value: string) => ({ parsed: value, rawvalue: value, value, source: "LOCAL", source_info: null });
    expect(user_properties).toEqual({
      comments: local("photos"),
      quota_warning: local("70"),
      "homelab:class": local("authoritative"),
    });
  });

  test("25.04 shows its own at the top and tells where each comes from", async () => {
    const nas = await anAppliance({ version: "25.04.2" });
    await create(nas, "tank/a", {
      comments: "photos",
      user_properties: [{ key: "homelab:class", value: "authoritative" }],
    });
    await create(nas, "tank/a/b");

    const entry = (await nas.call("pool.dataset.get_instance", "tank/a/b")) as Record<string, unknown>;

    const inherited = (value: string) => ({
      parsed: value,
      rawvalue: value,
      value,
      source: "INHERITED",
      source_info: "tank/a",
    });
    expect(entry["comments"]).toEqual(inherited("photos"));
    expect(entry["user_properties"]).toEqual({ "homelab:class": inherited("authoritative") });
  });

  test("are set, changed and removed one by one", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", {
      user_properties: [
        { key: "a:x", value: "1" },
        { key: "a:y", value: "2" },
      ],
    });

    await update(nas, "tank/a", {
      user_properties_update: [
        { key: "a:x", value: "3" },
        { key: "a:y", remove: true },
      ],
    });

    const { user_properties } = (await nas.call("pool.dataset.get_instance", "tank/a")) as {
      user_properties: Record<string, Property>;
    };
    expect(Object.entries(user_properties).map(([key, { rawvalue }]) => [key, rawvalue])).toEqual([["a:x", "3"]]);
  });

  test.each([
    [
      { user_properties_update: [{ key: "a:z", remove: true }] },
      "[EINVAL] properties.a:z: Property does not exist and cannot be inherited\n",
    ],
    [
      { user_properties_update: [{ key: "a:z" }] },
      '[EINVAL] pool_dataset_update.user_properties_update.0.value: Either "value" or "remove" must be specified\n',
    ],
    [
      { user_properties_update: [{ key: "a:z", value: "1", remove: true }] },
      '[EINVAL] pool_dataset_update.user_properties_update.0.remove: When "value" is specified, this cannot be set\n',
    ],
    [
      { user_properties_update: [{ key: "plain", value: "1" }] },
      "[EINVAL] data.user_properties_update.0.key: String should match pattern '.*:.*'\n",
    ],
  ])("refuses %j", async (fields, message) => {
    const nas = await anAppliance();
    await create(nas, "tank/a");

    expect(await refusal(nas, "pool.dataset.update", "tank/a", fields)).toBe(message);
  });

  test("replacing all of them trips over the short names of 25.10", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { comments: "photos" });

    const message = await refusal(nas, "pool.dataset.update", "tank/a", {
      user_properties: [{ key: "a:x", value: "1" }],
    });

    expect(message).toBe("[EINVAL] properties.comments: Property does not exist and cannot be inherited\n");
  });

  test("INHERIT as a comment is stored as it stands, unlike on create", async () => {
    const nas = await anAppliance();
    await create(nas, "tank/a", { comments: "INHERIT" });
    const before = (await nas.call("pool.dataset.get_instance", "tank/a")) as { user_properties: object };

    await update(nas, "tank/a", { comments: "INHERIT" });

    const after = (await nas.call("pool.dataset.get_instance", "tank/a")) as {
      user_properties: { comments: Property };
    };
    expect(before.user_properties).toEqual({});
    expect(after.user_properties.comments.rawvalue).toBe("INHERIT");
  });
});
