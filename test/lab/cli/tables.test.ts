import { describe, expect, test } from "vitest";
import { renderCapacity, renderConfirmation, renderWhere } from "../../../lab/cli/render/tables.ts";
import { renderWaiting } from "../../../lab/cli/render/waiting.ts";
import type { Step } from "../../../lab/engine/index.ts";

const urn = (type: string, name: string) => `urn:pulumi:prod::homelab::${type}::${name}`;

function dataset(name: string, op: Step["op"]): Step {
  const parent = urn("homelab:storage:TrueNas", "nas");
  return {
    urn: urn("truenas:index:Dataset", name),
    type: "truenas:index:Dataset",
    op,
    custom: true,
    inputs: {},
    parent,
  };
}

function waiting(name: string, host: string, reason?: string): Step {
  const type = "homelab:waiting:Dataset";
  const inputs = { waitingFor: { host, state: "offline", ...(reason ? { reason } : {}) } };
  return { urn: urn(type, name), type, op: "create", custom: false, inputs };
}

describe("the preview after an update", () => {
  test("says when changes are left", () => {
    expect(renderConfirmation([dataset("nas/tank/a", "update"), dataset("nas/tank/b", "same")])).toBe(
      "the second preview still finds changes: 1 update, 1 same",
    );
  });

  test("says when none is left, also of a stack with nothing in it", () => {
    expect(renderConfirmation([dataset("nas/tank/a", "same")])).toBe("no change left: 1 same");
    expect(renderConfirmation([])).toBe("no change left: no resources");
  });
});

describe("where a run made or changed objects", () => {
  test("is a table by place, kind and operation", () => {
    expect(renderWhere([dataset("nas/tank/a", "create"), dataset("nas/tank/b", "create")]).split("\n")).toEqual([
      "where  kind     operation  objects",
      "nas    Dataset  create           2",
    ]);
  });

  test("is nowhere when everything is the same", () => {
    expect(renderWhere([dataset("nas/tank/a", "same")])).toBe("nothing was changed anywhere");
  });
});

test("capacity is told in terabytes, beside what the plan says where it says anything", () => {
  const row = { appliance: "nas", layout: "4-wide RAIDZ2, 1 TB", raw: 4e12, usable: 1.88e12 };
  const rows = [
    { ...row, pool: "tank", stated: 2e12, committed: 1e12, committedWithAdded: 1.5e12 },
    { ...row, pool: "none", usable: 0, committed: 0, committedWithAdded: 0 },
  ];

  expect(renderCapacity(rows).split("\n")).toEqual([
    "sizes in TB                        raw  usable  plan says  promised        with ours",
    "nas",
    "  tank       4-wide RAIDZ2, 1 TB  4.00    1.88       2.00      1.00  53 %       1.50  80 %",
    "  none       4-wide RAIDZ2, 1 TB  4.00    0.00          –      0.00             0.00",
  ]);
});

test("what waits is told by host, with the reason where there is one", () => {
  const steps = [
    waiting("a", "grogu", "parts are missing"),
    waiting("b", "grogu", "parts are missing"),
    waiting("c", "luke"),
  ];

  expect(renderWaiting(steps).split("\n")).toEqual([
    "2 objects for grogu, which is offline: parts are missing",
    "1 object for luke, which is offline",
  ]);
});
