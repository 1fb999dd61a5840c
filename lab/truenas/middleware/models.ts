import { type Kind, kind, type Of, type Path, type Problem } from "./kinds.ts";

/** A model's fields by name, in the order in which their problems are reported. */
export type Shape = Readonly<Record<string, Kind<unknown>>>;

/** The object that a shape accepts; fields that may be absent read as undefined. */
export type ObjectOf<S extends Shape> = { [K in keyof S]: Of<S[K]> };

/** A kind that is an object with known fields. */
export interface Model<S extends Shape> extends Kind<ObjectOf<S>> {
  readonly shape: S;
}

/** True for a JSON object (not a list, not null). */
export function isRecord(input: unknown): input is Record<string, unknown> {
  return (
    typeof input === "object" &&
    input !== null &&
    !Array.isArray(input) &&
    Object.getPrototypeOf(input) === Object.prototype
  );
}

/** An object with exactly these fields; unknown keys are refused after the known ones were judged. */
export function model<S extends Shape>(name: string, shape: S): Model<S> {
  const check = (input: unknown, path: Path, problems: Problem[]): ObjectOf<S> => {
    if (!isRecord(input)) {
      problems.push({ path, message: `Input should be a valid dictionary or instance of ${name}` });
      return input as ObjectOf<S>;
    }
    const accepted: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(shape)) {
      if (Object.hasOwn(input, key)) accepted[key] = field.check(input[key], [...path, key], problems);
      else if (field.missing === "required") problems.push({ path: [...path, key], message: "Field required" });
      else if (field.missing !== "absent") accepted[key] = structuredClone(field.missing.value);
    }
    for (const key of Object.keys(input)) {
      if (!Object.hasOwn(shape, key))
        problems.push({ path: [...path, key], message: "Extra inputs are not permitted" });
    }
    return accepted as ObjectOf<S>;
  };
  return { ...kind(name, check), shape };
}

/** The fields of a shape, each of which may be left out and then means "unchanged". */
export type PartialShape<S extends Shape> = { [K in keyof S]: Kind<Of<S[K]> | undefined> };

/** The update model that belongs to a create model: the same fields, none required, none filled in. */
export function partial<S extends Shape>(name: string, shape: S): Model<PartialShape<S>> {
  const fields = Object.entries(shape).map(([key, field]) => [key, { ...field, missing: "absent" as const }]);
  return model(name, Object.fromEntries(fields) as PartialShape<S>);
}

/** A list of one kind. */
export function list<T>(item: Kind<T>, limits: { readonly min?: number; readonly max?: number } = {}): Kind<T[]> {
  return kind(`list[${item.label}]`, (input, path, problems) => {
    if (!Array.isArray(input)) {
      problems.push({ path, message: "Input should be a valid list" });
      return [];
    }
    const counted = (count: number) => `${count} item${count === 1 ? "" : "s"} after validation, not ${input.length}`;
    if (limits.min !== undefined && input.length < limits.min)
      problems.push({ path, message: `List should have at least ${counted(limits.min)}` });
    if (limits.max !== undefined && input.length > limits.max)
      problems.push({ path, message: `List should have at most ${counted(limits.max)}` });
    return input.map((element, index) => item.check(element, [...path, index], problems));
  });
}

/** A JSON object with any keys and values of one kind. */
export function dictionary<T>(value: Kind<T>): Kind<Record<string, T>> {
  return kind("dict", (input, path, problems) => {
    if (!isRecord(input)) {
      problems.push({ path, message: "Input should be a valid dictionary" });
      return {};
    }
    return Object.fromEntries(Object.entries(input).map(([key, v]) => [key, value.check(v, [...path, key], problems)]));
  });
}

/** The first member that accepts the value; when none does, the problems of all of them, each under its label. */
export function union<M extends readonly Kind<unknown>[]>(...members: M): Kind<Of<M[number]>> {
  return kind(members.map((member) => member.label).join(" | "), (input, path, problems) => {
    const refused: Problem[] = [];
    for (const member of members) {
      const own: Problem[] = [];
      const value = member.check(input, [...path, member.label], own);
      if (own.length === 0) return value as Of<M[number]>;
      refused.push(...own);
    }
    problems.push(...refused);
    return input as Of<M[number]>;
  });
}

/** Objects told apart by one literal field; only the chosen member's problems are reported, under its tag. */
export function tagged<M extends Model<Shape>>(tag: string, members: Readonly<Record<string, M>>): Kind<Of<M>> {
  const expected = Object.keys(members)
    .map((name) => `'${name}'`)
    .join(", ");
  return kind("tagged-union", (input, path, problems) => {
    if (!isRecord(input)) {
      problems.push({ path, message: "Input should be a valid dictionary or object to extract fields from" });
      return input as Of<M>;
    }
    const name = input[tag];
    const member = typeof name === "string" && Object.hasOwn(members, name) ? members[name] : undefined;
    if (member !== undefined) return member.check(input, [...path, String(name)], problems) as Of<M>;
    if (name === undefined) problems.push({ path: [...path, tag], message: "Field required" });
    else
      problems.push({
        path,
        message: `Input tag '${String(name)}' found using '${tag}' does not match any of the expected tags: ${expected}`,
      });
    return input as Of<M>;
  });
}
