import { expect, test } from "vitest";
import { externalCopiesOf, parseSite } from "../../../src/site/index.ts";
import { siteRecord } from "../../../src/site-record.ts";
import { writtenSite } from "../../support/stack-site.ts";

const dev = parseSite(writtenSite("dev"));
const prod = parseSite(writtenSite("prod"));

test("copies by rsync and by a client are carried by others, each to its machine or out of the house", () => {
  const copies = { appliance: "vault", dataset: "cold/copies/documents" };
  const source = { appliance: "nas", dataset: "tank/documents" };
  const written = structuredClone(writtenSite("dev")) as {
    replications: object;
    offsites: object;
    restoreTests: object;
  };
  written.replications = { documents: { source, target: copies, method: "rsync", schedule: "30 1 * * *" } };
  written.offsites = {
    documents: { source, method: "client", cloud: "objects", bucket: "documents", schedule: "0 4 * * *" },
  };
  written.restoreTests = {};
  const byHand = externalCopiesOf(parseSite(written), "nas");

  expect(byHand.map(({ name, dataset, method, host }) => [name, dataset, method, host])).toEqual([
    ["documents", "tank/documents", "rsync", "beta"],
    ["documents-offsite", "tank/documents", "client", undefined],
  ]);
});

test("ZFS replication and Restic are not, and belong to no other appliance", () => {
  expect(externalCopiesOf(prod, "truenas-primary")).toEqual([]);
  expect(externalCopiesOf(dev, "nas")).toEqual([]);
});

test("the record of a site holds what policies ask for, and no more", () => {
  const { classes, hosts, made, networks, retained, ...rest } = siteRecord(prod);

  expect(rest).toEqual({
    name: "homelab",
    ownershipModel: "nas-centric",
    phase: "transition",
    waivers: prod.waivers,
    fromScratch: [],
    unconfirmedCopies: ["truenas-primary", "truenas-backup"],
    minHeadroom: 10,
    capacityAlerts: [80, 85, 90, 95],
  });
  expect(networks["storage"]).toEqual({ vlan: 10, cidr: "10.10.10.0/24" });
  expect(hosts["grogu"]).toEqual({
    state: "offline",
    role: "infrastructure",
    addresses: { lan: "192.168.0.3", storage: "10.10.10.3" },
  });
  expect(classes["truenas-primary/fast/kubernetes/iscsi-zvols"]).toBe("authoritative");
  expect(made["truenas-primary/fast/kubernetes/iscsi-zvols"]).toBe("iscsi");
  expect(retained).toEqual([]);
});

test("the record names the replications that may destroy what lies in their targets", () => {
  const written = structuredClone(writtenSite("dev")) as { replications: Record<string, object> };
  Object.assign(written.replications["photos"] ?? {}, { fromScratch: true });

  expect(siteRecord(parseSite(written)).fromScratch).toEqual(["nas/photos"]);
});
