import type { Namespace } from "./namespaces.ts";
import type { Properties, Values } from "./property.ts";

/** One logical call of the middleware: method name and positional arguments. */
export interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
  /** The call, or its answer, carries a secret: it travels alone and never in an argument list. */
  readonly secret?: true;
  /** What the appliance makes for this call; it goes from the one into the other there, and nobody else sees it. */
  readonly first?: Ingredient;
}

/** A call whose answer goes into another one. */
export interface Ingredient {
  readonly method: string;
  readonly params: readonly unknown[];
  /** The part of the answer that is used. */
  readonly take: string;
  /** Where it goes among the parameters of the other call. */
  readonly into: readonly (string | number)[];
}

/** An object as a middleware query returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** Which generation of the middleware answers; field names and enum values follow it. */
export type Dialect = "25.04" | "25.10";

/** What the middleware knows about one object, in the words of the program. */
export interface Live {
  /** Every property that can be read; one that is not set locally carries its absent value. */
  readonly values: Values;
  /** Computed outputs, e.g. `mountpoint` or `rowId`. */
  readonly outputs: Values;
  /** Values of which TrueNAS does not tell whether they are set here or inherited. */
  readonly ambiguous?: Values;
}

/** What a plan may look at: nothing is known of the appliance while a preview plans. */
export interface PlanContext {
  readonly dialect: Dialect;
  /** Ownership mark of this resource, `pulumi:` and 12 hex digits. */
  readonly marker: string;
  /** Rows of a namespace that the type names in `needs`; undefined while previewing. */
  readonly rows: (namespace: Namespace) => readonly Row[] | undefined;
  /** Address by which the appliance is managed, as the program states it. */
  readonly host?: string;
  /** The object as found, if it exists already. */
  readonly row?: Row | undefined;
  /** True when an object that was there already is taken over. */
  readonly adopting?: boolean;
}

/** A change of an existing object. */
export interface Change {
  readonly id: string;
  readonly rowId: unknown;
  readonly olds: Values;
  readonly news: Values;
  /** Top-level properties that differ, with the value to send: the new one, or what absence means. */
  readonly changed: Values;
}

/** What taking the resource out of the program does to the object. */
export type Removal =
  | {
      readonly kind: "call";
      readonly call: (id: string, row: Row, inputs: Values) => Call;
      /** True for one that stays as it is. */
      readonly leaves?: (row: Row) => boolean;
      /** Why it must not go; `host` is the address by which the appliance is managed. */
      readonly refusal?: (id: string, row: Row, host: string) => string | undefined;
    }
  /** The object stays as it is. */
  | { readonly kind: "leave" }
  /** Never destroyed by this provider. */
  | { readonly kind: "never"; readonly noun: string }
  /** Destroyed only when `onDestroy` says so and nothing is in it. */
  | { readonly kind: "guarded"; readonly noun: string; readonly call: (id: string, row: Row) => Call };

/** Something that people should know before they go on. */
export interface Notice {
  readonly severity: "info" | "warning";
  readonly text: string;
}

/** What a change does to things that the object has made so far, which only the appliance knows. */
export interface Impact {
  /** True for a change of these inputs. */
  readonly concerns: (changed: readonly string[]) => boolean;
  /** Asked of every object of the type together, once. */
  readonly question: (row: Row) => Call;
  readonly notice: (olds: Values, news: Values, answer: unknown) => Notice | undefined;
}

/** What a write does to rows of a namespace that are known already. */
export interface Effect {
  readonly namespace: Namespace;
  readonly change: (row: Row) => Row;
}

/** How the object is found and read. */
export type Reading =
  | { readonly by: "namespace"; readonly namespace: Namespace }
  /** Read object by object; the calls of many objects are collected. */
  | { readonly by: "path"; readonly calls: (path: string, inputs: Values | undefined) => readonly Call[] };

