import type { Site } from "../../src/site/index.ts";
import type { Inspection } from "../../truenas/inspect.ts";
import { type CopiesSeen, lookAtCopies } from "./copies-seen.ts";
import { quotaUsed } from "./quotas.ts";
import { dateOf, type Row } from "./rows.ts";

/** What is read of a dataset beside what is declared of it. */
export interface DatasetFacts {
  readonly createdAt: number;
  /** Bytes that only its snapshots still hold. */
  readonly heldBySnapshots: number;
  /** Share of its quota that is used, where it has one. */
  readonly quotaUsed?: number;
}

/** Shares of a protocol, and the settings of the service that serves them. */
export interface Served {
  readonly shares: readonly Row[];
  readonly settings: Row;
}

/** What was seen on an appliance, all at about one time. */
export interface Sight {
  /** The appliance's own time in milliseconds, which ages are measured by. */
  readonly now: number;
  /** Its time zone, in which names of snapshots are written. */
  readonly zone: string;
  readonly version: string;
  readonly pools: readonly Row[];
  readonly services: readonly Row[];
  readonly nfs: Served;
  readonly smb: Served;
  readonly alerts: readonly Row[];
  /** Who is logged in to which iSCSI target. */
  readonly sessions: readonly Row[];
  readonly copies: CopiesSeen;
  readonly datasets: ReadonlyMap<string, DatasetFacts>;
  /** Names of snapshots without the dataset, by dataset. */
  readonly snapshots: ReadonlyMap<string, readonly string[]>;
  /** What could not be read, with the reason. */
  readonly unread: readonly string[];
}

const FACTS = ["id", "creation", "usedbysnapshots", "quota", "refquota", "used", "usedbydataset"];

/** Looks at everything that the checks judge; what is asked at the same time travels together. */
export async function lookAt(inspection: Inspection, site: Site, appliance: string): Promise<Sight> {
  const unread: string[] = [];
  const orNothing = <T>(asked: Promise<readonly T[]>): Promise<readonly T[]> =>
    asked.catch((error: Error) => {
      unread.push(error.message);
      return [];
    });
  const [info, pools, services, nfs, smb, alerts, sessions, copies, datasets, snapshots] = await Promise.all([
    inspection.ask("system.info"),
    inspection.rows("pool"),
    inspection.rows("service"),
    servedBy(inspection, "sharing.nfs", "nfs"),
    servedBy(inspection, "sharing.smb", "smb"),
    orNothing(inspection.ask("alert.list").then(rowsOf)),
    orNothing(inspection.ask("iscsi.global.sessions").then(rowsOf)),
    lookAtCopies(inspection, site, appliance),
    inspection.askAlone("pool.dataset.query", [], { select: FACTS }).then(rowsOf),
    orNothing(inspection.snapshotNames()),
  ]);
  const { datetime, timezone, version } = info as Row;

  return {
    now: dateOf(datetime) ?? Date.now(),
    zone: String(timezone ?? "UTC"),
    version: String(version ?? "").replace(/^TrueNAS-/, ""),
    pools,
    services,
    nfs,
    smb,
    alerts,
    sessions,
    copies,
    datasets: new Map(datasets.map((row) => [String(row["id"]), factsOf(row)])),
    snapshots: byDataset(snapshots),
    unread,
  };
}

async function servedBy(
  inspection: Inspection,
  shares: "sharing.nfs" | "sharing.smb",
  settings: "nfs" | "smb",
): Promise<Served> {
  const [rows, [config]] = await Promise.all([inspection.rows(shares), inspection.rows(settings)]);

  return { shares: rows, settings: config ?? {} };
}

function rowsOf(reply: unknown): readonly Row[] {
  return Array.isArray(reply) ? (reply as Row[]) : [];
}

function factsOf(row: Row): DatasetFacts {
  const used = quotaUsed(row);

  return {
    ...(used === undefined ? {} : { quotaUsed: used }),
    createdAt: dateOf(cell(row["creation"])) ?? Number(raw(row["creation"])) * 1000,
    heldBySnapshots: Number(raw(row["usedbysnapshots"]) ?? 0),
  };
}

function cell(property: unknown): unknown {
  return (property as { readonly parsed?: unknown } | undefined)?.parsed;
}

function raw(property: unknown): unknown {
  return (property as { readonly rawvalue?: unknown } | undefined)?.rawvalue;
}

function byDataset(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const split = names.map((name) => [name.slice(0, name.indexOf("@")), name.slice(name.indexOf("@") + 1)] as const);
  const groups = Map.groupBy(split, ([dataset]) => dataset);

  return new Map([...groups].map(([dataset, members]) => [dataset, members.map(([, name]) => name)]));
}
