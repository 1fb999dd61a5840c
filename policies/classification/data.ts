import { ANNOTATIONS, type DataClass, USER_PROPERTIES } from "../../src/site/vocabulary.ts";
import type { Judged } from "../judged.ts";
import { textAt } from "../reading.ts";
import type { Stack } from "../stack.ts";
import { DATASET, STORED_DATA, ZVOL } from "../tokens.ts";

/** What data and workloads declare about themselves. */
export type Declared = keyof typeof USER_PROPERTIES;

/** What a resource declares: a dataset in its user properties, a Kubernetes object in its annotations. */
export function declared(resource: Judged, what: Declared): string | undefined {
  return STORED_DATA.includes(resource.type)
    ? textAt(resource.props, "userProperties", USER_PROPERTIES[what])
    : textAt(resource.props, "metadata", "annotations", ANNOTATIONS[what]);
}

/** Where a resource is told what it declares. */
export function declaredIn(resource: Judged, what: Declared): string {
  return STORED_DATA.includes(resource.type)
    ? `the user property ${USER_PROPERTIES[what]}`
    : `the annotation ${ANNOTATIONS[what]}`;
}

/** Whether a resource declares a class. */
export function isOf(resource: Judged | undefined, dataClass: DataClass): boolean {
  return resource !== undefined && declared(resource, "class") === dataClass;
}

/** Whether data is a copy that a backup NAS keeps, and so has its first home elsewhere. */
export function isCopy(resource: Judged): boolean {
  return declared(resource, "owner") === "backup-nas";
}

/** How a cluster's driver makes the volumes in which the data lies; undefined where the data lies in it directly. */
export function madeBelow(resource: Judged, stack: Stack): "nfs" | "iscsi" | undefined {
  return stack.site?.made[resource.name];
}

/** Whether its data is blocks, which nothing that copies files sees. */
export function isBlocks(resource: Judged, stack: Stack): boolean {
  return resource.type === ZVOL || madeBelow(resource, stack) === "iscsi";
}

/** The path of a dataset or zvol, pool first. */
export function pathOf(resource: Judged): string {
  return textAt(resource.props, "name") ?? "";
}

/** The pool in which a path lies. */
export function poolOf(path: string): string {
  return path.split("/")[0] ?? "";
}

/** Whether a path is another or lies below it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

/** A path and everything above it, nearest first; the pool comes last. */
export function lineage(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, at) => parts.slice(0, parts.length - at).join("/"));
}

/** The dataset or zvol at a path. */
export function dataAt(path: string, home: string, stack: Stack): Judged | undefined {
  return stack.where(DATASET, home, "name", path)[0] ?? stack.where(ZVOL, home, "name", path)[0];
}

/** The datasets above a path, nearest first. */
export function ancestorsOf(path: string, home: string, stack: Stack): Judged[] {
  return lineage(path)
    .slice(1)
    .flatMap((above) => stack.where(DATASET, home, "name", above));
}

/** The dataset that a share opens: at its path below `/mnt`, or the nearest above. */
export function dataBehind(share: Judged, stack: Stack): Judged | undefined {
  const path = (textAt(share.props, "path") ?? "").replace(/^\/mnt\//, "").replace(/\/+$/, "");
  for (const above of lineage(path)) {
    const found = dataAt(above, share.home, stack);
    if (found) return found;
  }
  return undefined;
}
