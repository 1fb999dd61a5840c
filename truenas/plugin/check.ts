import { canonical } from "../model/canonical.ts";
import { INHERIT, isRecord, type Properties, type Property, type Values } from "../model/property.ts";
import type { Problem, ResourceType } from "../model/resource-type.ts";
import { textRules } from "../model/text-rules.ts";
import { hasUnknown, UNKNOWN } from "../model/unknown.ts";
import { UNREAD } from "../model/unread.ts";

/** Everything that is wrong with the inputs of a resource, all at once; unknown values are passed over. */
export function checkInputs(type: ResourceType, inputs: Values, olds: Values | undefined): readonly Problem[] {
  const problems = checkObject(type.name, type.properties, inputs, "");
  const spanning = type.check?.(withoutUnknowns(inputs), olds) ?? [];

  return [...problems, ...spanning];
}

/** Everything that is wrong with an object of these properties; `owner` names it in messages. */
export function checkObject(owner: string, properties: Properties, values: Values, prefix: string): readonly Problem[] {
  const names = Object.keys(properties);
  const strangers = Object.keys(values)
    .filter((name) => !(name in properties) && !name.startsWith("__"))
    .map((name) => ({ property: join(prefix, name), reason: strangerReason(owner, name, names) }));
  const missing = names
    .filter((name) => properties[name]?.required && values[name] === undefined)
    .map((name) => ({
      property: join(prefix, name),
      reason: `${owner} needs "${name}"; ${lowerFirst(properties[name]?.doc ?? "")}`,
    }));
  const wrong = Object.entries(properties).flatMap(([name, property]) =>
    values[name] === undefined ? [] : checkValue(property, values[name], join(prefix, name), name),
  );

  return [...strangers, ...missing, ...wrong];
}

function checkValue(property: Property, value: unknown, path: string, name: string): readonly Problem[] {
  if (value === UNKNOWN || (property.secret && value === UNREAD)) return [];
  if (value === INHERIT && property.inheritable) return [];
  const said = reasonFor(property, value, name);
  if (said === undefined) return checkInside(property, value, path, name);

  return [{ property: path, reason: property.secret ? said.replaceAll(show(value), "[secret]") : said }];
}

function reasonFor(property: Property, value: unknown, name: string): string | undefined {
  switch (property.kind) {
    case "string":
      return typeof value === "string" ? stringReason(property, value, name) : wrongKind(name, value, "text");
    case "integer":
      return typeof value === "number"
        ? integerReason(property, value, name)
        : wrongKind(name, value, integerForm(property));
    case "boolean":
      return typeof value === "boolean" ? undefined : wrongKind(name, value, "true or false");
    case "scalar":
      return typeof value === "boolean" || typeof value === "string"
        ? undefined
        : wrongKind(name, value, "text, true or false");
    case "enum":
      return typeof value === "string" && property.values.includes(value)
        ? undefined
        : enumReason(property, value, name);
    case "list":
      return Array.isArray(value) ? listReason(property, value, name) : wrongKind(name, value, "a list");
    case "object":
    case "map":
      return isRecord(value) ? undefined : wrongKind(name, value, "an object");
  }
}

function checkInside(property: Property, value: unknown, path: string, name: string): readonly Problem[] {
  if (property.kind === "object" && isRecord(value)) return checkObject(name, property.fields, value, path);
  if (property.kind === "list" && Array.isArray(value)) {
    return value.flatMap((item, index) => checkValue(property.items, item, `${path}[${index}]`, `${name}[${index}]`));
  }
  if (property.kind === "map" && isRecord(value)) {
    return Object.entries(value).flatMap(([key, item]) => {
      const place = `${path}["${key}"]`;
      const reason = property.keyRule ? textRules[property.keyRule](key) : undefined;
      return reason ? [{ property: place, reason }] : checkValue(property.values, item, place, `${name}["${key}"]`);
    });
  }

  return [];
}

function stringReason(property: Property & { kind: "string" }, value: string, name: string): string | undefined {
  const { maxLength, rule } = property;
  if (maxLength !== undefined && value.length > maxLength) {
    return `${name} has ${value.length} characters and ${maxLength} are allowed; shorten it`;
  }
  const reason = rule ? textRules[rule](value) : undefined;

  return reason === undefined ? undefined : `${name} ${reason}`;
}

function integerReason(property: Property & { kind: "integer" }, value: number, name: string): string | undefined {
  const { min, max, zero, unit } = property;
  const units = unit ? ` ${unit}` : "";
  if (!Number.isSafeInteger(value)) return wrongKind(name, value, integerForm(property));
  if (zero && value === 0) return undefined;
  if (min !== undefined && value < min) {
    return `${name} ${value} is below the minimum of ${min}${units}; raise it${zero ? " or use 0 for none" : ""}`;
  }

  return max !== undefined && value > max
    ? `${name} ${value} is above the maximum of ${max}${units}; lower it`
    : undefined;
}

function enumReason(property: Property & { kind: "enum" }, value: unknown, name: string): string {
  const allowed = property.inheritable ? [...property.values, INHERIT] : property.values;

  return `${name} ${show(value)} is not allowed; use one of ${allowed.join(", ")}`;
}

function listReason(
  property: Property & { kind: "list" },
  value: readonly unknown[],
  name: string,
): string | undefined {
  const least = property.minItems ?? 0;
  if (value.length < least) return `${name} is empty; give at least ${least}`;
  const most = property.maxItems ?? value.length;
  if (value.length > most) return `${name} has ${value.length} entries and ${most} are allowed; remove some`;
  if (!property.unique || hasUnknown(value)) return undefined;
  const seen = value.map((item) =>
    JSON.stringify(canonical({ ...property, compare: property.compare ?? "exact" }, [item])),
  );
  const twice = value.find((_, index) => seen.indexOf(seen[index] ?? "") !== index);

  return twice === undefined ? undefined : `${name} has ${show(twice)} twice; remove one`;
}

function wrongKind(name: string, value: unknown, expected: string): string {
  return `${name} is ${show(value)}; use ${expected}`;
}

function integerForm(property: Property): string {
  const unit = property.kind === "integer" && property.unit ? ` of ${property.unit}` : "";

  return `a whole number${unit}${property.inheritable ? ", or INHERIT" : ""}`;
}

function strangerReason(owner: string, name: string, known: readonly string[]): string {
  const near = known.find(
    (candidate) => candidate.toLowerCase().replace(/_/g, "") === name.toLowerCase().replace(/_/g, ""),
  );
  const advice = near ? `; did you mean "${near}"?` : `; it has ${known.join(", ")}`;

  return `${owner} has no property "${name}"${advice}`;
}

/** Rules that span properties see a property with unknown parts as one unknown, and a secret that was not read as well. */
function withoutUnknowns(inputs: Values): Values {
  const known = (value: unknown) => !hasUnknown(value) && value !== UNREAD;

  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, known(value) ? value : UNKNOWN]));
}

function show(value: unknown): string {
  return typeof value === "string" ? `"${value}"` : JSON.stringify(value);
}

function join(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}.${name}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
