import { describe, expect, test } from "vitest";
import { DATA_CLASSES, parseSite } from "../../../src/site/index.ts";
import { datasetsOf, poolsOf, zvolsOf } from "../../../src/site/walk.ts";
import { writtenSite } from "../../support/stack-site.ts";

const site = parseSite(writtenSite("dev"));

describe("dev", () => {
  test("has every host online", () => {
    expect(Object.values(site.hosts).map(({ state }) => state)).toEqual(["online", "online"]);
  });

  test("shows data of every class", () => {
    const seen = new Set(datasetsOf(site).map(({ spec }) => spec.class));

    expect(DATA_CLASSES.filter((known) => !seen.has(known))).toEqual([]);
  });

  test("shows NFS, SMB, volumes made on demand, a zvol, snapshots and scrubs", () => {
    const ways = new Set(datasetsOf(site).flatMap(({ spec }) => Object.keys(spec.access)));

    expect([...ways].sort()).toEqual(["csi", "nfs", "smb"]);
    expect(zvolsOf(site).map(({ name }) => name)).toEqual(["apps/database"]);
    expect(datasetsOf(site).filter(({ spec }) => spec.snapshots.length > 0)).toHaveLength(6);
    expect(poolsOf(site).filter(({ spec }) => spec.scrub === undefined)).toEqual([]);
  });

  test("confirms its pools, so that a rehearsal can make them", () => {
    expect(poolsOf(site).filter(({ spec }) => spec.create === undefined)).toEqual([]);
  });
});
