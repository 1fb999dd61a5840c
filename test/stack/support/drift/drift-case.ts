import type { SimulatedTrueNas } from "../../../../lab/truenas/index.ts";
import type { Values, Written } from "../storage.ts";

export type Deed = (appliance: SimulatedTrueNas, object: { readonly id: string; readonly rowId: unknown }) => unknown;

/** One managed property, on an object of its own. */
export interface DriftCase {
  readonly type: string;
  /** Where the property stands, as a difference names it. */
  readonly path: string;
  /** What a difference shows, where it names the whole of which the property is a part. */
  readonly shows: string;
  /** What follows the property although the program does not state it. */
  readonly along: readonly string[];
  readonly resource: Written;
  /** Somebody changes the property; `rowId` is the object's number in the middleware, where it has one. */
  readonly deed: (appliance: SimulatedTrueNas, rowId: unknown) => unknown;
}

/** Objects of one type, alike but for one property. */
export interface Kind {
  readonly type: string;
  /** Everything that the object states; `at` tells the objects of a type apart. */
  readonly stated: (at: string) => Values;
  readonly id: (props: Values) => string;
  readonly deed: (change: Values) => Deed;
}

/** A case in which something else is stated, done or shown than the property itself. */
export interface Odd {
  /** What is stated besides, or instead; undefined is not stated. */
  readonly stated?: Values;
  readonly deed: Deed | Values;
  readonly shows?: string;
  readonly along?: readonly string[];
}

/** Cases of one kind of object: path → what somebody changes, in the middleware's words. */
export function cases(kind: Kind, table: Readonly<Record<string, Values | Odd>>): DriftCase[] {
  return Object.entries(table).map(([path, entry]) => {
    const odd: Odd = isOdd(entry) ? entry : { deed: entry };
    const at = slug(path);
    const props = stated({ ...kind.stated(at), ...odd.stated });
    const deed = typeof odd.deed === "function" ? odd.deed : kind.deed(odd.deed);

    return {
      type: kind.type,
      path,
      shows: odd.shows ?? path,
      along: odd.along ?? [],
      resource: { type: kind.type, name: `${path} of ${kind.id(props)}`, props, after: ["Pool tank"] },
      deed: (appliance, rowId) => deed(appliance, { id: kind.id(props), rowId }),
    };
  });
}

/** The path as part of a name. */
export function slug(path: string): string {
  return path.replace(/\W+/g, "-").toLowerCase().replace(/-$/, "");
}

function isOdd(entry: Values | Odd): entry is Odd {
  return "deed" in entry;
}

function stated(props: Values): Values {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

export const onRow =
  (namespace: string) =>
  (change: Values): Deed =>
  (appliance, { rowId }) =>
    appliance.call(`${namespace}.update`, rowId, change);
