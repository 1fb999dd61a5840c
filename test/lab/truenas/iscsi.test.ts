import { describe, expect, test } from "vitest";
import type { SimulatedTrueNas } from "../../../lab/truenas/index.ts";
import { anAppliance, refusal } from "./support/appliance.ts";

const GIB = 1024 ** 3;
const ADDRESSES = ["10.10.10.20", "10.10.10.21"];

/** A volume that is offered by a target on one portal. */
async function offered(version = "25.10.6"): Promise<SimulatedTrueNas> {
  const nas = await anAppliance({ version, addresses: ADDRESSES, hostnames: { isns: "10.10.10.30" } });
  await nas.call("pool.dataset.create", { name: "tank/a disk", type: "VOLUME", volsize: GIB });
  await nas.call("iscsi.portal.create", { listen: [{ ip: "10.10.10.20" }], comment: "storage" });
  await nas.call("iscsi.initiator.create", { comment: "workers" });
  await nas.call("iscsi.target.create", { name: "vm", groups: [{ portal: 1, initiator: 1 }] });
  await nas.call("iscsi.extent.create", { name: "disk", disk: "zvol/tank/a+disk", ro: true });
  await nas.call("iscsi.targetextent.create", { target: 1, extent: 1 });
  return nas;
}

test("what is offered is told in full, and the volume follows what the extent allows", async () => {
  const nas = await offered();

  expect(await nas.call("iscsi.portal.query")).toEqual([
    { id: 1, listen: [{ ip: "10.10.10.20", port: 3260 }], tag: 1, comment: "storage" },
  ]);
  expect(await nas.call("iscsi.target.query")).toEqual([
    {
      id: 1,
      name: "vm",
      alias: null,
      mode: "ISCSI",
      groups: [{ portal: 1, initiator: 1, authmethod: "NONE", auth: null }],
      auth_networks: [],
      iscsi_parameters: null,
      rel_tgt_id: 1,
    },
  ]);
  expect(await nas.call("iscsi.extent.get_instance", 1)).toMatchObject({
    type: "DISK",
    path: "zvol/tank/a+disk",
    blocksize: 512,
    rpm: "SSD",
    product_id: "iSCSI Disk",
    locked: false,
  });
  expect(await nas.call("iscsi.targetextent.query")).toEqual([{ id: 1, target: 1, lunid: 0, extent: 1 }]);
  expect(await nas.call("pool.dataset.query", [["id", "=", "tank/a disk"]])).toMatchObject([
    { readonly: { rawvalue: "on" } },
  ]);
});

test("what goes takes along what hangs on it, and tags close up", async () => {
  const nas = await offered();
  await nas.call("iscsi.portal.create", { listen: [{ ip: "10.10.10.21" }] });

  await nas.call("iscsi.portal.delete", 1);
  expect(await nas.call("iscsi.portal.query")).toMatchObject([{ id: 2, tag: 1 }]);
  expect(await nas.call("iscsi.target.query")).toMatchObject([{ groups: [] }]);
  await nas.call("iscsi.target.delete", 1);
  expect(await nas.call("iscsi.targetextent.query")).toEqual([]);
  expect(await nas.call("iscsi.extent.query")).toHaveLength(1);
});

test("what a deleted volume offered goes with it", async () => {
  const nas = await offered();

  expect(await nas.call("pool.dataset.attachments", "tank/a disk")).toEqual([
    { type: "iSCSI Extent", service: "iscsitarget", attachments: ["disk"] },
  ]);
  await nas.call("pool.dataset.delete", "tank/a disk");
  for (const kind of ["extent", "targetextent", "target"]) expect(await nas.call(`iscsi.${kind}.query`)).toEqual([]);
});

test("25.04 knows no product of an extent", async () => {
  const nas = await offered("25.04.2");

  expect(await nas.call("iscsi.extent.get_instance", 1)).not.toHaveProperty("product_id");
  expect(await refusal(nas, "iscsi.extent.update", 1, { product_id: "x" })).toBe(
    "[EINVAL] iscsi_extent_update.product_id: Extra inputs are not permitted\n",
  );
});

