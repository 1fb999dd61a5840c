import type { Values } from "../plugin.ts";

/** A call of the middleware as somebody makes it by hand. */
export type Call = readonly [method: string, ...params: unknown[]];

/** What somebody makes of an object, in the middleware's words; a function of what it is, where parts stay. */
export type Tampering = Values | ((row: Values) => Values);

/** One kind of object, told once for every story: creation, drift, import, change and end. */
export interface Managed {
  readonly type: string;
  /** @default the type */
  readonly title?: string;
  /** Another of its type tells the whole story; of this one only making, reading, import by reading and drift are told. */
  readonly brief?: true;
  /** The release without which it is not there. @default any */
  readonly only?: string;
  /** Where the middleware keeps it. */
  readonly namespace: string;
  /** How somebody changes it, where not by `update`. */
  readonly setter?: (id: string, change: Values) => Call;
  /** What makes a change by hand take effect. */
  readonly finish?: readonly Call[];
  /** The namespace holds one object, which is always there. */
  readonly single?: true;
  /** Everything that a program can state; `at` tells several objects apart. */
  readonly stated: (at: string) => Values;
  readonly id: (stated: Values) => string;
  /** What somebody sends who makes the object of `at` "it" by hand. */
  readonly made: Values;
  /** What it stands on, besides a pool `tank` with a dataset `tank/a`; made by hand. */
  readonly ground?: (at: string) => readonly Call[];
  /** Property path → what somebody makes of it. */
  readonly drift: Readonly<Record<string, Tampering>>;
  /** Property path → what follows it although the program does not state it. */
  readonly along?: Readonly<Record<string, readonly string[]>>;
  /** New values, each an update of its own. */
  readonly changes: Values;
  /** Names of what must stay although it is not required. */
  readonly kept?: readonly string[];
  /** What is stated besides or instead, with the property and the sentence that the provider refuses it with. */
  readonly refused?: readonly (readonly [stated: Values, property: string, reason: string])[];
  /** What another program states, so that it does not take the object for its own. */
  readonly otherwise?: Values;
  /** Properties that nobody can change behind the provider's back, and why. */
  readonly fixed?: Readonly<Record<string, string>>;
}

interface Caller {
  call(method: string, ...params: unknown[]): Promise<unknown>;
}

/** Somebody changes an object behind the provider's back. */
export async function tamper(
  appliance: Caller,
  { namespace, single, setter, finish = [] }: Managed,
  object: { readonly id: string; readonly rowId: unknown },
  change: Tampering,
): Promise<void> {
  const at = single ? [] : [object.rowId];
  const now = async () => (await appliance.call(`${namespace}.${single ? "config" : "get_instance"}`, ...at)) as Values;
  const values = typeof change === "function" ? change(await now()) : change;

  const call: Call = setter ? setter(object.id, values) : [`${namespace}.update`, ...at, values];

  await appliance.call(...call);
  for (const then of finish) await appliance.call(...then);
}

/** The calls by which somebody makes the object by hand. */
export function making({ namespace, single, setter, id, stated, made, finish = [] }: Managed): readonly Call[] {
  if (setter) return [setter(id(stated("it")), made), ...finish];

  return [[`${namespace}.${single ? "update" : "create"}`, made], ...finish];
}

/** A change of some members of a field that is sent whole. */
export function within(field: string, change: Values): Tampering {
  return (row) => ({ [field]: { ...(row[field] as Values), ...change } });
}

/** The appliance on which the stories take place, and what is around it. */
export const SURROUNDINGS = {
  addresses: [
    ...["10.10.10.20", "10.10.10.21", "10.10.10.22", "10.10.10.23", "192.168.0.20"],
    ...["10.10.10.40", "10.10.10.41", "10.10.10.42", "10.10.10.43", "10.10.10.44"],
  ],
  nics: Array.from({ length: 90 }, (_, at) => ({ name: `eno${at + 1}` })),
  hostnames: { "isns1.home.lan": "10.10.10.30", "isns2.home.lan": "10.10.10.31" },
};

const INSTRUCTION = "is an instruction to the provider";

/** Why these properties never drift: the first are how the object is found. */
export function foundBy(what: string, ...names: readonly string[]): Record<string, string> {
  return { ...Object.fromEntries(names.map((name) => [name, `is how the ${what} is found`])), adopt: INSTRUCTION };
}
