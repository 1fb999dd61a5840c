/** Properties of a resource, of any type. */
export type Props = Readonly<Record<string, unknown>>;

type Path = readonly (string | number)[];

/** The value at a path, undefined where the path ends early; throws when a value on the way is not known yet. */
export function at(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === "object" && here !== null ? (here as Props)[key] : undefined),
    value,
  );
}

/** The text at a path; undefined when there is none or it is empty. */
export function textAt(value: unknown, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" && found.trim() !== "" ? found : undefined;
}

/** The number at a path; text that is a number counts. */
export function numberAt(value: unknown, ...path: Path): number | undefined {
  const found = at(value, ...path);
  const number = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Whether the value at a path says yes. */
export function flagAt(value: unknown, ...path: Path): boolean {
  const found = at(value, ...path);
  return found === true || found === "true" || found === "on" || found === "ON";
}

/** The list at a path; empty when there is none. */
export function listAt(value: unknown, ...path: Path): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The texts in the list at a path. */
export function textsAt(value: unknown, ...path: Path): readonly string[] {
  return listAt(value, ...path).map(String);
}

/** The entries of the map at a path; empty when there is none. */
export function entriesAt(value: unknown, ...path: Path): readonly (readonly [string, unknown])[] {
  const found = at(value, ...path);
  if (typeof found !== "object" || found === null || Array.isArray(found)) return [];
  return Object.keys(found).map((key) => [key, (found as Props)[key]] as const);
}
