import { styleText } from "node:util";
import type { Step } from "../../engine/index.ts";
import { operationOf } from "../report.ts";
import { nameOf } from "../resource-name.ts";
import { legend, mark, paint } from "./marks.ts";

const PROVIDER = "pulumi:providers:";

/** The resources of a run as a tree of parents and children, one line each, changed properties beneath; then the signs. */
export function renderTree(steps: readonly Step[]): string {
  const shown = steps.filter((step) => !step.type.startsWith(PROVIDER));
  const known = new Set(shown.map((step) => step.urn));
  const children = Map.groupBy(shown, (step) => (step.parent && known.has(step.parent) ? step.parent : ""));

  const width = Math.max(...shown.map((step) => kindOf(step).length));
  const lines = (children.get("") ?? []).flatMap((root) => branch(root, { children, width }, 0));
  if (lines.length === 0) return "";
  return [...lines, "", legend([...new Set(shown.map(operationOf))])].join("\n");
}

interface Tree {
  readonly children: ReadonlyMap<string, readonly Step[]>;
  /** Columns of the longest kind. */
  readonly width: number;
}

function branch(step: Step, tree: Tree, depth: number): string[] {
  const below = [...(tree.children.get(step.urn) ?? [])].sort(byName);
  const own = [line(step, tree.width, depth), ...changes(step, depth)];
  return [...own, ...below.flatMap((child) => branch(child, tree, depth + 1))];
}

function kindOf({ type }: Step): string {
  return type.split(":").at(-1) ?? type;
}

function line(step: Step, width: number, depth: number): string {
  const operation = operationOf(step);
  const kind = kindOf(step).padEnd(width);
  return `${mark(operation)} ${"  ".repeat(depth)}${styleText("dim", kind)} ${paint(operation, nameOf(step.urn))}`;
}

function changes(step: Step, depth: number): string[] {
  if (operationOf(step) !== "update" && operationOf(step) !== "replace") return [];
  const indent = "  ".repeat(depth + 2);
  return Object.entries(step.diff ?? {}).map(([path, { kind }]) => `${indent}${path}: ${kind}`);
}

function byName(one: Step, other: Step): number {
  return nameOf(one.urn).localeCompare(nameOf(other.urn)) || one.type.localeCompare(other.type);
}