/** The calls around changes that the appliance holds back, applies together, and takes back unless they are confirmed. */
export interface Staged {
  /** Whether changes are held back. */
  readonly pending: Call;
  readonly commit: Call;
  /** How many seconds are left for confirming; null when nothing waits for it. */
  readonly waiting: Call;
  readonly confirm: Call;
  readonly rollback: Call;
  /** What they are, in messages. */
  readonly noun: string;
}

/** A problem that `check` found: where, and a sentence that says what is wrong, allowed and to do. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

/** One resource type as a table entry; the plugin knows no type by name. */
export interface ResourceType {
  readonly name: string;
  readonly doc: string;
  readonly properties: Properties;
  readonly outputs: Properties;
  readonly reading: Reading;
  /** Namespaces that a create looks at besides its own. */
  readonly needs?: readonly Namespace[];
  /** Other namespaces whose rows creating or deleting the object changes. */
  readonly invalidates?: { readonly create?: readonly Namespace[]; readonly delete?: readonly Namespace[] };
  /** What a write changes besides the row that it answers with, or in place of it. */
  readonly effect?: (call: Call) => Effect | undefined;
  /** The natural key of the object that these inputs describe. */
  readonly idOf: (inputs: Values) => string;
  /** What an import id must look like, e.g. `pool/path`; used in messages. */
  readonly idForm: string;
  /** The natural key of a row, or undefined for rows of another type in the same namespace. */
  readonly idOfRow?: (row: Row, context: Pick<LiveContext, "rows">) => string | undefined;
  /** How natural keys are compared, where not exactly. */
  readonly sameId?: (a: string, b: string) => boolean;
  readonly live: (row: Row, context: LiveContext) => Live;
  readonly create: (inputs: Values, context: PlanContext) => readonly Call[];
  readonly update: (change: Change, context: PlanContext) => readonly Call[];
  /** True when an update cannot be planned without looking at the object. */
  readonly updateNeedsRow?: (change: Change) => boolean;
  readonly removal: Removal;
  /** What a connected preview says of changes. */
  readonly impact?: Impact;
  /** Outputs that follow from the inputs alone, known at preview. */
  readonly derive?: (inputs: Values) => Values;
  /** Writes of this type are not final by themselves. */
  readonly staged?: Staged;
  /** Rules that span several properties. */
  readonly check?: (inputs: Values, olds: Values | undefined) => readonly Problem[];
  /** Properties whose removal is no change, because another one implies their value. */
  readonly implied?: (inputs: Values) => Values;
  /** True when the existing object may be taken over silently, e.g. a row that TrueNAS makes itself. */
  readonly takesOver?: (row: Row, inputs: Values, context: LiveContext) => boolean;
  /** Why an existing object that differs can never be taken over; without it the message names the import line. */
  readonly conflict?: (row: Row, inputs: Values, context: LiveContext) => string | undefined;
  /** Calls that need the object that the first call made. */
  readonly afterCreate?: (inputs: Values, row: Row | undefined) => readonly Call[];
  /** Inputs that an import yields; without it, every readable value that is not the absent one. */
  readonly importInputs?: (live: Live) => Values;
  /** Further fields of its rows that tell secrets: those of what it uses. */
  readonly tells?: readonly string[];
  /** Secrets that the object surely has although nobody reads them, so that an import can say so. */
  readonly unread?: (live: Live) => readonly string[];
  /** True for a row that carries this resource's mark. */
  readonly marked?: (row: Row, marker: string) => boolean;
  /** Compares values that need more than the property's own comparison. */
  readonly same?: Readonly<Record<string, (a: unknown, b: unknown) => boolean>>;
}

/** What reading a row may look at. */
export interface LiveContext {
  readonly dialect: Dialect;
  readonly rows: (namespace: Namespace) => readonly Row[] | undefined;
  /** The resource's inputs, absent on import. */
  readonly inputs?: Values;
}

/** Token of a resource type in the Pulumi package. */
export function tokenOf(type: { readonly name: string }): string {
  return `truenas:index:${type.name}`;
}

/** Declares a resource type, keeping the literal types of its tables so that argument types can be derived. */
export function defineType<const T extends ResourceType>(type: T): T {
  return type;
}
