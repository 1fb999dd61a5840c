import { randomBytes } from "node:crypto";
import { seal, unseal } from "../cloud/restic/seal.ts";
import type { ApplianceState } from "../state/appliance-state.ts";
import type { Table } from "../state/store.ts";
import { importPool } from "../zfs/exported-pools.ts";
import { isPublicPair, SECRET_FIELDS } from "./secret-fields.ts";

/** The two files that make an appliance what it is, as somebody uploads them to a new one. */
export interface Configuration {
  /** `freenas-v1.db`: every setting and task; what is secret in it is encrypted with the seed. */
  readonly database: string;
  /** `pwenc_secret`; without it, or with another one, the secrets and all that needs them are lost. */
  readonly seed?: string;
}

/** What lies on the pools' disks, what belongs to the machine, and what is a log: no part of the configuration. */
const ELSEWHERE = /^(disks|pools|datasets|snapshots|nodes|facts|exported .*|cronRuns|smartTests)$/;
/** Facts of the machine and of its pools. */
const OWN_FACTS = /^(hostname|hostid|bootid|bootedAt|clockOffset|pwencSecret|next (txg|guid))$/;
const SEED_BYTES = 32;
const SEED = "pwencSecret";

/** What the middleware deletes when its secrets cannot be read any more: it is worth nothing without them. */
const WORTHLESS = ["cloud_backup", "cloudsync", "cloudsync.credentials", "keychaincredential"];
const CHECK = "the seed is the right one";

interface Database {
  /** A text that only the right seed opens. */
  readonly check: Sealed;
  readonly pools: readonly { readonly id: number; readonly name: string; readonly guid: string }[];
  readonly facts: Readonly<Record<string, number | string>>;
  readonly tables: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What a secret is replaced by in the database. */
interface Sealed {
  readonly $sealed: string;
}

function isSealed(value: unknown): value is Sealed {
  return typeof value === "object" && value !== null && "$sealed" in value;
}

/** The value with each secret text in it exchanged. */
function exchanged(value: unknown, exchange: (secret: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => exchanged(item, exchange));
  if (typeof value !== "object" || value === null) return value;
  const pair = isPublicPair(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const secret = SECRET_FIELDS.test(name) && !(pair && name === "key") && typeof member === "string";
      return [name, secret && member !== "" ? exchange(member) : exchanged(member, exchange)];
    }),
  );
}

/** The value with each sealed secret opened, or empty where the key does not open it. */
function opened(value: unknown, key: Buffer | undefined): unknown {
  if (isSealed(value)) return (key && unseal(key, value.$sealed)) ?? "";
  if (Array.isArray(value)) return value.map((item) => opened(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, opened(member, key)]));
}

/** The appliance's secret seed, made when it was installed. */
export function seedOf(state: ApplianceState): string {
  const known = state.facts.get(SEED);
  if (known !== undefined) return String(known);
  return String(state.facts.put(SEED, randomBytes(SEED_BYTES).toString("hex")));
}

/** The appliance's configuration as it is now. */
export function exportConfiguration(state: ApplianceState): Required<Configuration> {
  const seed = seedOf(state);
  const key = Buffer.from(seed, "hex");
  const kept = state.tables().filter(([name]) => !ELSEWHERE.test(name));
  const database: Database = {
    check: { $sealed: seal(key, CHECK) },
    pools: state.pools.values().map(({ id, name, guid }) => ({ id, name, guid })),
    facts: Object.fromEntries(state.facts.entries().filter(([name]) => !OWN_FACTS.test(name))),
    tables: Object.fromEntries(
      kept.map(([name, table]) => [
        name,
        exchanged(Object.fromEntries(table.entries()), (secret) => ({
          $sealed: seal(key, secret),
        })) as Database["tables"][string],
      ]),
    ),
  };
  return { database: JSON.stringify(database), seed };
}

/**
 * Puts a configuration in place of the appliance's own, as a start after an upload does: pools that it names are
 * imported where their disks are there. Without the right seed, secrets are empty and what needs them is gone.
 */
export function restoreConfiguration(state: ApplianceState, { database, seed }: Configuration): void {
  const { check, pools, facts, tables } = JSON.parse(database) as Database;
  const key = seed === undefined ? undefined : Buffer.from(seed, "hex");
  if (seed !== undefined) state.facts.put(SEED, seed);
  for (const [name, value] of Object.entries(facts)) state.facts.put(name, value);
  for (const [name, table] of state.tables()) if (!ELSEWHERE.test(name)) clear(table);
  for (const [name, rows] of Object.entries(tables)) {
    const table = state.table(name);
    for (const [row, value] of Object.entries(rows)) table.put(row, opened(value, key));
  }
  if (opened(check, key) !== CHECK) forgetSecrets(state);
  for (const { guid, id } of pools) importPool(state, guid, id);
  state.commit();
}

function clear(table: Table<unknown>): void {
  for (const row of table.keys()) table.delete(row);
}

function forgetSecrets(state: ApplianceState): void {
  for (const name of WORTHLESS) clear(state.table(name));
  const replications = state.table<{ readonly ssh_credentials: number | null }>("replication");
  for (const [row, { ssh_credentials }] of replications.entries())
    if (ssh_credentials !== null) replications.delete(row);
}
