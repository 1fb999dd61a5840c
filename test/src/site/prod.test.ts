import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { carriedTasks, formatSize, parseSite } from "../../../src/site/index.ts";
import { datasetsOf, poolsOf, serialsOf } from "../../../src/site/walk.ts";
import { writtenSite } from "../../support/stack-site.ts";

const site = parseSite(writtenSite("prod"));
const datasets = datasetsOf(site);

function shareOf({ spec: { access } }: (typeof datasets)[number]): string {
  const { nfs, smb, csi } = access;
  return [
    nfs && `nfs ${nfs.readOnly ? "ro" : "rw"} as ${nfs.as?.user} on ${nfs.networks.join()}`,
    smb && `smb ${smb.readOnly ? "ro" : "rw"} for ${smb.group} on ${smb.networks.join()}`,
    csi && `csi ${csi.storageClass}`,
  ]
    .filter((way) => way !== undefined)
    .join(", ");
}

describe("prod", () => {
  test("has two hosts, of which the one that waits for its switch is offline", () => {
    expect(Object.entries(site.hosts).map(([name, { kind, state, reason }]) => [name, kind, state, reason])).toEqual([
      ["din", "proxmox", "online", undefined],
      ["grogu", "proxmox", "offline", "awaiting the MikroTik switch"],
    ]);
  });

  test("has six VLANs, of which only storage carries jumbo frames", () => {
    expect(Object.values(site.networks).map(({ vlan, cidr, mtu }) => [vlan, cidr, mtu])).toEqual([
      [1, "10.10.1.0/24", 1500],
      [10, "10.10.10.0/24", 9000],
      [20, "192.168.0.0/24", 1500],
      [30, "10.0.1.0/24", 1500],
      [31, "10.0.2.0/24", 1500],
      [32, "10.0.3.0/24", 1500],
    ]);
  });

  test("has an appliance on each host, both on VLAN 10 and 20", () => {
    const appliances = Object.entries(site.appliances).map(([name, { host, vmId, addresses }]) => {
      return [name, host, vmId, Object.keys(addresses).map((network) => site.networks[network]?.vlan)];
    });

    expect(appliances).toEqual([
      ["truenas-primary", "din", 300, [10, 20]],
      ["truenas-backup", "grogu", 301, [10, 20]],
    ]);
  });

  test("uses every disk of both shelves and of the two controllers", () => {
    const disks = poolsOf(site).map(({ pool, spec }) => [
      pool,
      serialsOf(spec).length,
      spec.topology.data.map(({ type, disks }) => `${disks.length} ${type}`).join(),
      spec.topology.log?.map(({ type, disks, diskSize }) => `${disks.length} ${type} ${formatSize(diskSize)}`).join(),
      spec.topology.spares?.disks.length,
    ]);

    expect(disks).toEqual([
      ["fast", 23, "7 RAIDZ2,7 RAIDZ2,7 RAIDZ2", "2 MIRROR 120 GB", undefined],
      ["bulk", 6, "6 RAIDZ2", undefined, undefined],
      ["scratch", 6, "6 RAIDZ1", undefined, undefined],
      ["backup", 12, "11 RAIDZ2", undefined, 1],
    ]);
  });

  test("has every dataset with its class and quota", () => {
    const tree = datasets.map(({ pool, name, spec }) => [
      `${pool}/${name}`,
      spec.class,
      spec.quota === undefined ? "-" : formatSize(spec.quota),
      spec.quotaDecidedBy ?? "",
    ]);

    expect(tree).toEqual([
      ["fast/kubernetes", "container", "-", ""],
      ["fast/kubernetes/iscsi-zvols", "authoritative", "6 TB", ""],
      ["fast/kubernetes/nfs-dynamic", "runtime", "4 TB", ""],
      ["fast/kubernetes/nfs-static", "authoritative", "100 GB", "ADR-0003"],
      ["fast/vms", "runtime", "2 TB", ""],
      ["fast/ml-models", "runtime", "1 TB", ""],
      ["bulk/kubernetes", "container", "-", ""],
      ["bulk/kubernetes/nfs-dynamic", "runtime", "10 TB", ""],
      ["bulk/media", "runtime", "10 TB", ""],
      ["bulk/photos", "authoritative", "5 TB", ""],
      ["bulk/signoz-cold", "runtime", "1 TB", ""],
      ["bulk/backups", "container", "2 TB", ""],
      ["bulk/backups/timemachine", "runtime", "1 TB", "ADR-0003"],
      ["bulk/backups/proxmox", "runtime", "800 GB", "ADR-0003"],
      ["bulk/backups/forgejo", "authoritative", "200 GB", "ADR-0003"],
      ["bulk/backups/configuration", "authoritative", "10 GB", "ADR-0003"],
      ["bulk/backups/configuration/truenas-backup", "authoritative", "-", ""],
      ["bulk/backups/replication", "disposable", "2 GB", "ADR-0003"],
      ["bulk/archive", "authoritative", "2 TB", "ADR-0003"],
      ["scratch/kubernetes", "container", "-", ""],
      ["scratch/kubernetes/nfs-dynamic", "disposable", "8 TB", ""],
      ["scratch/downloads", "disposable", "5 TB", ""],
      ["scratch/ml-datasets", "disposable", "1 TB", ""],
      ["scratch/temp", "disposable", "100 GB", "ADR-0003"],
      ["backup/kubernetes", "container", "-", ""],
      ["backup/vms", "runtime", "-", ""],
      ["backup/photos", "authoritative", "-", ""],
      ["backup/configuration", "authoritative", "-", ""],
      ["backup/appliance", "authoritative", "10 GB", "ADR-0003"],
      ["backup/replication", "disposable", "2 GB", "ADR-0003"],
    ]);
  });

  test("shares by NFS on the storage VLAN and by SMB on the LAN only", () => {
    const shares = datasets.map((at) => [`${at.pool}/${at.name}`, shareOf(at)]).filter(([, share]) => share !== "");

    expect(shares).toEqual([
      ["fast/kubernetes/iscsi-zvols", "csi truenas-iscsi-fast"],
      ["fast/kubernetes/nfs-dynamic", "csi truenas-nfs-fast"],
      ["fast/kubernetes/nfs-static", "nfs rw as apps on storage"],
      ["fast/vms", "nfs rw as apps on storage"],
      ["fast/ml-models", "nfs rw as apps on storage"],
      ["bulk/kubernetes/nfs-dynamic", "csi truenas-nfs-bulk"],
      ["bulk/media", "nfs ro as apps on storage, smb rw for builtin_users on lan"],
      ["bulk/photos", "nfs rw as apps on storage"],
      ["bulk/signoz-cold", "nfs rw as apps on storage"],
      ["bulk/backups/timemachine", "smb rw for builtin_users on lan"],
      ["bulk/backups/proxmox", "nfs rw as apps on storage"],
      ["bulk/backups/forgejo", "nfs rw as apps on storage"],
      ["bulk/archive", "smb rw for builtin_users on lan"],
      ["scratch/kubernetes/nfs-dynamic", "csi truenas-nfs-scratch"],
      ["scratch/downloads", "nfs rw as apps on storage"],
      ["scratch/ml-datasets", "nfs rw as apps on storage"],
    ]);
  });

  test("takes snapshots of the review's three trees and of configurations, kept by time", () => {
    const tasks = datasets.flatMap(({ pool, name, spec }) =>
      spec.snapshots.map(({ tier, recursive }) => {
        const { schedule, lifetime } = site.snapshotTiers[tier] ?? {};
        return [`${pool}/${name}`, recursive, `${schedule?.minute} ${schedule?.hour}`, lifetime];
      }),
    );

    expect(tasks).toEqual([
      ["fast/kubernetes", true, "0 *", { value: 24, unit: "HOUR" }],
      ["fast/vms", false, "0 */4", { value: 24, unit: "HOUR" }],
      ["bulk/photos", false, "30 0", { value: 30, unit: "DAY" }],
      ["bulk/backups/configuration", false, "30 0", { value: 30, unit: "DAY" }],
      ["backup/appliance", false, "30 0", { value: 30, unit: "DAY" }],
    ]);
  });

  test("scrubs every pool weekly, on an appliance never two on one day", () => {
    const scrubs = poolsOf(site).map(({ appliance, pool, spec: { scrub } }) => [
      appliance,
      pool,
      scrub?.schedule.dow,
      scrub?.threshold,
    ]);

    expect(scrubs).toEqual([
      ["truenas-primary", "fast", "6", 6],
      ["truenas-primary", "bulk", "7", 6],
      ["truenas-primary", "scratch", "5", 6],
      ["truenas-backup", "backup", "7", 6],
    ]);
  });

  test("names decision records that exist", () => {
    const records = readdirSync(new URL("../../../docs/adr/", import.meta.url)).map(
      (file) => `ADR-${file.slice(0, 4)}`,
    );
    const named = datasets.flatMap(({ spec }) => spec.quotaDecidedBy ?? []);

    expect(named.filter((record) => !records.includes(record))).toEqual([]);
  });

  test("carries the review's three trees to grogu, kept for two weeks at least, photos for ninety days; configurations both ways", () => {
    const carried = Object.entries(site.replications).map(([name, spec]) => [
      name,
      ...carriedTasks(site, spec).map(({ dataset, tier, kept }) => `${dataset} ${tier} ${kept.value} ${kept.unit}`),
    ]);

    expect(carried).toEqual([
      ["kubernetes", "fast/kubernetes hourly 14 DAY"],
      ["vms", "fast/vms four-hourly 14 DAY"],
      ["photos", "bulk/photos daily 90 DAY"],
      ["configuration", "bulk/backups/configuration daily 30 DAY"],
      ["backup-configuration", "backup/appliance daily 30 DAY"],
    ]);
  });

  test("carries what the review names out of the house, each into a bucket of its own, over https", () => {
    const offsites = Object.values(site.offsites).map(({ source, bucket, cloud, versions }) => [
      source.dataset,
      bucket,
      site.clouds[cloud]?.endpoint,
      versions?.value,
    ]);
    const b2 = "https://s3.eu-central-003.backblazeb2.com";

    expect(offsites).toEqual([
      ["fast/kubernetes/nfs-static", "homelab-nfs-static", b2, 30],
      ["bulk/backups/forgejo", "homelab-forgejo", b2, 30],
      ["bulk/photos", "homelab-photos", b2, 30],
      ["bulk/backups/configuration", "homelab-configuration", b2, 30],
    ]);
  });
});
