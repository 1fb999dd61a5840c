import { afterEach, beforeEach, expect, test } from "vitest";
import { Site } from "../support/site.ts";

let site: Site;
beforeEach(async () => {
  site = await Site.start();
  await site.makePool("tank");
  await site.plugin.create("Dataset", "a", { name: "tank/a", shareType: "NFS" });
});
afterEach(async () => {
  await site.stop();
});

test("a denial that is stated after a grant is no drift, although TrueNAS puts it first", async () => {
  const dacl = [
    { tag: "owner@", perms: { BASIC: "FULL_CONTROL" }, flags: { BASIC: "INHERIT" } },
    { tag: "everyone@", perms: { BASIC: "TRAVERSE" }, flags: { BASIC: "NOINHERIT" } },
    { tag: "USER", id: 0, type: "DENY", perms: { BASIC: "MODIFY" }, flags: { BASIC: "INHERIT" } },
  ];
  const inputs = { path: "/mnt/tank/a", acltype: "NFS4", dacl };
  const { id, outputs } = await site.plugin.create("FilesystemAcl", "a", inputs);
  await site.nextPhase();

  const read = await site.refresh("FilesystemAcl", id, inputs, outputs);

  expect((await site.plugin.diff("FilesystemAcl", { id, oldInputs: read.inputs, news: inputs })).changes).toBe("none");
});