describe("refused is", () => {
  test.each([
    ["portal", { listen: [] }, "iscsiportal_create.listen: At least one listen entry is required."],
    ["portal", { listen: [{ ip: "10.10.10.20" }] }, "iscsiportal_create.listen: '10.10.10.20' IP is already in use."],
    [
      "portal",
      { listen: [{ ip: "10.9.9.9" }] },
      "iscsiportal_create.listen: IP 10.9.9.9 not configured on this system.",
    ],
    ["target", { name: "vm" }, "iscsi_target_create.name: Target with this name already exists"],
    [
      "target",
      { name: "VM" },
      "iscsi_target_create.name: Only lowercase alphanumeric characters plus dot (.), dash (-), and colon (:) are allowed.",
    ],
    ["target", { name: "x", mode: "FC" }, "iscsi_target_create.mode: Fibre Channel not enabled"],
    ["target", { name: "x", alias: "target" }, "iscsi_target_create.alias: target is a reserved word"],
    [
      "target",
      { name: "x", groups: [{ portal: 9 }] },
      "iscsi_target_create.groups.0.portal: 9 Portal not found in database",
    ],
    [
      "target",
      { name: "x", groups: [{ portal: 1 }, { portal: 1 }] },
      "iscsi_target_create.groups.1.portal: Portal 1 cannot be duplicated on a target",
    ],
    [
      "target",
      { name: "x", groups: [{ portal: 1, authmethod: "CHAP" }] },
      "iscsi_target_create.groups.0.auth: Authentication group is required for CHAP and CHAP Mutual",
    ],
    [
      "target",
      { name: "x", auth_networks: ["10.0.0.1/24"] },
      'iscsi_target_create.auth_networks.0: Auth network "10.0.0.1/24" is not a valid IPv4 or IPv6 network',
    ],
    ["extent", { name: "x" }, "iscsi_extent_create.disk: This field is required"],
    ["extent", { name: "x", disk: "tank/x" }, 'iscsi_extent_create.disk: Disk name must start with "zvol/"'],
    [
      "extent",
      { name: "x", disk: "zvol/tank/x" },
      "iscsi_extent_create.disk: Device '/dev/zvol/tank/x' for volume 'tank/x' does not exist",
    ],
    [
      "extent",
      { name: "x", disk: "zvol/tank/a+disk" },
      "iscsi_extent_create.disk: Disk currently in use by extent disk",
    ],
    ["targetextent", { target: 1, extent: 1, lunid: 5 }, "iscsi_targetextent_create.extent: Extent is already in use."],
    [
      "targetextent",
      { target: 1, extent: 2, lunid: 0 },
      "iscsi_targetextent_create.lunid: LUN ID is already being used for this target.",
    ],
  ])("iscsi.%s with %j", async (kind, values, message) => {
    expect(await refusal(await offered(), `iscsi.${kind}.create`, values)).toBe(`[EINVAL] ${message}\n`);
  });

  test.each([
    [{ isns_servers: ["isns"] }, 'isns_servers: Server "isns" is not a valid IP(:PORT)? tuple.'],
    [{ isns_servers: ["10.9.9.9"] }, 'isns_servers: Server "10.9.9.9" could not be contacted.'],
    [{ iser: true }, "iser: This platform cannot support iSER or is missing an RDMA capable NIC."],
  ])("iscsi.global with %j", async (values, message) => {
    expect(await refusal(await offered(), "iscsi.global.update", values)).toBe(
      `[EINVAL] iscsiglobal_update.${message}\n`,
    );
  });
});

test("machines log in to targets that admit them, and are dropped when the service stops", async () => {
  const nas = await anAppliance({ addresses: ["10.10.10.20"] });
  await nas.call("iscsi.portal.create", { listen: [{ ip: "10.10.10.20" }] });
  await nas.call("iscsi.initiator.create", { initiators: ["iqn.2026-01.lan:node1"] });
  await nas.call("iscsi.target.create", {
    ...{ name: "vm", groups: [{ portal: 1, initiator: 1 }], auth_networks: ["10.10.10.0/24"] },
  });
  const node = nas.initiator({ name: "iqn.2026-01.lan:node1", address: "10.10.10.31" });
  const sessions = () => nas.call("iscsi.global.sessions", [], { select: ["initiator", "target"] });

  expect(() => node.login("vm")).toThrow("the iscsitarget service is not running");
  await nas.call("service.control", "START", "iscsitarget", {});
  for (const stranger of [
    { name: "iqn.2026-01.lan:node2", address: "10.10.10.32" },
    { name: "iqn.2026-01.lan:node1", address: "10.9.9.9" },
  ])
    expect(() => nas.initiator(stranger).login("vm")).toThrow("may not log in to vm");
  expect(() => node.login("none")).toThrow("there is no target none");

  node.login("vm");
  expect(await sessions()).toEqual([{ initiator: "iqn.2026-01.lan:node1", target: "iqn.2005-10.org.freenas.ctl:vm" }]);
  await nas.call("service.control", "STOP", "iscsitarget", {});
  expect(await sessions()).toEqual([]);
  node.logout("vm");
  await nas.call("service.control", "START", "iscsitarget", {});
  expect(await sessions()).toEqual([]);
});
