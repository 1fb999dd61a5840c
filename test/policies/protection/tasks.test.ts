import { copiesAreKeptAsLong } from "../../../policies/protection/copies-are-kept-as-long.ts";
import { copiesMeetRpo } from "../../../policies/protection/copies-meet-rpo.ts";
import { poolIsScrubbed } from "../../../policies/protection/pool-is-scrubbed.ts";
import { replicationLeavesItsPool } from "../../../policies/protection/replication-leaves-its-pool.ts";
import { replicationLeavesItsSource } from "../../../policies/protection/replication-leaves-its-source.ts";
import { snapshotsMeetRpo } from "../../../policies/protection/snapshots-meet-rpo.ts";
import { dataset, externalCopy, pool, replication, says, snapshots, truenas, UNKNOWN } from "../support/resources.ts";
import { testRule } from "../support/rule-tests.ts";

const LOCAL = { transport: "LOCAL" };

testRule(replicationLeavesItsPool, {
  violates: [
    [
      [replication("tank/a", "tank/copies", LOCAL)],
      'replication task "nas/copy of tank/a" copies tank/a to tank/copies and must leave the pool tank',
    ],
  ],
  complies: [[replication("tank/a", "bulk/a", LOCAL)]],
  ignores: [[replication("tank/a", "tank/a")]],
  undecided: [[replication("tank/a", UNKNOWN, LOCAL)], "nas/copy of tank/a"],
});

testRule(replicationLeavesItsSource, {
  violates: [
    [
      [replication("tank/a", "tank/a/copies", LOCAL)],
      'replication task "nas/copy of tank/a" copies tank/a to tank/a/copies and must leave that tree',
    ],
    [
      [replication("tank/a", "tank", LOCAL)],
      'replication task "nas/copy of tank/a" copies tank/a to tank and must leave that tree',
    ],
  ],
  complies: [[replication("tank/a", "tank/b", LOCAL)]],
  ignores: [[replication("tank/a", "tank/a")]],
  undecided: [[replication("tank/a", "tank/b", { transport: UNKNOWN })], "nas/copy of tank/a"],
});

const a = dataset("tank/a", "authoritative");
const monthly = snapshots("tank/a", { lifetimeValue: 30, lifetimeUnit: "DAY" });
const custom = (value: number) => ({ retentionPolicy: "CUSTOM", lifetimeValue: value, lifetimeUnit: "DAY" });

testRule(copiesAreKeptAsLong, {
  violates: [
    [
      [a, monthly, replication("tank/a", "b/a", custom(7))],
      'replication task "nas/copy of tank/a" keeps copies for 1 week and must keep them for at least 1 month, as its source does',
    ],
  ],
  complies: [
    [a, monthly, replication("tank/a", "b/a", custom(90))],
    [
      a,
      monthly,
      replication("tank/a", "b/a", { ...custom(7), lifetimes: [{ lifetimeValue: 2, lifetimeUnit: "MONTH" }] }),
    ],
  ],
  ignores: [[a, monthly, replication("tank/a", "b/a", { retentionPolicy: "SOURCE" })]],
  undecided: [
    [a, monthly, replication("tank/a", "b/a", { ...custom(7), lifetimeValue: UNKNOWN })],
    "nas/copy of tank/a",
  ],
});

const promised = (rpo: string) =>
  dataset("tank/a", "authoritative", { userProperties: says("authoritative", "a", { "homelab:rpo": rpo }) });
const daytime = snapshots("tank/a", { schedule: { minute: "0", hour: "8-18" } });

testRule(snapshotsMeetRpo, {
  violates: [
    [
      [promised("4 hours"), daytime],
      'dataset "nas/tank/a" is snapshotted every 14 hours and must be every 4 hours, which is its RPO',
    ],
    [[promised("1 day")], 'dataset "nas/tank/a" is never snapshotted and must be every 1 day, which is its RPO'],
  ],
  complies: [
    [promised("1 hour"), snapshots("tank/a")],
    [promised("14 hours"), daytime],
  ],
  ignores: [[a], [promised("often"), daytime]],
  undecided: [[promised(UNKNOWN)], "nas/tank/a"],
});

const scrub = (props: Readonly<Record<string, unknown>>) => truenas("ScrubTask", "tank", { pool: "tank", ...props });
const weekly = { minute: "0", hour: "2", dow: "7" };

testRule(poolIsScrubbed, {
  violates: [
    [[pool("tank")], 'pool "nas/tank" is never scrubbed and must be at least every 1 month'],
    [
      [pool("tank"), scrub({ schedule: weekly, threshold: 6, enabled: false })],
      'pool "nas/tank" is never scrubbed and must be at least every 1 month',
    ],
    [
      [pool("tank"), scrub({ schedule: weekly, threshold: 60 })],
      'pool "nas/tank" is scrubbed every 2 months only and must be at least every 1 month',
    ],
  ],
  complies: [[pool("tank"), scrub({ schedule: weekly, threshold: 6 })]],
  ignores: [[a]],
  undecided: [[pool("tank"), truenas("ScrubTask", "tank", { pool: UNKNOWN })], "nas/tank"],
  settings: { mostDays: 30 },
});

const away = replication("tank/a", "backup/a");
const waiting = {
  type: "homelab:waiting:Pool",
  name: "vault/backup",
  props: { name: "backup", waitingFor: { type: "truenas:index:Pool", host: "grogu", state: "offline" } },
  on: "vault",
};

testRule(copiesMeetRpo, {
  violates: [
    [
      [promised("4 hours"), daytime, away],
      'dataset "nas/tank/a" is copied away every 14 hours and must be every 4 hours, which is its RPO',
    ],
    [
      [promised("4 hours"), snapshots("tank/a"), replication("tank/a", "backup/a", { schedule: { hour: "0" } })],
      'dataset "nas/tank/a" is copied away every 1 day and must be every 4 hours, which is its RPO',
    ],
    [
      [promised("4 hours"), snapshots("tank/a"), waiting, away],
      'dataset "nas/tank/a" is copied away at no known time and must be every 4 hours, which is its RPO',
    ],
    [
      [promised("1 day"), externalCopy("tank/a", { host: "beta", schedule: undefined })],
      'dataset "nas/tank/a" is copied away at no known time and must be every 1 day, which is its RPO',
    ],
  ],
  complies: [
    [promised("1 hour"), snapshots("tank/a"), away],
    [promised("1 day"), truenas("CloudBackup", "a", { path: "/mnt/tank/a", schedule: { hour: "3" } })],
  ],
  ignores: [
    [a, away],
    [promised("often"), away],
  ],
  undecided: [[promised(UNKNOWN)], "nas/tank/a"],
});
