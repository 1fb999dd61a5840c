import { styleText } from "node:util";
import type { Step } from "../../engine/index.ts";
import { operationOf } from "../report.ts";
import { nameOf } from "../resource-name.ts";
import { legend, mark, paint } from "./marks.ts";

const PROVIDER = "pulumi:providers:";
const WIDEST_KIND = 16;

/** The resources of a run as a tree of parents and children, one line each, changed properties beneath; then the signs. */
export function renderTree(steps: readonly Step[]): string {
  const shown = steps.filter((step) => !step.type.startsWith(PROVIDER));
  const known = new Set(shown.map((step) => step.urn));
  const children = Map.groupBy(shown, (step) => (step.parent && known.has(step.parent) ? step.parent : ""));

  const lines = (children.get("") ?? []).flatMap((root) => branch(root, children, 0));
  if (lines.length === 0) return "";
  return [...lines, "", legend([...new Set(shown.map(operationOf))])].join("\n");
}

function branch(step: Step, children: ReadonlyMap<string, readonly Step[]>, depth: number): string[] {
  const below = [...(children.get(step.urn) ?? [])].sort(byName);
  return [line(step, depth), ...changes(step, depth), ...below.flatMap((child) => branch(child, children, depth + 1))];
}

function line(step: Step, depth: number): string {
  const operation = operationOf(step);
  const kind = (step.type.split(":").at(-1) ?? step.type).padEnd(WIDEST_KIND);
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
