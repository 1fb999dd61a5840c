/** The value that hands a ZFS property back to its parent dataset; distinct from leaving the property out. */
export const INHERIT = "INHERIT";

/** How two spellings of one value are recognised as the same value. */
export type Comparison =
  | "exact"
  | "set"
  | "network"
  | "networks"
  | "cron"
  | "clock"
  | "size"
  | "case"
  | "trimmed"
  | "lines"
  | "url"
  | "instant"
  | "folder";

interface PropertyBase {
  /** One sentence for people: meaning, unit, what absence means. */
  readonly doc: string;
  /** The program must state it. */
  readonly required?: true;
  /** Fixed at creation: a change makes a new object. */
  readonly replaces?: true;
  /** TrueNAS does not give it back, so it is never compared with the appliance. */
  readonly writeOnly?: true;
  /** Accepts INHERIT, which is also what absence means. */
  readonly inheritable?: true;
  /** What absence means on the appliance; sent when the property is taken out of the program. */
  readonly default?: unknown;
  /** Its name in the middleware, where that is not the snake_case of ours. */
  readonly wire?: string;
  /** Guides one operation and is no property of the object: a change of it alone is no difference. */
  readonly hint?: true;
  /** Known to this provider only and never sent. */
  readonly providerSide?: true;
  /** Encrypted in state and masked in every message. */
  readonly secret?: true;
  readonly compare?: Comparison;
  /** The value that stands for the middleware's null, which programs cannot state. */
  readonly nullIs?: string | number;
}

export interface StringProperty extends PropertyBase {
  readonly kind: "string";
  readonly maxLength?: number;
  /** Names a rule of `text-rules.ts` that a value must obey. */
  readonly rule?: RuleName;
}

export interface IntegerProperty extends PropertyBase {
  readonly kind: "integer";
  readonly min?: number;
  readonly max?: number;
  /** Zero is allowed although it lies below `min`: it means none. */
  readonly zero?: true;
  /** Named in messages, e.g. `bytes`. */
  readonly unit?: string;
}

export interface BooleanProperty extends PropertyBase {
  readonly kind: "boolean";
}

/** Text or a truth value, as the middleware mixes them in access control entries. */
export interface ScalarProperty extends PropertyBase {
  readonly kind: "scalar";
}

export interface EnumProperty extends PropertyBase {
  readonly kind: "enum";
  readonly values: readonly string[];
}

export interface ListProperty extends PropertyBase {
  readonly kind: "list";
  readonly items: Property;
  readonly unique?: true;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface ObjectProperty extends PropertyBase {
  readonly kind: "object";
  /** Name of the type in the package schema. */
  readonly typeName: string;
  readonly fields: Properties;
}

export interface MapProperty extends PropertyBase {
  readonly kind: "map";
  readonly values: Property;
  readonly keyRule?: RuleName;
}

/** One property of a resource type, as data: documentation, types, checks, diffs and payloads all come from it. */
export type Property =
  | StringProperty
  | IntegerProperty
  | BooleanProperty
  | ScalarProperty
  | EnumProperty
  | ListProperty
  | ObjectProperty
  | MapProperty;

export interface Properties {
  readonly [name: string]: Property;
}

/** Names of the text rules that a table may refer to. */
export type RuleName =
  | "datasetName"
  | "poolName"
  | "userPropertyKey"
  | "namingSchema"
  | "cronField"
  | "clockTime"
  | "network"
  | "nfsHost"
  | "smbShareName"
  | "mountPath"
  | "permissionMode"
  | "recordSize"
  | "volumeBlockSize"
  | "notInheritText"
  | "hostKey"
  | "notBlank"
  | "notEmpty"
  | "noBlanks"
  | "accountName"
  | "iscsiName"
  | "zvolDisk"
  | "fullName"
  | "address"
  | "destination"
  | "addressOrNone"
  | "hostName"
  | "domainName"
  | "netbiosName"
  | "permissionMask"
  | "webAddress"
  | "webAddressOrNone"
  | "webhook"
  | "chapSecret"
  | "mailAddress"
  | "instant"
  | "ascii"
  | "bucketName"
  | "bucketFolder"
  | "backupPath"
  | "directoryPath";

/** Values of one object as programs and the engine write them. */
export type Values = Readonly<Record<string, unknown>>;

/** The plain TypeScript type of a property's value. */
export type ValueOf<P> = Plain<P> | (P extends { readonly inheritable: true } ? typeof INHERIT : never);

type Plain<P> = P extends { readonly kind: "string" }
  ? string
  : P extends { readonly kind: "integer" }
    ? number
    : P extends { readonly kind: "boolean" }
      ? boolean
      : P extends { readonly kind: "scalar" }
        ? string | boolean
        : P extends { readonly kind: "enum"; readonly values: readonly (infer V)[] }
          ? V
          : P extends { readonly kind: "list"; readonly items: infer I }
            ? readonly ValueOf<I>[]
            : P extends { readonly kind: "object"; readonly fields: infer F }
              ? ObjectOf<F>
              : P extends { readonly kind: "map"; readonly values: infer M }
                ? Readonly<Record<string, ValueOf<M>>>
                : never;

/** Names of the properties that a program must state. */
export type RequiredKeys<F> = { [K in keyof F]: F[K] extends { readonly required: true } ? K : never }[keyof F];

type ObjectOf<F> = { readonly [K in RequiredKeys<F>]: ValueOf<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: ValueOf<F[K]> | undefined;
};

/** What absence of the property means on the appliance, or undefined where it means "not ours to say". */
export function absentValue(property: Property): unknown {
  if (property.default !== undefined) return property.default;
  return property.inheritable ? INHERIT : undefined;
}

/** The property's name in the middleware. */
export function wireName(name: string, property: Property): string {
  return property.wire ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** True for a plain object, as opposed to a list, null or a scalar. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
