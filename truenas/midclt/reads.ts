import type { Namespace } from "../model/namespaces.ts";
import { type Query, queries } from "../model/queries.ts";
import type { Row } from "../model/resource-type.ts";
import { MidcltError } from "./errors.ts";

/**
 * What was read of an appliance: one query per namespace, kept until this provider changes it or a failure leaves
 * doubt. A write's own reply takes the place of reading again.
 */
export class Reads {
  readonly #host: string;
  readonly #query: (query: Query) => Promise<unknown>;
  readonly #rows = new Map<Namespace, readonly Row[]>();
  readonly #looks = new WeakMap<object, Map<Namespace, number>>();
  readonly #loading = new Map<Namespace, Promise<readonly Row[]>>();

  constructor(host: string, query: (query: Query) => Promise<unknown>) {
    this.#host = host;
    this.#query = query;
  }

  /** All rows of a namespace, read at most once. */
  rows(namespace: Namespace): Promise<readonly Row[]> {
    const known = this.#rows.get(namespace);
    if (known) return Promise.resolve(known);

    return this.#loading.get(namespace) ?? this.#load(namespace);
  }

  /** The rows as far as they are known without asking. */
  known(namespace: Namespace): readonly Row[] | undefined {
    return this.#rows.get(namespace);
  }

  /** Forgets a namespace: it was changed in a way that no reply told. */
  forget(namespace: Namespace): void {
    this.#rows.delete(namespace);
    this.#loading.delete(namespace);
  }

  /** Forgets all that was read: the appliance may have started anew, with other kernel names. */
  forgetAll(): void {
    this.#rows.clear();
  }

  /** Forgets a namespace for a doubt that many share, once for all of them and for each time they look. */
  forgetOnce(namespace: Namespace, doubt: object, look: number): void {
    const looks = this.#looks.get(doubt) ?? new Map<Namespace, number>();
    if ((looks.get(namespace) ?? -1) >= look) return;
    this.#looks.set(doubt, looks.set(namespace, look));
    this.forget(namespace);
  }

  /** Takes over the row that a write answered with. */
  put(namespace: Namespace, row: Row): void {
    const known = this.#rows.get(namespace);
    if (known) this.#rows.set(namespace, [...known.filter((other) => other["id"] !== row["id"]), row]);
    else this.forget(namespace);
  }

  /** Changes the known rows as a write did that does not answer with them; undefined takes a row out. */
  amend(namespace: Namespace, change: (row: Row) => Row | undefined): void {
    const known = this.#rows.get(namespace);
    if (known)
      this.#rows.set(
        namespace,
        known.map(change).filter((row) => row !== undefined),
      );
    else this.forget(namespace);
  }

  async #load(namespace: Namespace): Promise<readonly Row[]> {
    const query = queries[namespace];
    const mine = () => this.#loading.get(namespace) === loading;
    const loading = (async () => {
      const rows = query.rowsOf(await this.#query(query));
      if (rows) return rows;
      const detail = "it is not the list that was expected; look at the appliance's middlewared log, and run again";
      throw new MidcltError({ kind: "protocol", host: this.#host, method: query.method, detail });
    })();
    this.#loading.set(namespace, loading);
    try {
      const rows = await loading;
      // Whoever wrote meanwhile has forgotten this reading: it is passed on, and not kept.
      if (mine()) this.#rows.set(namespace, rows);
      return rows;
    } finally {
      if (mine()) this.#loading.delete(namespace);
    }
  }
}
