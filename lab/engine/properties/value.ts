/** A value that stays masked wherever it is shown or stored. */
export class Secret {
  readonly value: PropertyValue;

  constructor(value: PropertyValue) {
    this.value = value;
  }
}

/** A value that only the real update will know; it exists in previews alone. */
export class Unknown {
  static readonly VALUE = new Unknown();
  readonly unknown = true;
}

/** A value with the resources it came from, as the SDK sends it to transforms and remote components. */
export class OutputValue {
  readonly value: PropertyValue | undefined;
  readonly secret: boolean;
  readonly dependencies: readonly string[];

  constructor(value: PropertyValue | undefined, secret: boolean, dependencies: readonly string[]) {
    this.value = value;
    this.secret = secret;
    this.dependencies = dependencies;
  }
}

/** A reference to another resource that travels as a value. */
export class ResourceReference {
  readonly urn: string;
  readonly id: PropertyValue | undefined;
  readonly packageVersion: string;

  constructor(urn: string, id: PropertyValue | undefined, packageVersion: string) {
    this.urn = urn;
    this.id = id;
    this.packageVersion = packageVersion;
  }
}

export interface PropertyMap {
  [key: string]: PropertyValue;
}

/** Everything a resource property can hold; assets travel as the marked maps in which the SDK sends them. */
export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | PropertyValue[]
  | PropertyMap
  | Secret
  | Unknown
  | OutputValue
  | ResourceReference;

/** True for a plain map, false for lists, scalars and the marked values. */
export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Secret) &&
    !(value instanceof Unknown) &&
    !(value instanceof OutputValue) &&
    !(value instanceof ResourceReference)
  );
}

/** Applies `change` to every value from the leaves up; a marked value is rebuilt around its changed content. */
function transform(value: PropertyValue, change: (value: PropertyValue) => PropertyValue): PropertyValue {
  if (Array.isArray(value)) return change(value.map((item) => transform(item, change)));
  if (isMap(value)) return change(transformMap(value, change));
  if (value instanceof Secret) return change(new Secret(transform(value.value, change)));
  if (value instanceof OutputValue && value.value !== undefined) {
    return change(new OutputValue(transform(value.value, change), value.secret, value.dependencies));
  }
  return change(value);
}

/** As `transform`, for every value of a map. */
function transformMap(map: PropertyMap, change: (value: PropertyValue) => PropertyValue): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, transform(value, change)]));
}

/** Turns output values into what the rest of the engine knows: unknowns, secrets and plain values. */
export function withoutOutputs(map: PropertyMap): PropertyMap {
  return transformMap(map, (value) => {
    if (!(value instanceof OutputValue)) return value;
    const plain = value.value === undefined ? Unknown.VALUE : value.value;
    return value.secret ? new Secret(plain) : plain;
  });
}

/** The content without secret and output marks. */
export function unwrap(value: PropertyValue): PropertyValue {
  return transform(value, (item) => {
    if (item instanceof Secret) return item.value;
    if (item instanceof OutputValue) return item.value ?? Unknown.VALUE;
    return item;
  });
}

/** True when the value, or anything inside it, fulfils the test. */
export function contains(value: PropertyValue, test: (value: PropertyValue) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((item) => contains(item, test));
  if (isMap(value)) return Object.values(value).some((item) => contains(item, test));
  if (value instanceof Secret) return contains(value.value, test);
  if (value instanceof OutputValue) return value.value === undefined || contains(value.value, test);
  return false;
}

/** True when any part is unknown, or an output that is not known yet. */
export function containsUnknowns(value: PropertyValue): boolean {
  return contains(
    value,
    (item) => item instanceof Unknown || (item instanceof OutputValue && item.value === undefined),
  );
}

/** True when any part is secret. */
export function containsSecrets(value: PropertyValue): boolean {
  return contains(value, (item) => item instanceof Secret || (item instanceof OutputValue && item.secret));
}

/** Deep equality; a secret equals only a secret with equal content, an unknown only an unknown. */
export function equal(left: PropertyValue | undefined, right: PropertyValue | undefined): boolean {
  if (left === right) return true;
  if (left === undefined || right === undefined || left === null || right === null) return false;
  if (left instanceof Secret) return right instanceof Secret && equal(left.value, right.value);
  if (left instanceof Unknown) return right instanceof Unknown;
  if (left instanceof ResourceReference) return right instanceof ResourceReference && left.urn === right.urn;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, i) => equal(item, right[i]));
  }
  if (!isMap(left) || !isMap(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && equal(left[key], right[key]));
}

/** What people and reports see: plain JSON with `[secret]` and `[unknown]` in place of the marks. */
export function display(value: PropertyValue | undefined): unknown {
  if (value instanceof Secret) return "[secret]";
  if (value instanceof Unknown) return "[unknown]";
  if (value instanceof OutputValue) return value.secret ? "[secret]" : display(value.value ?? Unknown.VALUE);
  if (value instanceof ResourceReference) return value.urn;
  if (Array.isArray(value)) return value.map(display);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, display(item)]));
  return value;
}
