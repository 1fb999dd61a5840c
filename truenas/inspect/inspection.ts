import { checksumGroups } from "../midclt/checksums.ts";
import type { Namespace } from "../model/namespaces.ts";
import type { Values } from "../model/property.ts";
import { Refused } from "../model/refused.ts";
import { resourceType } from "../model/registry.ts";
import type { Dialect, ResourceType, Row } from "../model/resource-type.ts";
import { Appliance, type Guard } from "../plugin/appliance.ts";
import { type Environment, readEnvironment } from "../plugin/environment.ts";
import { Journal } from "../plugin/journal.ts";
import { Redactor } from "../plugin/redact.ts";
import { settingsOf } from "../plugin/settings.ts";
import { type Compared, compareObject, type Declared } from "./compare.ts";
import { refusalOfWrite } from "./only-reads.ts";
import { type RetentionImpact, retentionImpacts } from "./retention.ts";

/** One more share of the time limit for this many bytes: slow disks read them in half of it. */
const BYTES_PER_PATIENCE = 2_000_000_000;

/** Where an appliance is and how it is entered: the inputs of the provider. */
export interface ApplianceAddress {
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
  readonly sudo?: boolean;
  /** The only host key that is accepted, `type base64`. */
  readonly hostKey?: string;
  readonly privateKey?: string;
  /** Name of the appliance in messages and in the journal. @default the host */
  readonly label?: string;
}

/**
 * An appliance that is looked at and never changed: a call that is not known to only read is refused before anything is
 * sent. What is asked at the same time travels in one process.
 */
export class Inspection {
  /** The connection, for those who may do more; `guard` has the last word on whatever is sent. */
  protected readonly appliance: Appliance;

  /** Opens nothing yet; the first question dials. Throws when the environment makes no sense. */
  constructor(address: ApplianceAddress, environment: Environment = readEnvironment(), guard: Guard = refusalOfWrite) {
    const settings = settingsOf({ ...address }, {});
    const journal = new Journal(environment.journalFile, new Redactor());
    this.appliance = new Appliance(settings, environment, journal, guard);
  }

  /** Name of the appliance in messages. */
  get label(): string {
    return this.appliance.label;
  }

  /** The generation of the middleware; rejects when the appliance cannot be reached or is of another one. */
  dialect(): Promise<Dialect> {
    return this.appliance.dialect();
  }

  /** Compares what is declared with what is live, as a refresh and the preview after it do; in the given order. */
  compare(declared: readonly Declared[]): Promise<readonly Compared[]> {
    return Promise.all(declared.map(({ token, inputs }) => compareObject(this.appliance, typeOf(token), inputs)));
  }

  /** All rows of a namespace, read once however many ask. */
  rows(namespace: Namespace): Promise<readonly Row[]> {
    return this.appliance.reads.rows(namespace);
  }

  /** Asks something, together with whatever else is asked at the time. */
  ask(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return this.appliance.lookUp({ method, params });
  }

  /** Asks something whose answer may be large, or slow to come, in a process of its own. */
  askAlone(method: string, ...params: readonly unknown[]): Promise<unknown> {
    return this.appliance.read({ method, params });
  }

  /** The names of all snapshots, `dataset@name`; nothing else of them is read, which is what makes it quick. */
  async snapshotNames(): Promise<readonly string[]> {
    const namespace = (await this.dialect()) === "25.04" ? "zfs.snapshot" : "pool.snapshot";
    const rows = await this.askAlone(`${namespace}.query`, [], { select: ["name"] });
    const names = Array.isArray(rows) ? rows.map((row: Values) => row["name"]) : [];

    return names.filter((name) => typeof name === "string");
  }

  /**
   * What applying these declared snapshot tasks, by their inputs, would do to the snapshots that are there: of each task
   * that is declared otherwise, or not at all. One question for all of them.
   */
  retentionImpacts(declared: readonly Values[]): Promise<readonly RetentionImpact[]> {
    return retentionImpacts(this.appliance, declared);
  }

  /**
   * The SHA-256 of files on the appliance, in hex, by path; one that cannot be read has none. `bytes` is what they hold
   * together, from which follows how long it may take.
   */
  async checksums(paths: readonly string[], bytes: number): Promise<ReadonlyMap<string, string>> {
    const groups = checksumGroups(paths);
    const patience = 1 + Math.ceil(bytes / BYTES_PER_PATIENCE);
    const answers: ReadonlyMap<string, string>[] = [];
    for (const group of groups) answers.push(await this.appliance.checksums(group, patience));

    return new Map(answers.flatMap((answer) => [...answer]));
  }

  /** Lets go of the connection. */
  close(): void {
    this.appliance.close();
  }
}

function typeOf(token: string): ResourceType {
  const type = resourceType(token);
  if (type) return type;
  throw new Refused(`${token} is no resource type of this provider`);
}
