import { isMap, type PropertyMap, type PropertyValue, Secret } from "./value.ts";

type Key = string | number;

const SEGMENT = /\.?(?:([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\])/y;

/** Splits a property path such as `disks[0].speed` or `tags["a.b"]`; `*` stands for every element. Throws when malformed. */
export function parsePath(path: string): Key[] {
  const keys: Key[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < path.length) {
    const at = SEGMENT.lastIndex;
    const [, name, index, quoted, star] = SEGMENT.exec(path) ?? [];
    if (index !== undefined) keys.push(Number(index));
    else if (quoted !== undefined) keys.push(quoted.replace(/\\(.)/g, "$1"));
    else if (name !== undefined || star !== undefined) keys.push(name ?? "*");
    else throw new Error(`"${path}" is not a property path: unexpected text at "${path.slice(at)}"`);
  }
  return keys;
}

/** The path as Pulumi writes it. */
export function formatPath(keys: readonly Key[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === "number") return `${path}[${key}]`;
    if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
    return path === "" ? key : `${path}.${key}`;
  }, "");
}

/** True when `path` names `other` or something around it; `*` matches any element. */
export function covers(path: readonly Key[], other: readonly Key[]): boolean {
  return path.length <= other.length && path.every((key, i) => key === "*" || key === other[i]);
}

/** The value at a path; what lies inside a secret is secret. */
export function valueAt(value: PropertyValue | undefined, keys: readonly Key[]): PropertyValue | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (value instanceof Secret) {
    const inner = valueAt(value.value, keys);
    return inner === undefined ? undefined : new Secret(inner);
  }
  if (Array.isArray(value)) return typeof key === "number" ? valueAt(value[key], rest) : undefined;
  return isMap(value) ? valueAt(value[key], rest) : undefined;
}

/**
 * `inputs` with the value at a path put back to what it is in `old`; undefined when the two differ in shape there, that
 * is, when a list element around the path was added or removed.
 */
export function resetPath(inputs: PropertyMap, old: PropertyMap, keys: readonly Key[]): PropertyMap | undefined {
  const result = reset(inputs, old, keys);
  return isMap(result) ? result : undefined;
}

function reset(
  value: PropertyValue | undefined,
  old: PropertyValue | undefined,
  keys: readonly Key[],
): PropertyValue | undefined {
  const [key, ...rest] = keys;
  if (key === undefined) return old;
  if (value instanceof Secret) {
    const inner = reset(value.value, old instanceof Secret ? old.value : old, keys);
    return inner === undefined ? undefined : new Secret(inner);
  }
  const before = old instanceof Secret ? old.value : old;
  if (Array.isArray(value) && Array.isArray(before)) return resetInList(value, before, key, rest);
  if (isMap(value) && isMap(before)) return resetInMap(value, before, key, rest);
  return undefined;
}

function resetInList(value: PropertyValue[], old: PropertyValue[], key: Key, rest: readonly Key[]) {
  if (key === "*" && rest.length === 0) return old;
  const indices = key === "*" ? [...value.keys()] : [Number(key)];
  const copy = [...value];
  for (const index of indices) {
    if (index >= value.length && index >= old.length) continue;
    const item = index < value.length && index < old.length ? reset(value[index], old[index], rest) : undefined;
    if (item === undefined) return undefined;
    copy[index] = item;
  }
  return copy;
}

function resetInMap(value: PropertyMap, old: PropertyMap, key: Key, rest: readonly Key[]) {
  if (key === "*" && rest.length === 0) return old;
  const copy = { ...value };
  for (const name of key === "*" ? Object.keys(value) : [String(key)]) {
    const item = rest.length === 0 ? old[name] : undefined;
    if (rest.length === 0 && item === undefined) delete copy[name];
    else if (item !== undefined) copy[name] = item;
    else if (name in value || name in old) {
      const inner = reset(value[name], old[name], rest);
      if (inner === undefined) return undefined;
      copy[name] = inner;
    }
  }
  return copy;
}
