import { InstanceNotFound, MatchNotFound } from "../middleware/errors.ts";
import { any, defaulted, int, type Kind } from "../middleware/kinds.ts";
import { type Context, type Methods, method } from "../middleware/method.ts";
import { dictionary, model, type ObjectOf, partial, type Shape } from "../middleware/models.ts";
import { filterList, queryFilters, queryOptions } from "../middleware/query.ts";
import type { Table } from "../state/store.ts";

/** A row as it is stored. */
export type Stored<S extends Shape> = ObjectOf<S> & { readonly id: number };

/**
 * What is special about a namespace of rows; everything else they have in common. Rows that carry more than create
 * takes name their type.
 */
export interface RowNamespace<S extends Shape, Row extends { readonly id: number } = Stored<S>> {
  readonly namespace: string;
  /** What `does not exist` is said of, e.g. `CronJob`. */
  readonly noun: string;
  /** What create takes. */
  readonly shape: S;
  /** What update takes. @default the fields of `shape`, each optional */
  readonly updateShape?: Shape;
  /** Names of the arguments of create and update, with which schema errors begin. @default "data" */
  readonly arguments?: readonly [create: string, update: string];
  /** With what semantic errors begin. */
  readonly prefixes: readonly [create: string, update: string];
  /** The fields as they are to be stored; throws the reasons against them. */
  readonly checked?: (
    context: Context,
    prefix: string,
    wanted: ObjectOf<S>,
    old: Row | undefined,
  ) => Partial<Row> | ObjectOf<S>;
  /** The row as replies show it. @default as it is stored */
  readonly entry?: (context: Context, row: Row) => Readonly<Record<string, unknown>>;
  /** What create and update answer with. @default the entry */
  readonly reply?: (context: Context, row: Row) => unknown;
  /** Further arguments of delete. */
  readonly deletion?: Readonly<Record<string, Kind<unknown>>>;
  /** What delete answers with. @default true */
  readonly gone?: (row: Row) => unknown;
  /** What goes with a deleted row, or throws the reasons against it. */
  readonly removed?: (context: Context, row: Row, options: Readonly<Record<string, unknown>>) => void;
  /** Update raises MatchNotFound(), and delete does not look whether the row is there. */
  readonly lenient?: boolean;
}

/** The rows of a namespace. */
export function rowsOf<S extends Shape>({ state }: Context, namespace: string): Table<Stored<S>> {
  return state.table(namespace);
}

/** `query`, `get_instance`, `create`, `update` and `delete` of a namespace whose objects are rows. */
export function rowMethods<S extends Shape, Row extends { readonly id: number } = Stored<S>>(
  special: RowNamespace<S, Row>,
): Methods {
  // What is stored is what `checked` returns, so rows are of the type that the namespace names.
  const spec = special as unknown as RowNamespace<S>;
  const { namespace } = spec;
  const entry = spec.entry ?? ((_context, row) => row);

  return {
    [`${namespace}.query`]: method({ filters: queryFilters, options: queryOptions }, (context, { filters, options }) =>
      filterList(
        rowsOf<S>(context, namespace)
          .values()
          .map((row) => ({ ...entry(context, row) })),
        filters,
        options,
      ),
    ),
    [`${namespace}.get_instance`]: method({ id: int(), options: defaulted(dictionary(any), {}) }, (context, { id }) =>
      entry(context, instance(spec, context, id)),
    ),
    ...writingMethods(spec),
  };
}

function writingMethods<S extends Shape>(spec: RowNamespace<S>): Methods {
  const { namespace, noun, shape } = spec;
  const [createArgument, updateArgument] = spec.arguments ?? ["data", "data"];
  const [createPrefix, updatePrefix] = spec.prefixes;
  const checked = spec.checked ?? ((_context, _prefix, wanted) => wanted);
  const reply = spec.reply ?? spec.entry ?? ((_context, row) => row);
  const writes = { writes: true };

  return {
    [`${namespace}.create`]: method(
      { [createArgument]: model(`${noun}Create`, shape) },
      (context, values) => {
        const wanted = values[createArgument] as ObjectOf<S>;
        const fields = checked(context, createPrefix, wanted, undefined) as ObjectOf<S>;
        const id = context.state.next(namespace);
        return reply(context, rowsOf<S>(context, namespace).put(id, { ...fields, id }));
      },
      writes,
    ),
    [`${namespace}.update`]: method(
      { id: int(), [updateArgument]: partial(`${noun}Update`, spec.updateShape ?? shape) },
      (context, values) => {
        const id = Number(values["id"]);
        const old = rowsOf<S>(context, namespace).get(id);
        if (old === undefined) throw spec.lenient ? new MatchNotFound() : notFound(noun, id);
        const wanted = { ...old, ...(values[updateArgument] as object) };
        const fields = checked(context, updatePrefix, wanted, old) as ObjectOf<S>;
        return reply(context, rowsOf<S>(context, namespace).put(id, { ...fields, id }));
      },
      writes,
    ),
    [`${namespace}.delete`]: method(
      { id: int(), ...spec.deletion },
      (context, { id, ...options }) => {
        const row = rowsOf<S>(context, namespace).get(Number(id));
        if (row === undefined && !spec.lenient) throw notFound(noun, Number(id));
        if (row === undefined) return true;
        spec.removed?.(context, row, options);
        rowsOf(context, namespace).delete(Number(id));
        return spec.gone?.(row) ?? true;
      },
      writes,
    ),
  };
}

function instance<S extends Shape>({ namespace, noun }: RowNamespace<S>, context: Context, id: number): Stored<S> {
  const row = rowsOf<S>(context, namespace).get(id);
  if (row === undefined) throw notFound(noun, id);
  return row;
}

const notFound = (noun: string, id: number) => new InstanceNotFound(`${noun} ${id} does not exist`);
